"""Pages about the law for readers: shelves, lists, one page (FEATURES D13, D14, D15). All of it is public."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.reading_types import Opened, Page, PageCardConnection, PageKind, PageLanguage
from content import languages, reading, version
from content.kinds import GROUPS, TOPICS, Kind, Language, definitions
from locator import queries as places

LONGEST_SLUG = 80
REGION = "Only what is for a division: its own, and what is for the divisions it lies in."


class PageShelf(graphene.ObjectType):
    """A group or a topic, and how much there is to read."""

    code = graphene.String(required=True, description="Its stable name.")
    name = graphene.String(required=True, description="Its name in Chinese.")
    is_group = graphene.Boolean(required=True, description="Whether it is a group of people; a topic otherwise.")
    count = graphene.Int(required=True, description="How many pages are shown; nothing written yet is 0.")


class PageKindCount(graphene.ObjectType):
    """A sort of pages, and how many a list has."""

    kind = graphene.Field(PageKind, required=True, description="The sort.")
    name = graphene.String(required=True, description="The same in Chinese.")
    count = graphene.Int(required=True, description="How many.")


class Queries(graphene.ObjectType):
    """What readers can ask."""

    content_version = graphene.String(
        required=True, description="What moves on whenever anything readers see changes; for copies and caches."
    )
    page_shelves = graphene.List(
        graphene.NonNull(PageShelf),
        required=True,
        description="Groups and topics, with how many pages each has: some two dozen.",
    )
    pages = paging.paged(
        PageCardConnection,
        "Pages that are shown now, the newest first.",
        group=graphene.String(description="Only those for a group, by its code."),
        topic=graphene.String(description="Only those about a topic, by its code."),
        kind=graphene.Argument(PageKind, description="Only pages of a sort."),
        region=graphene.String(description=REGION),
    )
    page_kinds = graphene.List(
        graphene.NonNull(PageKindCount),
        required=True,
        group=graphene.String(description="Only pages for a group, by its code."),
        topic=graphene.String(description="Only pages about a topic, by its code."),
        region=graphene.String(description=REGION),
        description="The sorts of pages there are, with how many of each: ten at most.",
    )
    page = graphene.Field(
        Page,
        required=True,
        slug=graphene.String(required=True, description="The page's name in addresses."),
        language=graphene.Argument(PageLanguage, description="The language it is wanted in."),
        description="One page. Where there is none in that language, it says so.",
    )

    def resolve_content_version(_root, info: Any) -> str:
        """Give the version."""
        return version.current(info.context.now)

    def resolve_page_shelves(_root, info: Any) -> list[dict[str, Any]]:
        """Count."""
        counts = reading.by_tag(now=info.context.now)
        named = [("group", code, name) for code, name in GROUPS.items()]
        named += [("topic", code, name) for code, name in TOPICS.items()]
        return [
            {"code": code, "name": name, "is_group": sort == "group", "count": counts[f"{sort}:{code}"]}
            for sort, code, name in named
        ]

    def resolve_pages(
        _root,
        info: Any,
        first: int,
        after: str | None = None,
        group: str | None = None,
        topic: str | None = None,
        kind: Kind | None = None,
        region: str | None = None,
    ) -> paging.Page:
        """Give one page of the list."""
        wish = reading.Wish(group, topic, kind and Kind(kind).value, regions=_here(region))
        now = info.context.now
        rows = reading.pages(wish, first=paging.judged(first), after=paging.place(after), now=now)
        return paging.page_of(
            rows, first, lambda one: (one.since.isoformat(), one.slug), lambda: reading.count(wish, now=now)
        )

    def resolve_page_kinds(
        _root, info: Any, group: str | None = None, topic: str | None = None, region: str | None = None
    ) -> list[dict[str, Any]]:
        """Count."""
        counts = reading.by_kind(reading.Wish(group, topic, regions=_here(region)), now=info.context.now)
        return [
            {"kind": kind, "name": said.title, "count": counts[kind]}
            for kind, said in definitions().items()
            if kind in counts
        ]

    def resolve_page(_root, info: Any, slug: str, language: Language | None = None) -> Opened:
        """Give one."""
        wanted = language and Language(language).value
        return Opened(languages.read(slug[:LONGEST_SLUG], wanted, now=info.context.now), now=info.context.now)


def _here(region: str | None) -> list[str]:
    """Give the divisions whose pages are for whoever lives in one: itself, and those it lies in."""
    return list(places.division(region).steps) if region else []
