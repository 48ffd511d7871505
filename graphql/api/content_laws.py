"""Laws and their editions, and which pages cite them (FEATURES D07)."""

from __future__ import annotations

from typing import Any

import graphene

from api.content_desk_types import LawStanding
from api.mutation import Action
from api.scalars import Date
from api.viewer import Viewer
from content import currency, laws
from content.queries import titles_of


class LawEntry(graphene.ObjectType):
    """A law that pages may cite."""

    code = graphene.String(required=True, description="Its code.")
    title = graphene.String(required=True, description="Its title.")
    kind = graphene.String(required=True, description="What sort of law it is, in Chinese.")
    adopted_on = graphene.Field(Date, required=True, description="When the newest edition was adopted.")
    effective_on = graphene.Field(Date, required=True, description="From when it counts.")
    repealed = graphene.Boolean(required=True, description="Whether it was repealed.")
    source = graphene.String(required=True, description="Where that is from.")
    is_ahead = graphene.Boolean(required=True, description="Whether the newest edition does not count yet.")
    pages = graphene.Int(required=True, description="How many live pages cite it.")


class StalePage(graphene.ObjectType):
    """A live page of one's region that cites a law which has changed."""

    id = graphene.ID(required=True, description="The page.")
    title = graphene.String(required=True, description="Its title.")
    laws = graphene.List(graphene.NonNull(LawStanding), required=True, description="The laws that have changed.")


class Queries(graphene.ObjectType):
    """What can be asked of laws."""

    laws = graphene.List(
        graphene.NonNull(LawEntry), required=True, description="The laws pages may cite, those most cited first."
    )
    stale_pages = graphene.List(
        graphene.NonNull(StalePage), required=True, description="Live pages to be looked at again; 100 at most."
    )

    def resolve_laws(_root, info: Any) -> list[Any]:
        """List them."""
        return laws.listing(info.context.actor, now=info.context.now)

    def resolve_stale_pages(_root, info: Any) -> list[StalePage]:
        """List them."""
        found = currency.looked_for(info.context.actor, now=info.context.now)
        named = titles_of(found)
        return [StalePage(id=which, title=named[which], laws=changed) for which, changed in found.items()]


class NoteLawEditionInput(graphene.InputObjectType):
    """An edition of a law."""

    law = graphene.String(required=True, description="The law's code.")
    adopted_on = graphene.Field(Date, description="When it was adopted.")
    effective_on = graphene.Field(Date, description="From when it counts; from when it no longer does, if repealed.")
    source = graphene.String(required=True, description="Where that is from: an address or a gazette.")
    repealed = graphene.Boolean(required=True, description="Whether the law was repealed.")


class NoteLawEdition(Action):
    """Note that a law was amended or repealed. Pages that cite it are flagged from the day that counts."""

    class Arguments:
        input = NoteLawEditionInput(required=True)

    law = graphene.String(description="The law's code.")
    pages = graphene.Int(description="How many live pages cite it.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        edition = laws.Edition(input.get("adopted_on"), input.get("effective_on"), input.source, input.repealed)
        laws.note_edition(viewer.actor, input.law, edition, now=viewer.now)
        return cls(law=input.law, pages=currency.citing([input.law], now=viewer.now).get(input.law, 0))


class Mutations(graphene.ObjectType):
    """What can be noted."""

    note_law_edition = NoteLawEdition.Field()
