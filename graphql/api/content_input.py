"""What editors hand in."""

from __future__ import annotations

from typing import Any

import graphene

from content import drafting
from content.said import Said

PAGE = "The id of a page on the desk."
REVIEW = "The id of a review."


class ContentFieldInput(graphene.InputObjectType):
    """Something a kind of page has besides title, summary and text."""

    code = graphene.String(required=True, description="Its name in the contract.")
    value = graphene.String(required=True, description="What it holds.")


class ContentSaidInput(graphene.InputObjectType):
    """What a page says."""

    title = graphene.String(required=True, description=f"The title; {drafting.LONGEST_TITLE} characters.")
    summary = graphene.String(required=True, description=f"What comes first; {drafting.LONGEST_SUMMARY} characters.")
    body = graphene.String(required=True, description=f"The text, as Markdown; {drafting.LONGEST_BODY} characters.")
    fields = graphene.List(graphene.NonNull(ContentFieldInput), required=True, description="What its kind has besides.")
    groups = graphene.List(graphene.NonNull(graphene.String), required=True, description="Whom it is for, by code.")
    topics = graphene.List(graphene.NonNull(graphene.String), required=True, description="What it is about, by code.")


def said_in(given: Any) -> Said:
    """Read what a page says."""
    fields = {one["code"]: one["value"] for one in given["fields"]}
    return Said(given["title"], given["summary"], given["body"], fields, given["groups"], given["topics"])
