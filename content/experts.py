"""Somebody outside, without an account, is asked for an opinion by a link that is used once and ends (FEATURES D05)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from accounts import queries as staff
from content import keeping, policy, reviewing
from content.models import Article, Comment, Invitation, Review, Revision
from content.reviewing import RETURNED, WAITING
from content.said import Said
from core import audit
from core.crypto import blind_index
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, checklist
from core.identity import Actor, ActorKind, Audience, Permission, open_to
from locator import queries as places

LIFE = timedelta(days=7)
LONGEST_NAME, LONGEST_EMPLOYER = 40, 80
PURPOSE = "invitation.link"
EXPERT = Actor(id="expert", kind=ActorKind.ANYONE, name="外部专家")


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom to ask. Where `publishes`, their yes is enough for the page to be shown as it was asked for."""

    name: str
    employer: str
    publishes: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What an expert sees."""

    invitation: Invitation
    review: Review
    article: Article
    revision: Revision
    said: Said


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an expert says."""

    approves: bool
    words: str = ""


@open_to(Permission.CONTENT_PUBLISH)
def invite(actor: Actor, review_id: str, guest: Guest, *, now: datetime) -> tuple[Invitation, str]:
    """Make a link for an expert. It is told once, and kept as a hash; a reviewer never invites on their own text."""
    row, article = reviewing.held(actor, review_id)
    if not policy.may_decide(actor, reviewing.authors(article, row)):
        raise Forbidden("four_eyes")
    with checklist() as check:
        for field, limit in (("name", LONGEST_NAME), ("employer", LONGEST_EMPLOYER)):
            given = getattr(guest, field).strip()
            check.require(given, f"expert_{field}_missing", field)
            check.require(len(given) <= limit, "content_too_long", field, limit=limit)
    link = secrets.token_urlsafe(32)
    made = Invitation(
        review_id=row.id,
        name=guest.name.strip(),
        employer=guest.employer.strip(),
        link_index=blind_index(link, PURPOSE),
        publishes=guest.publishes,
        made_by=actor.id or "",
        made_at=now,
        expires_at=now + LIFE,
    )
    session().add(made)
    session().flush()
    audit.record(actor, "content.expert_asked", f"article:{article.id}", now=now, invitation=made.id)
    return made, link


@open_to(Audience.ANYONE)
def opened(actor: Actor, link: str, *, now: datetime) -> Opened:  # noqa: ARG001  # whoever has the link
    """Show the page to whoever holds the link; that it was opened is kept."""
    found = _found(link, now=now)
    if found.invitation.opened_at is None:
        found.invitation.opened_at = now
        audit.record(EXPERT, "content.expert_opened", f"article:{found.article.id}", now=now, **_which(found))
    return found


@open_to(Audience.ANYONE)
def decide(actor: Actor, link: str, opinion: Opinion, *, now: datetime) -> Opened:  # noqa: ARG001  # whoever has the link
    """Take an expert's opinion in, once. A yes publishes, and a no returns, where the reviewer has left it to them."""
    found = _found(link, now=now, held=True)
    if found.invitation.decided_at is not None:
        raise Conflict("expert_decided")
    if found.review.state != WAITING:
        raise Conflict("review_closed")
    with checklist() as check:
        check.require(opinion.approves or opinion.words.strip(), "expert_words_missing", "words")
    if opinion.words.strip():
        said = Comment(invitation_id=found.invitation.id, words=opinion.words, quote="")
        reviewing.note(found.article, found.revision, said, now=now)
    found.invitation.decided_at, found.invitation.approves = now, opinion.approves
    act = "content.expert_approved" if opinion.approves else "content.expert_returned"
    audit.record(EXPERT, act, f"article:{found.article.id}", now=now, **_which(found))
    if found.invitation.publishes:
        _carry_out(found, opinion, now=now)
    return found


def of(review_ids: list[str]) -> list[Invitation]:
    """Give the invitations of reviews, the earliest first."""
    made = select(Invitation).where(Invitation.review_id.in_(review_ids))
    return list(session().scalars(made.order_by(Invitation.made_at, Invitation.id)))


def _carry_out(found: Opened, opinion: Opinion, *, now: datetime) -> None:
    """Do what the reviewer has left to the expert: they stand for it, with their name, as long as they may decide.

    Where they may not any more, an opinion is all it is, and another reviewer decides (TRUST A4).
    """
    asked = _standing_for_it(found)
    if asked is None:
        return
    if opinion.approves:
        reviewing.put_out(asked, found.review, found.article, now=now)
    else:
        reason = opinion.words.strip()[: reviewing.LONGEST_REASON]
        reviewing.settle(found.review, RETURNED, by=found.invitation.made_by, now=now, reason=reason)


def _standing_for_it(found: Opened) -> Actor | None:
    """Give the reviewer who asked with what they may do today; nobody who could not decide this themselves."""
    asked = staff.acting_as(found.invitation.made_by)
    if asked is None or not policy.may_decide(asked, reviewing.authors(found.article, found.review)):
        return None
    region = places.regions([found.article.region]).get(found.article.region)
    return asked if policy.is_within(asked, region) else None


def _found(link: str, *, now: datetime, held: bool = False) -> Opened:
    asked = select(Invitation).where(Invitation.link_index == blind_index(link, PURPOSE))
    invitation = session().scalars(asked.with_for_update() if held else asked).one_or_none()
    if invitation is None or invitation.expires_at <= now:
        raise NotFound("expert_link_unknown")
    review = session().get_one(Review, invitation.review_id)
    article = session().get_one(Article, review.article_id, with_for_update=held or None)
    revision = session().get_one(Revision, review.revision_id)
    return Opened(invitation, review, article, revision, keeping.said_in(revision))


def _which(found: Opened) -> dict[str, str]:
    return {"invitation": found.invitation.id}
