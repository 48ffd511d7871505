"""A page opened on the desk: its history, its reviews, and what whoever looks may do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene

from api.content_desk_types import ContentItem, LawStanding, Names, item, named
from api.scalars import DateTime
from api.viewer import Viewer
from content import policy, queries, reviewing
from content.queries import State
from core.identity import Permission


class ContentRevision(graphene.ObjectType):
    """A revision in the history of a page."""

    id = graphene.ID(required=True, description="Its id.")
    number = graphene.Int(required=True, description="Its number.")
    merged = graphene.Int(description="The second revision it was put together from, or that it restores.")
    title = graphene.String(required=True, description="Its title.")
    note = graphene.String(required=True, description="How it came to be, where that is not plain.")
    made_by = graphene.String(required=True, description="Who made it.")
    made_at = graphene.Field(DateTime, required=True, description="When.")


class ExpertInvitation(graphene.ObjectType):
    """An expert outside who was asked."""

    name = graphene.String(required=True, description="Their name.")
    employer = graphene.String(required=True, description="Where they work.")
    publishes = graphene.Boolean(required=True, description="Whether their yes is enough.")
    expires_at = graphene.Field(DateTime, required=True, description="When the link ends.")
    opened_at = graphene.Field(DateTime, description="When they opened it.")
    decided_at = graphene.Field(DateTime, description="When they decided.")
    approves = graphene.Boolean(description="What they said.")


class ContentReview(graphene.ObjectType):
    """A revision that was laid before a reviewer."""

    id = graphene.ID(required=True, description="Its id.")
    number = graphene.Int(required=True, description="The revision it is about.")
    state = graphene.String(required=True, description="`waiting`, `published`, `returned` or `withdrawn`.")
    asked_by = graphene.String(required=True, description="Who asked.")
    asked_at = graphene.Field(DateTime, required=True, description="When.")
    due_at = graphene.Field(DateTime, required=True, description="When it is due.")
    is_late = graphene.Boolean(required=True, description="Whether it is open and overdue.")
    starts_at = graphene.Field(DateTime, description="When it is wished to be shown; at once where empty.")
    expires_at = graphene.Field(DateTime, description="Until when.")
    claimed_by = graphene.String(description="Who is looking at it.")
    claimed_at = graphene.Field(DateTime, description="Since when.")
    is_mine = graphene.Boolean(required=True, description="Whether one has claimed it oneself.")
    decided_by = graphene.String(description="Who ended it.")
    decided_at = graphene.Field(DateTime, description="When.")
    reason = graphene.String(required=True, description="Why it was returned.")
    experts = graphene.List(graphene.NonNull(ExpertInvitation), required=True, description="Who outside was asked.")


class ContentComment(graphene.ObjectType):
    """What somebody said of a page."""

    made_by = graphene.String(required=True, description="Who.")
    made_at = graphene.Field(DateTime, required=True, description="When.")
    number = graphene.Int(required=True, description="Of which revision.")
    quote = graphene.String(required=True, description="Of which passage; may be empty.")
    words = graphene.String(required=True, description="What.")


class ContentPublication(graphene.ObjectType):
    """A revision that is, was or will be shown."""

    id = graphene.ID(required=True, description="Its id.")
    number = graphene.Int(required=True, description="The revision.")
    starts_at = graphene.Field(DateTime, required=True, description="From when.")
    ends_at = graphene.Field(DateTime, description="Until when; empty where no end is set.")
    published_by = graphene.String(required=True, description="Who published it.")
    is_live = graphene.Boolean(required=True, description="Whether readers see it now.")
    is_over = graphene.Boolean(required=True, description="Whether readers have seen it, and do no more.")


class ContentOpened(graphene.ObjectType):
    """A page with all that was done to it, and what one may do."""

    item = graphene.Field(ContentItem, required=True, description="The page.")
    revisions = graphene.List(
        graphene.NonNull(ContentRevision), required=True, description="Its revisions, the newest first; 100 at most."
    )
    reviews = graphene.List(graphene.NonNull(ContentReview), required=True, description="Its reviews, newest first.")
    comments = graphene.List(graphene.NonNull(ContentComment), required=True, description="What was said of it.")
    publications = graphene.List(
        graphene.NonNull(ContentPublication), required=True, description="When which revision is shown, latest first."
    )
    laws = graphene.List(graphene.NonNull(LawStanding), required=True, description="The laws the live page cites.")
    may_write = graphene.Boolean(required=True, description="Whether one may write.")
    may_decide = graphene.Boolean(required=True, description="Whether one may publish or return the open review.")
    must_leave = graphene.Boolean(required=True, description="Whether only four eyes keep one from deciding.")
    may_withdraw = graphene.Boolean(required=True, description="Whether one may take it away from readers.")
    may_recheck = graphene.Boolean(required=True, description="Whether one may say it still agrees with the laws.")


def shown(viewer: Viewer, opened: queries.Opened) -> ContentOpened:
    """Show an opened page to whoever looks."""
    actor, entry = viewer.actor, opened.entry
    names = named(_staff_of(opened))
    numbers = {one.id: one.number for one in opened.revisions}
    waiting = entry.review if entry.state is State.WAITING else None
    decides = waiting is not None and policy.may_decide(actor, reviewing.authors(entry.article, waiting))
    publishes = actor.may(Permission.CONTENT_PUBLISH)
    stale = any(one.is_stale for one in opened.standing)
    return ContentOpened(
        item=item(entry, names, is_stale=stale),
        revisions=[
            ContentRevision(
                id=one.id,
                number=one.number,
                merged=one.merged,
                title=one.title,
                note=one.note,
                made_by=names.of(one.made_by),
                made_at=one.made_at,
            )
            for one in opened.revisions
        ],
        reviews=_reviews(viewer, opened, names, numbers),
        comments=_comments(opened, names, numbers),
        publications=_publications(viewer, opened, names, numbers),
        laws=opened.standing,
        may_write=actor.may(Permission.CONTENT_WRITE),
        may_decide=decides,
        must_leave=waiting is not None and publishes and not decides,
        may_withdraw=publishes and (entry.live is not None or entry.coming is not None),
        may_recheck=publishes and stale,
    )


def _staff_of(opened: queries.Opened) -> list[str | None]:
    return [
        *(one.made_by for one in opened.revisions),
        *(each for one in opened.reviews for each in (one.asked_by, one.claimed_by, one.decided_by)),
        *(one.staff_id for one in opened.comments),
        *(one.published_by for one in opened.publications),
    ]


def _reviews(viewer: Viewer, opened: queries.Opened, names: Names, numbers: dict[str, int]) -> Sequence[Any]:
    asked: dict[str, list[Any]] = {}
    for one in opened.invitations:
        asked.setdefault(one.review_id, []).append(one)
    return [
        ContentReview(
            id=one.id,
            number=numbers.get(one.revision_id, 0),
            state=one.state,
            asked_by=names.of(one.asked_by),
            asked_at=one.asked_at,
            due_at=one.due_at,
            is_late=one.state == reviewing.WAITING and one.due_at < viewer.now,
            starts_at=one.starts_at,
            expires_at=one.expires_at,
            claimed_by=names.of(one.claimed_by),
            claimed_at=one.claimed_at,
            is_mine=one.claimed_by == viewer.actor.id,
            decided_by=names.of(one.decided_by),
            decided_at=one.decided_at,
            reason=one.reason,
            experts=asked.get(one.id, []),
        )
        for one in opened.reviews
    ]


def _comments(opened: queries.Opened, names: Names, numbers: dict[str, int]) -> Sequence[Any]:
    experts = {one.id: f"{one.name}（{one.employer}）" for one in opened.invitations}
    return [
        ContentComment(
            made_by=names.of(one.staff_id) or experts.get(one.invitation_id or "", "自动检查"),
            made_at=one.made_at,
            number=numbers.get(one.revision_id, 0),
            quote=one.quote,
            words=one.words,
        )
        for one in opened.comments
    ]


def _publications(viewer: Viewer, opened: queries.Opened, names: Names, numbers: dict[str, int]) -> Sequence[Any]:
    return [
        ContentPublication(
            id=one.id,
            number=numbers.get(one.revision_id, 0),
            starts_at=one.starts_at,
            ends_at=one.ends_at
            if one.ends_at in (one.expires_at, one.withdrawn_at) or one.ends_at <= viewer.now
            else None,
            published_by=names.of(one.published_by),
            is_live=one.starts_at <= viewer.now < one.ends_at,
            is_over=one.starts_at < one.ends_at <= viewer.now,
        )
        for one in reversed(opened.publications)
        if one.starts_at < one.ends_at
    ]
