"""Whose hands a case is in: "give me the next", by legal urgency and vulnerability (FEATURES F01, LAL 44).

Two members of staff never get the same: whoever takes a case locks its row, and rows that are locked are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select

from applications import policy
from applications.models.application import PRIORITY_LANE, URGENT_LANE, Application
from applications.rulebook import rulebook
from applications.states import WITH_THE_AGENCY
from core import audit
from core.calendar import china_day
from core.db import session
from core.errors import NotFound, checklist
from core.identity import Actor, Permission, open_to

HELD = timedelta(hours=2)  # whoever is called away blocks nobody for longer
MOST_HELD = 5
SOON = timedelta(days=2)
FAR = date(9999, 12, 31)


class Why(StrEnum):
    """Why this case is the next, the most pressing reason first."""

    URGENT = "urgent"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    PRIORITY = "priority"
    FIRST_COME = "first_come"


class Reason(NamedTuple):
    """Why, with the day it goes by and the groups somebody belongs to."""

    why: Why
    day: date | None = None
    groups: tuple[str, ...] = ()


@open_to(Permission.APPLICATIONS_SUPPLEMENT, Permission.APPLICATIONS_DECIDE)
def take_next(actor: Actor, *, now: datetime) -> Application | None:
    """Take the case in hand that presses most and that nobody works on; none where there is none.

    Whoever put a case back is not given it again. Raises `Rejected` for full hands.
    """
    with checklist() as check:
        check.require(len(held(actor, now=now)) < MOST_HELD, "hands_full", None, most=MOST_HELD)
    free = or_(Application.held_until.is_(None), Application.held_until <= now)
    again = or_(Application.put_back_by.is_(None), Application.put_back_by != actor.id)
    wanted = select(Application).where(policy.visible_to(actor), _to_work_on(), free, again)
    wanted = wanted.order_by(*_pressing(china_day(now))).limit(1).with_for_update(skip_locked=True, of=Application)
    found = session().scalars(wanted).one_or_none()
    if found is not None:
        found.held_by, found.held_name, found.held_until = actor.id, actor.name, now + HELD
        session().flush()
        audit.record(actor, "application.taken", f"application:{found.id}", now=now, reason=reason(found, now=now).why)
    return found


@open_to(Permission.APPLICATIONS_SUPPLEMENT, Permission.APPLICATIONS_DECIDE)
def put_back(actor: Actor, reference: str, *, now: datetime) -> Application:
    """Let a colleague have a case one took. Raises `NotFound` for what is not in one's own hands."""
    mine = (Application.reference == reference, policy.visible_to(actor), _held_by(actor, now))
    found = session().scalars(select(Application).where(*mine).with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    let_go(found)
    found.put_back_by = actor.id
    audit.record(actor, "application.put_back", f"application:{found.id}", now=now)
    return found


@open_to(Permission.APPLICATIONS_REVIEW)
def held(actor: Actor, *, now: datetime) -> Sequence[Any]:
    """List the cases in one's own hands, the one taken first before the others."""
    said = (Application.id, Application.reference, Application.matter, Application.region, Application.received_at)
    mine = select(*said, Application.held_until).where(policy.visible_to(actor), _to_work_on(), _held_by(actor, now))
    return session().execute(mine.order_by(Application.held_until, Application.id)).all()


def stay(actor: Actor, application: Application, *, now: datetime) -> None:
    """Keep a case for whoever has it in hand and has just looked at it."""
    if is_held(application, now=now) and application.held_by == actor.id:
        application.held_until = now + HELD


def let_go(application: Application) -> None:
    """Let nobody have a case any more."""
    application.held_by, application.held_name, application.held_until = None, "", None


def is_held(application: Application, *, now: datetime) -> bool:
    """Say whether somebody works on a case."""
    return application.held_until is not None and application.held_until > now


def reason(application: Application, *, now: datetime) -> Reason:
    """Say why a case presses as it does."""
    today, due = china_day(now), application.due_on
    if application.lane == URGENT_LANE:
        return Reason(Why.URGENT, application.urgent_until)
    if due is not None and due <= today + SOON:
        return Reason(Why.OVERDUE if due < today else Why.DUE_SOON, due)
    if application.lane == PRIORITY_LANE:
        return Reason(Why.PRIORITY, due, _groups(application))
    return Reason(Why.FIRST_COME, due)


def _pressing(today: date) -> tuple[Any, ...]:
    """Order by the law first: aid that cannot wait, a term that runs out; then by who is weak; then by who came."""
    due = func.coalesce(Application.due_on, FAR)
    place = case(
        (Application.lane == URGENT_LANE, 0),
        (due <= today + SOON, 1),
        (Application.lane == PRIORITY_LANE, 2),
        else_=3,
    )
    until = case((Application.lane == URGENT_LANE, func.coalesce(Application.urgent_until, due)), else_=due)
    return place, until, Application.received_at, Application.id


def _to_work_on() -> ColumnElement[bool]:
    return Application.state.in_([state.value for state in WITH_THE_AGENCY])


def _held_by(actor: Actor, now: datetime) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = (Application.held_by == actor.id) & (Application.held_until > now)
    return mine


def _groups(application: Application) -> tuple[str, ...]:
    on = china_day(application.received_at)
    known = {one.code: one.title for one in rulebook().priorities(application.region, on)}
    return tuple(known[code] for code in application.groups if code in known)
