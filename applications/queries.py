"""Asking for one's own drafts and applications. A stranger's and none look the same (TRUST A2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Integer, String, bindparam, select, tuple_

from applications import policy
from applications.models.application import Application
from applications.models.draft import Draft
from core.db import Instant, session
from core.errors import NotFound
from core.identity import Actor, ActorKind, Audience, open_to
from core.rows import Rows

SOMEBODY = Actor(kind=ActorKind.CITIZEN, id=cast("str", bindparam("actor_id")))  # who it is comes with each call
LISTED = (
    Application.id,
    Application.reference,
    Application.state,
    Application.matter,
    Application.region,
    Application.agency_name,
    Application.received_at,
)
_ORDER = (Application.received_at, Application.id)


@open_to(Audience.CITIZEN)
def draft(actor: Actor, draft_id: str, *, to_change: bool = False) -> Draft:
    """Find one's own draft; `to_change` holds it so that nobody else changes it meanwhile."""
    wanted = select(Draft).where(Draft.id == draft_id, policy.drafts_of(actor))
    found = session().scalars(wanted.with_for_update() if to_change else wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


@open_to(Audience.CITIZEN)
def open_drafts(actor: Actor, *, now: datetime) -> Sequence[Draft]:
    """List one's drafts that can still be written on, the newest first. There are never many."""
    still = (policy.drafts_of(actor), Draft.submitted_at.is_(None), Draft.expires_at > now)
    return session().scalars(select(Draft).where(*still).order_by(Draft.saved_at.desc(), Draft.id)).all()


@open_to(Audience.CITIZEN)
def drafts_listed(actor: Actor, *, now: datetime) -> Sequence[Any]:
    """List the same as rows, for whoever only looks."""
    return _open_drafts().all(actor_id=actor.id, now=now)


@open_to(Audience.CITIZEN)
def mine(actor: Actor, *, first: int, after: tuple[datetime, str] | None = None) -> Sequence[Any]:
    """List one's applications, the newest first: one row more than `first` where more follow."""
    where = {} if after is None else {"received_at": after[0], "id": after[1]}
    return _mine(after is not None).all(actor_id=actor.id, limit=first + 1, **where)


@cache
def _open_drafts() -> Rows:
    still = (policy.drafts_of(SOMEBODY), Draft.submitted_at.is_(None), Draft.expires_at > bindparam("now"))
    return Rows(select(*Draft.__table__.columns).where(*still).order_by(Draft.saved_at.desc(), Draft.id))


@cache
def _mine(reads_on: bool) -> Rows:
    wanted = select(*LISTED).where(policy.visible_to(SOMEBODY))
    if reads_on:
        place = (bindparam("received_at", type_=Instant()), bindparam("id", type_=String()))
        wanted = wanted.where(tuple_(*_ORDER) < tuple_(*place))
    newest_first = (Application.received_at.desc(), Application.id.desc())
    return Rows(wanted.order_by(*newest_first).limit(bindparam("limit", type_=Integer)))


def submitted_from(draft_id: str) -> Application | None:
    """Give the application a draft became. The caller has checked the draft."""
    return session().scalars(select(Application).where(Application.draft_id == draft_id)).one_or_none()
