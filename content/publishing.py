"""When which revision is shown. Nobody has to be awake for it: it is true at the moment somebody looks (D03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from content import currency, keeping, version
from content.live import FOREVER
from content.models import Article, Publication, Revision
from content.search import index
from core import audit
from core.db import session
from core.errors import Conflict, NotFound, Problem, Rejected
from core.identity import Actor, Permission, open_to

LONGEST_REASON = 500


def put_out(
    article: Article, revision: Revision, *, by: str, now: datetime, term: tuple[datetime | None, datetime | None]
) -> Publication:
    """Show a revision from a moment to a moment; what is shown now stays until then. The article is held."""
    starts_at, expires_at = term
    made = Publication(
        article_id=article.id,
        revision_id=revision.id,
        starts_at=max(starts_at or now, now),
        ends_at=FOREVER,
        expires_at=expires_at,
        published_by=by,
        published_at=now,
    )
    session().add(made)
    session().flush()
    index.take_in(revision, index.tags_of(revision.id))
    currency.note_checks(article.id, revision.id, by=by, now=now)
    _settle(article, now=now)
    return made


def chain(publications: Sequence[Publication]) -> None:
    """Reckon when each publication of an article ends: at its term, when withdrawn, or when the next begins."""
    following: datetime = FOREVER
    for one in sorted(publications, key=lambda each: (each.starts_at, each.published_at), reverse=True):
        withdrawn = one.withdrawn_at or FOREVER
        one.ends_at = max(one.starts_at, min(one.expires_at or FOREVER, withdrawn, following))
        if withdrawn > one.starts_at:
            following = one.starts_at


def of(article: Article) -> list[Publication]:
    """Give all publications of an article, the earliest first."""
    made = select(Publication).where(Publication.article_id == article.id)
    return list(session().scalars(made.order_by(Publication.starts_at, Publication.published_at)))


@open_to(Permission.CONTENT_PUBLISH)
def withdraw(actor: Actor, article_id: str, *, reason: str, now: datetime) -> Article:
    """Take a page away from readers at once, with what was set for later."""
    article = keeping.found(actor, article_id, held=True)
    standing = [one for one in of(article) if now < one.ends_at and one.withdrawn_at is None]
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Rejected((Problem("withdraw_reason", "reason", {"limit": LONGEST_REASON}),))
    if not standing:
        raise Conflict("nothing_shown")
    for one in standing:
        one.withdrawn_at = now
    _settle(article, now=now)
    audit.record(actor, "content.withdrawn", f"article:{article.id}", now=now, reason=reason.strip())
    return article


@open_to(Permission.CONTENT_PUBLISH)
def roll_back(actor: Actor, article_id: str, publication_id: str, *, now: datetime) -> Article:
    """Show again, at once, what was shown before: two pairs of eyes have seen it then (TRUST O4)."""
    article = keeping.found(actor, article_id, held=True)
    earlier = next((one for one in of(article) if one.id == publication_id and one.starts_at <= now), None)
    if earlier is None:
        raise NotFound("publication_unknown")
    if now < earlier.ends_at:
        raise Conflict("already_shown")
    for later in of(article):
        if later.starts_at > now:
            later.withdrawn_at = now
    revision = session().get_one(Revision, earlier.revision_id)
    put_out(article, revision, by=actor.id or "", now=now, term=(now, None))
    audit.record(actor, "content.rolled_back", f"article:{article.id}", now=now, revision=revision.number)
    return article


def _settle(article: Article, *, now: datetime) -> None:
    standing = of(article)
    chain(standing)
    session().flush()
    moments = [moment for one in standing for moment in (one.starts_at, one.ends_at) if now < moment < FOREVER]
    version.advance(now=now, moments=moments)
