"""Telephone lines people may turn to (FEATURES C13). Public, and the same for everybody."""

from __future__ import annotations

from typing import Any

import graphene

from api.scalars import Date
from locator import hotlines


class Hotline(graphene.ObjectType):
    """A telephone line."""

    number = graphene.String(required=True, description="The number.")
    href = graphene.String(required=True, description="What a tap opens: `tel:`, or `sms:` for a line one writes to.")
    name = graphene.String(required=True, description="Its name.")
    about = graphene.String(required=True, description="What it is for, in plain words.")
    groups = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Whom it is for; empty for everybody."
    )
    is_text = graphene.Boolean(required=True, description="Whether one writes to it instead of speaking.")
    is_urgent = graphene.Boolean(required=True, description="Whether it is for danger.")
    is_open = graphene.Boolean(description="Whether somebody answers now; empty where nobody knows.")
    sentence = graphene.String(required=True, description="When somebody answers, in words.")
    source = graphene.String(required=True, description="Who says so.")
    confidence = graphene.String(required=True, description="How sure we are: H, M or L.")

    def resolve_href(line, _info: Any) -> str:
        """Make the link."""
        return f"{'sms' if line.is_text else 'tel'}:{line.number}"

    def resolve_is_open(line, info: Any) -> Any:
        """Look at the hours."""
        return line.is_open(info.context.now)

    def resolve_sentence(line, info: Any) -> str:
        """Say when."""
        return str(line.sentence(info.context.now))


class HotlineDirectory(graphene.ObjectType):
    """All lines."""

    checked_on = graphene.Field(Date, required=True, description="When the list was last checked.")
    note = graphene.String(required=True, description="What to know of the hours.")
    relay = graphene.String(required=True, description="What to do if one cannot hear or speak.")
    groups = graphene.List(graphene.NonNull(graphene.String), required=True, description="The groups that are named.")
    lines = graphene.List(graphene.NonNull(Hotline), required=True, description="The lines, a dozen.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    hotlines = graphene.Field(HotlineDirectory, required=True, description="Telephone lines people may turn to.")

    def resolve_hotlines(_root, _info: Any) -> Any:
        """Give them."""
        return hotlines.directory()
