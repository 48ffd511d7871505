"""Kinds, languages, groups and topics of pages, as the contract shows them."""

from __future__ import annotations

from collections.abc import Mapping

import graphene

from api.scalars import enum_of
from content.kinds import LANGUAGES, Kind, Language, definitions

KindType = enum_of(
    Kind,
    "What sort of page it is.",
    {kind: f"{definition.title}." for kind, definition in definitions().items()},
    name="ContentKind",
)
LanguageType = enum_of(
    Language,
    "What a page is written in.",
    {one: f"{label}." for one, label in LANGUAGES.items()},
    name="ContentLanguage",
)


class ContentChoice(graphene.ObjectType):
    """A code with its name in Chinese: a group, a topic, a field of a kind."""

    code = graphene.String(required=True, description="The code.")
    label = graphene.String(required=True, description="Its name in Chinese.")


def choices(named: Mapping[str, str]) -> list[ContentChoice]:
    """Give codes with their names."""
    return [ContentChoice(code=code, label=label) for code, label in named.items()]
