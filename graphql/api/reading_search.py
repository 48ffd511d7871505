"""One search for everything: pages, services, places; and what nobody found, for editors (FEATURES D08)."""

from __future__ import annotations

from typing import Any

import graphene

from api.locator import Division
from api.mutation import Action
from api.reading_types import PageCard, PageStep
from api.scalars import Date, enum_of
from api.station_brief import StationBrief
from api.viewer import Viewer
from content import markdown, reading, steps
from content.search import excerpts, finding, meaning, missing
from core.errors import Malformed
from locator import queries as places
from locator import search as divisions

LONGEST = 200
MOST_PLACES = 5
MOST_HITS = 50

FoundWay = enum_of(
    finding.Way,
    "How what was found goes with what was typed.",
    {
        finding.Way.MEANT: "It has the words, or others that mean the same.",
        finding.Way.SOUND: "It has words that sound like what was typed.",
        finding.Way.LOOSE: "It has much of what was typed.",
        finding.Way.NOTHING: "No page was found.",
    },
    name="FoundWay",
)


class TextPiece(graphene.ObjectType):
    """A few words, plain text."""

    text = graphene.String(required=True, description="The words.")
    is_hit = graphene.Boolean(required=True, description="Whether they are what was looked for.")


class PageHit(graphene.ObjectType):
    """A page that was found."""

    card = graphene.Field(PageCard, required=True, description="The page.")
    title = graphene.List(graphene.NonNull(TextPiece), required=True, description="Its title, cut at what was sought.")
    excerpt = graphene.List(
        graphene.NonNull(TextPiece), required=True, description="Words round what was sought, cut likewise."
    )


class SearchResult(graphene.ObjectType):
    """What was found."""

    way = graphene.Field(FoundWay, required=True, description="How pages go with what was typed.")
    instead = graphene.String(required=True, description="The words that were understood instead; may be empty.")
    hits = graphene.List(graphene.NonNull(PageHit), required=True, description="Pages, the best first; 50 at most.")
    services = graphene.List(graphene.NonNull(PageStep), required=True, description="Services of that name.")
    stations = graphene.List(
        graphene.NonNull(StationBrief), required=True, description="Stations of that name, a handful at most."
    )
    divisions = graphene.List(
        graphene.NonNull(Division), required=True, description="Divisions of that name, a handful at most."
    )


class SearchMiss(graphene.ObjectType):
    """Words several people looked for in vain."""

    words = graphene.String(required=True, description="The words.")
    times = graphene.Int(required=True, description="How often.")
    last_on = graphene.Field(Date, required=True, description="The last day.")


class NoteSearchMiss(Action):
    """Count words nothing was found for. Who asked is written nowhere."""

    class Arguments:
        words = graphene.String(required=True, description="What was typed.")

    noted = graphene.Boolean(description="True, whatever was typed.")

    @classmethod
    def act(cls, viewer: Viewer, words: str) -> NoteSearchMiss:
        """Count."""
        missing.note(viewer.actor, words[:LONGEST], now=viewer.now)
        return cls(noted=True)


class Queries(graphene.ObjectType):
    """What can be asked."""

    search = graphene.Field(
        SearchResult,
        required=True,
        words=graphene.String(required=True, description="What somebody typed: words, pinyin or its initials."),
        description="Pages, services and places at once.",
    )
    search_misses = graphene.List(
        graphene.NonNull(SearchMiss),
        required=True,
        description="What several people looked for in vain, the most wanted first; for editors; 100 at most.",
    )

    def resolve_search(_root, info: Any, words: str) -> dict[str, Any]:
        """Look everywhere."""
        if len(words) > LONGEST:
            raise Malformed("search_too_long", limit=LONGEST)
        found = finding.find(words, now=info.context.now)
        runs = meaning.runs_of(words)
        named = "".join(runs)
        return {
            "way": found.way,
            "instead": found.instead,
            "hits": _hits(found, info.context.now),
            "services": steps.found(runs),
            **_places("" if named.isascii() and found.revisions else named),  # pinyin of a page is no place
        }

    def resolve_search_misses(_root, info: Any) -> Any:
        """Give them to editors."""
        return missing.often(info.context.actor, now=info.context.now)


class Mutations(graphene.ObjectType):
    """What readers' searching leaves behind."""

    note_search_miss = NoteSearchMiss.Field(required=True)


def _hits(found: finding.Found, now: Any) -> list[dict[str, Any]]:
    wanted = list(found.revisions)[:MOST_HITS]
    cards = reading.of_revisions(wanted, now=now)
    runs = sorted(found.runs, key=len, reverse=True)
    return [
        {
            "card": card,
            "title": excerpts.pieces(card.title, runs),
            "excerpt": excerpts.excerpt(f"{card.summary} {markdown.plain(card.body)}", runs),
        }
        for card in (cards[one] for one in wanted if one in cards)
    ]


def _places(typed: str) -> dict[str, Any]:
    short = typed[: divisions.LONGEST]
    if len(short) < 2:  # noqa: PLR2004  # one character is in the names of thousands
        return {"stations": [], "divisions": []}
    named = [] if short.isascii() else places.stations_named(short, limit=MOST_PLACES)
    found = divisions.find(short, limit=MOST_PLACES)
    return {"stations": named, "divisions": found}
