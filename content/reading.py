"""Pages as readers see them: lists by group and topic, one page, what goes with it. Anybody may read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select, tuple_

from content import currency, media
from content.currency import Standing
from content.guards import plain
from content.kinds import GROUPS, TOPICS, Kind, Language, definitions, said_by
from content.live import is_live, shown
from content.markdown import plain as words_of
from content.media import Cover
from content.models import Article, Publication, Revision, RevisionTag
from core.calendar import instant
from core.db import Instant, session
from core.errors import Malformed, NotFound

MOST_RELATED = 4
Shown: TypeAlias = Select[Article, Revision, Publication]


@dataclass(frozen=True, slots=True)
class Card:
    """A page as lists show it."""

    id: str
    revision_id: str
    slug: str
    kind: str
    language: str
    region: str
    is_sample: bool
    title: str
    summary: str
    body: str
    fields: Mapping[str, Any]
    since: datetime
    original_id: str | None = None
    translates_id: str | None = None
    tags: frozenset[str] = field(default_factory=frozenset)
    cover: Cover | None = None

    @property
    def kind_name(self) -> str:
        """Say its kind in Chinese."""
        return definitions()[Kind(self.kind)].title

    @property
    def groups(self) -> list[str]:
        """Give the codes of those it is for."""
        return said_by(set(self.tags), "group")

    @property
    def topics(self) -> list[str]:
        """Give the codes of what it is about."""
        return said_by(set(self.tags), "topic")

    @property
    def minutes(self) -> int:
        """Say how long reading it takes."""
        return plain.minutes(words_of(self.body))


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pages a list should have."""

    group: str | None = None
    topic: str | None = None
    kind: str | None = None
    language: str = Language.SIMPLIFIED.value
    regions: Sequence[str] = ()  # what is for one of these divisions; none: wherever it is for

    @property
    def tags(self) -> list[str]:
        """Give the tags a page must have."""
        return [f"{sort}:{code}" for sort, code in (("group", self.group), ("topic", self.topic)) if code]


def pages(wish: Wish, *, first: int, after: Sequence[Any] | None, now: datetime) -> list[Card]:
    """List what is shown, the newest first; one more than asked for where more follows."""
    found = _wished(shown(now), wish)
    if after is not None:
        found = found.where(tuple_(Publication.starts_at, Article.slug) < tuple_(*_place(after)))
    return cards(found.order_by(Publication.starts_at.desc(), Article.slug.desc()).limit(first + 1))


def count(wish: Wish, *, now: datetime) -> int:
    """Count what a list has in all."""
    found = _wished(shown(now), wish).with_only_columns(func.count())
    return session().scalar(found) or 0


def by_kind(wish: Wish, *, now: datetime) -> dict[str, int]:
    """Count a list by kind of page; kinds it has none of are not there."""
    kinds = _wished(shown(now), wish).with_only_columns(Article.kind, func.count().label("pages"))
    return {row.kind: row.pages for row in session().execute(kinds.group_by(Article.kind))}


def by_tag(*, now: datetime) -> dict[str, int]:
    """Count what is shown by tag; a group or a topic nothing is written for is there, with nothing."""
    counted = (
        select(RevisionTag.tag, func.count().label("pages"))
        .join(Publication, Publication.revision_id == RevisionTag.revision_id)
        .join(Article, Article.id == Publication.article_id)
        .where(is_live(now), Article.language == Language.SIMPLIFIED.value)
        .group_by(RevisionTag.tag)
    )
    known = [f"group:{one}" for one in GROUPS] + [f"topic:{one}" for one in TOPICS]
    there = {row.tag: row.pages for row in session().execute(counted)}
    return {tag: there.get(tag, 0) for tag in known}


def find(slug: str, *, now: datetime) -> Card:
    """Give the page of a name, as it is shown now."""
    found = cards(shown(now).where(Article.slug == slug[:80]))
    if not found:
        raise NotFound("page_unknown")
    return found[0]


def of_revisions(ids: Collection[str], *, now: datetime) -> dict[str, Card]:
    """Give the pages whose revisions are shown, by revision."""
    return {one.revision_id: one for one in cards(shown(now).where(Revision.id.in_(ids)))}


def translations(card: Card, *, now: datetime) -> list[Card]:
    """Give the page in its other languages, the one it was written in first."""
    original = card.original_id or card.id
    others = shown(now).where(or_(Article.original_id == original, Article.id == original), Article.id != card.id)
    return sorted(cards(others), key=lambda one: (one.original_id is not None, one.language))


def is_behind(translation: Card, original: Card) -> bool:
    """Say whether a translation is of an earlier revision than the one that is shown."""
    return translation.translates_id != original.revision_id


def laws_of(card: Card, *, now: datetime) -> list[Standing]:
    """Say which laws a page cites, and against which edition somebody checked it."""
    return currency.standing_of([card.id], now=now).get(card.id, [])


def related(card: Card, *, now: datetime) -> list[Card]:
    """Give a few pages that have most in common with one."""
    if not card.tags:
        return []
    shares = exists().where(RevisionTag.revision_id == Revision.id, RevisionTag.tag.in_(card.tags))
    found = shown(now).where(shares, Article.id != card.id, Article.language == card.language)
    others = cards(found.order_by(Publication.starts_at.desc(), Article.slug).limit(100))
    return sorted(others, key=lambda one: -_in_common(one, card))[:MOST_RELATED]


def _in_common(one: Card, other: Card) -> int:
    """Weigh what two pages share: what they are about counts more than whom they are for."""
    return sum(2 if tag.startswith("topic:") else 1 for tag in one.tags & other.tags)


def _wished(found: Shown, wish: Wish) -> Shown:
    found = found.where(Article.language == wish.language)
    if wish.kind:
        found = found.where(Article.kind == wish.kind)
    if wish.regions:
        found = found.where(Article.region.in_(wish.regions))
    for tag in wish.tags:
        found = found.where(exists().where(RevisionTag.revision_id == Revision.id, RevisionTag.tag == tag))
    return found


def cards(found: Shown) -> list[Card]:
    """Read pages with their tags, in two statements; in three where one shows a picture."""
    rows = session().execute(found).all()
    tags: dict[str, set[str]] = {revision.id: set() for _, revision, _ in rows}
    wanted = select(RevisionTag.revision_id, RevisionTag.tag).where(RevisionTag.revision_id.in_(tags))
    for revision_id, tag in session().execute(wanted) if rows else ():
        tags[revision_id].add(tag)
    covers = media.covers({revision.id: revision.body for _, revision, _ in rows})
    return [
        Card(
            id=article.id,
            revision_id=revision.id,
            slug=article.slug,
            kind=article.kind,
            language=article.language,
            region=article.region,
            is_sample=article.is_sample,
            title=revision.title,
            summary=revision.summary,
            body=revision.body,
            fields=revision.fields,
            since=publication.starts_at,
            original_id=article.original_id,
            translates_id=revision.translates_id,
            tags=frozenset(tags[revision.id]),
            cover=covers.get(revision.id),
        )
        for article, revision, publication in rows
    ]


def _place(after: Sequence[Any]) -> tuple[ColumnElement[datetime], ColumnElement[str]]:
    if [type(part) for part in after] != [str, str]:
        raise Malformed("cursor_unknown")
    try:
        return literal(instant(after[0]), Instant()), literal(after[1])
    except ValueError:
        raise Malformed("cursor_unknown") from None
