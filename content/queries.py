"""Pages as the desk lists and opens them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, true, tuple_

from content import currency, experts, keeping, publishing, reviewing
from content.currency import Standing
from content.models import Article, Comment, Invitation, Publication, Review, Revision
from content.policy import visible_to
from content.reviewing import RETURNED, WAITING
from core.calendar import instant
from core.db import Instant, session
from core.errors import Malformed
from core.identity import Actor, Permission, open_to


class State(StrEnum):
    """How far a page has come."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    LIVE = "live"
    ENDED = "ended"


STATES = {
    State.DRAFT: "草稿",
    State.WAITING: "待审核",
    State.RETURNED: "已退回",
    State.SCHEDULED: "等待上线",
    State.LIVE: "已上线",
    State.ENDED: "已下线",
}


class Shelf(StrEnum):
    """Which pages a list shows."""

    ALL = "all"
    MINE = "mine"
    WAITING = "waiting"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in a list: its newest revision, the review that is open or was last, what is shown now and next."""

    article: Article
    revision: Revision
    review: Review | None
    live: Publication | None
    coming: Publication | None
    was_shown: bool

    @property
    def state(self) -> State:
        """Say how far it has come."""
        if self.review is not None and self.review.state == WAITING:
            return State.WAITING
        if self.coming is not None:
            return State.SCHEDULED
        if self.review is not None and self.review.state == RETURNED:
            return State.RETURNED
        if self.live is not None:
            return State.LIVE
        return State.ENDED if self.was_shown else State.DRAFT


@dataclass(frozen=True, slots=True)
class Opened:
    """A page with all that was done to it."""

    entry: Entry
    revisions: Sequence[Revision]
    reviews: Sequence[Review]
    invitations: Sequence[Invitation]
    comments: Sequence[Comment]
    publications: Sequence[Publication]
    standing: Sequence[Standing]


NEWEST = (Revision.article_id == Article.id) & (Revision.number == Article.revisions)
MOST_REVISIONS = 100


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def page(
    actor: Actor, shelf: Shelf, *, first: int, now: datetime, after: Sequence[Any] | None = None
) -> Sequence[Entry]:
    """Give the pages of a shelf, what changed last first; `first` and one more."""
    order = (Revision.made_at, Article.id)
    found = _shelved(actor, shelf, now=now)
    if after is not None:
        found = found.where(tuple_(*order) < _key(after))
    rows = session().execute(found.order_by(*(one.desc() for one in order)).limit(first + 1)).all()
    return _entries(rows, now=now)


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def count(actor: Actor, shelf: Shelf, *, now: datetime) -> int:
    """Count the pages of a shelf."""
    return session().scalar(select(func.count()).select_from(_shelved(actor, shelf, now=now).subquery())) or 0


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def find(actor: Actor, article_id: str, *, now: datetime) -> Opened:
    """Open a page of one's region; for a stranger there is none."""
    article = keeping.found(actor, article_id)
    (entry,) = _entries([(article, keeping.revision(article))], now=now)
    reviews = reviewing.of(article)
    written = select(Revision).where(Revision.article_id == article.id).order_by(Revision.number.desc())
    said = select(Comment).where(Comment.article_id == article.id).order_by(Comment.made_at, Comment.id)
    return Opened(
        entry,
        session().scalars(written.limit(MOST_REVISIONS)).all(),
        reviews,
        experts.of([one.id for one in reviews]),
        session().scalars(said).all(),
        publishing.of(article),
        currency.standing_of([article.id], now=now).get(article.id, []),
    )


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def opened(actor: Actor, article_id: str) -> Article:
    """Give a page of one's region, to read what its revisions say."""
    return keeping.found(actor, article_id)


def titles_of(article_ids: Iterable[str]) -> dict[str, str]:
    """Give the newest titles of pages the actor was shown already."""
    named = select(Article.id, Revision.title).join(Revision, NEWEST).where(Article.id.in_(list(article_ids)))
    return {row.id: row.title for row in session().execute(named)}


def _shelved(actor: Actor, shelf: Shelf, *, now: datetime) -> Select[Article, Revision]:
    return select(Article, Revision).join(Revision, NEWEST).where(visible_to(actor), _on(actor, shelf, now=now))


def _on(actor: Actor, shelf: Shelf, *, now: datetime) -> ColumnElement[bool]:
    if shelf is Shelf.MINE:
        return (Article.made_by == actor.id) | (Revision.made_by == actor.id)
    if shelf is Shelf.WAITING:
        return Article.id.in_(select(Review.article_id).where(Review.state == WAITING))
    if shelf is Shelf.STALE:
        return Article.id.in_(list(currency.stale(actor, now=now)))
    return true()


def _entries(rows: Sequence[tuple[Article, Revision]], *, now: datetime) -> list[Entry]:
    ids = [article.id for article, _ in rows]
    reviews: dict[str, Review] = {}
    asked = select(Review).where(Review.article_id.in_(ids)).order_by(Review.asked_at, Review.id)
    for one in session().scalars(asked):
        reviews[one.article_id] = one
    shown: dict[str, list[Publication]] = {}
    put_out = select(Publication).where(Publication.article_id.in_(ids), Publication.starts_at < Publication.ends_at)
    for each in session().scalars(put_out.order_by(Publication.starts_at)):
        shown.setdefault(each.article_id, []).append(each)
    return [_entry(article, row, reviews.get(article.id), shown.get(article.id, []), now) for article, row in rows]


def _entry(
    article: Article, row: Revision, review: Review | None, shown: Sequence[Publication], now: datetime
) -> Entry:
    live = next((one for one in shown if one.starts_at <= now < one.ends_at), None)
    coming = next((one for one in shown if now < one.starts_at), None)
    return Entry(article, row, review, live, coming, bool(shown))


def _key(after: Sequence[Any]) -> Any:
    if [type(part) for part in after] != [str, str]:
        raise Malformed("cursor_unknown")
    try:
        moment = instant(after[0])
    except ValueError:
        raise Malformed("cursor_unknown") from None
    return tuple_(literal(moment, Instant()), literal(after[1]))
