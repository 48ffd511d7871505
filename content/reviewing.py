"""Two pairs of eyes: asked, claimed, commented, returned or published (FEATURES D02, TRUST O4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from content import guards, keeping, policy, publishing, shown
from content.kinds import Kind
from content.models import Article, Comment, Publication, Review, Revision
from content.said import Said
from core import audit, outbox, settings
from core.db import session
from core.errors import Checklist, Conflict, Forbidden, NotFound, Problem, Rejected, checklist
from core.identity import Actor, Permission, open_to
from core.wechat import client

LONGEST_REASON, LONGEST_COMMENT, LONGEST_QUOTE = 500, 1000, 200
SOONEST, LATEST = timedelta(hours=1), timedelta(days=60)
USUAL = timedelta(days=3)
SCREEN = "content.screened"  # WeChat looks at what is laid before a reviewer (see `screening`)
WAITING, PUBLISHED, RETURNED, WITHDRAWN = "waiting", "published", "returned", "withdrawn"


@dataclass(frozen=True, slots=True)
class Wish:
    """When a page should be looked at by, and shown from and until. `number` is the revision that is meant."""

    number: int
    due_at: datetime | None = None
    starts_at: datetime | None = None
    expires_at: datetime | None = None


@open_to(Permission.CONTENT_WRITE)
def ask(actor: Actor, article_id: str, wish: Wish, *, now: datetime) -> Review:
    """Lay a revision before a reviewer. What a guard stops is not laid before anybody."""
    article = keeping.found(actor, article_id, held=True)
    revision = keeping.revision(article, wish.number)
    if open_of(article) is not None:
        raise Conflict("review_open")
    due_at = wish.due_at or now + USUAL
    with checklist() as check:
        check.require(now + SOONEST <= due_at <= now + LATEST, "review_due_unfit", "due_at")
        _judge_term(check, wish, now=now)
        check.require(not guards.stops(examined(article, keeping.said_in(revision))), "guard_stops", "body")
    row = Review(
        article_id=article.id,
        revision_id=revision.id,
        state=WAITING,
        asked_by=actor.id or "",
        asked_at=now,
        due_at=due_at,
        starts_at=wish.starts_at,
        expires_at=wish.expires_at,
    )
    session().add(row)
    session().flush()
    audit.record(actor, "content.review_asked", f"article:{article.id}", now=now, revision=revision.number)
    if client.is_on() and settings.current().wechat_checker:
        outbox.put(SCREEN, due_at=now, key=f"{SCREEN}:{row.id}", review=row.id)
    return row


@open_to(Permission.CONTENT_WRITE)
def take_back(actor: Actor, review_id: str, *, now: datetime) -> Review:
    """Take back what was laid before a reviewer, to go on writing."""
    row, article = held(actor, review_id)
    row.state, row.decided_by, row.decided_at = WITHDRAWN, actor.id, now
    audit.record(actor, "content.review_taken_back", f"article:{article.id}", now=now)
    return row


@open_to(Permission.CONTENT_PUBLISH)
def claim(actor: Actor, review_id: str, *, yes: bool, now: datetime) -> Review:
    """Say "I am looking at it", or that one no longer is. Another's claim is seen, and can be taken over."""
    row, article = held(actor, review_id)
    if not policy.may_decide(actor, authors(article, row)):
        raise Forbidden("four_eyes")
    row.claimed_by, row.claimed_at = (actor.id, now) if yes else (None, None)
    return row


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def comment(actor: Actor, article_id: str, words: str, *, quote: str = "", now: datetime) -> Comment:
    """Say something of the newest revision, and of which passage."""
    article = keeping.found(actor, article_id)
    return note(article, keeping.revision(article), Comment(staff_id=actor.id, words=words, quote=quote), now=now)


@open_to(Permission.CONTENT_PUBLISH)
def send_back(actor: Actor, review_id: str, *, reason: str, now: datetime) -> Review:
    """Return a page to its writers, with the reason."""
    row, article = held(actor, review_id)
    if not policy.may_decide(actor, authors(article, row)):
        raise Forbidden("four_eyes")
    with checklist() as check:
        check.require(reason.strip(), "return_reason_missing", "reason")
        check.require(len(reason) <= LONGEST_REASON, "content_too_long", "reason", limit=LONGEST_REASON)
    settle(row, RETURNED, by=actor.id or "", now=now, reason=reason.strip())
    audit.record(actor, "content.returned", f"article:{article.id}", now=now)
    return row


@open_to(Permission.CONTENT_PUBLISH)
def publish(actor: Actor, review_id: str, *, now: datetime) -> Publication:
    """Show to readers what was reviewed, at once or from the moment that was set. Never one's own (TRUST O4)."""
    row, article = held(actor, review_id)
    if not policy.may_decide(actor, authors(article, row)):
        raise Forbidden("four_eyes")
    return put_out(actor, row, article, now=now)


def put_out(actor: Actor, row: Review, article: Article, *, now: datetime) -> Publication:
    """Publish what a review is about; the guards look once more, as rules may have changed since."""
    revision = session().get_one(Revision, row.revision_id)
    if guards.stops(examined(article, keeping.said_in(revision))):
        raise Rejected((Problem("guard_stops", "body"),))
    if row.expires_at is not None and row.expires_at <= now:
        raise Rejected((Problem("term_over", "expires_at"),))
    made = publishing.put_out(article, revision, by=actor.id or "", now=now, term=(row.starts_at, row.expires_at))
    article.is_sample = False
    settle(row, PUBLISHED, by=actor.id or "", now=now)
    audit.record(actor, "content.published", f"article:{article.id}", now=now, revision=revision.number)
    return made


def settle(row: Review, state: str, *, by: str, now: datetime, reason: str = "") -> None:
    """End a review."""
    row.state, row.decided_by, row.decided_at, row.reason = state, by, now, reason


def note(article: Article, revision: Revision, said: Comment, *, now: datetime) -> Comment:
    """Keep what somebody said of a revision."""
    words, quote = said.words.strip(), said.quote.strip()
    with checklist() as check:
        check.require(words, "comment_missing", "words")
        check.require(len(words) <= LONGEST_COMMENT, "content_too_long", "words", limit=LONGEST_COMMENT)
        check.require(len(quote) <= LONGEST_QUOTE, "content_too_long", "quote", limit=LONGEST_QUOTE)
    said.article_id, said.revision_id, said.made_at = article.id, revision.id, now
    said.words, said.quote = words, quote
    session().add(said)
    session().flush()
    return said


def examined(article: Article, said: Said) -> list[guards.Finding]:
    """Look at what a page says with every guard."""
    known = shown.known(said.fields)
    return guards.examine(Kind(article.kind), said, cites=bool(keeping.cited_by(said)), known=known)


def open_of(article: Article) -> Review | None:
    """Give the review that is open on an article."""
    waiting = select(Review).where(Review.article_id == article.id, Review.state == WAITING)
    return session().scalars(waiting).one_or_none()


def of(article: Article) -> Sequence[Review]:
    """Give all reviews of an article, the newest first."""
    made = select(Review).where(Review.article_id == article.id).order_by(Review.asked_at.desc(), Review.id)
    return session().scalars(made).all()


def held(actor: Actor, review_id: str) -> tuple[Review, Article]:
    """Give a review that is open, with its article, and hold others off."""
    known = session().get(Review, review_id)
    if known is None:
        raise NotFound("review_unknown")
    article = keeping.found(actor, known.article_id, held=True)
    row = session().get_one(Review, review_id, populate_existing=True)
    if row.state != WAITING:
        raise Conflict("review_closed")
    return row, article


def authors(article: Article, row: Review) -> set[str]:
    """Name who wrote what is under review, and who asked."""
    return {row.asked_by, *keeping.authors_of(article, session().get_one(Revision, row.revision_id))}


def _judge_term(check: Checklist, wish: Wish, *, now: datetime) -> None:
    starts_at = max(wish.starts_at or now, now)
    check.require(wish.starts_at is None or wish.starts_at > now, "starts_in_the_past", "starts_at")
    check.require(wish.expires_at is None or wish.expires_at > starts_at, "expires_before", "expires_at")
