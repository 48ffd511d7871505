"""What staff ask: the queue by legal urgency, and a case opened on the record (FEATURES F01, F09, G08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, String, bindparam, func, select, tuple_

from applications import casefiles, hands, policy
from applications.models.application import Application
from applications.states import State
from core import audit
from core.db import Instant, session
from core.errors import NotFound, checklist
from core.identity import Actor, ActorKind, Permission, open_to
from core.rows import Rows

FAR = date(9999, 12, 31)
SHORTEST_REASON = 4
LONGEST_REASON = 200


class Pile(StrEnum):
    """Which part of the queue."""

    TO_REVIEW = "to_review"
    WAITING = "waiting"
    DECIDED = "decided"


PILES = {
    Pile.TO_REVIEW: (State.SUBMITTED, State.UNDER_REVIEW, State.PROVISIONAL_AID),
    Pile.WAITING: (State.SUPPLEMENT_REQUIRED,),
    Pile.DECIDED: (State.GRANTED, State.REFUSED, State.DEEMED_WITHDRAWN, State.WITHDRAWN, State.REDIRECTED),
}

_ORDER = (
    Application.lane,
    func.coalesce(Application.due_on, FAR),
    Application.received_at,
    Application.id,
)
_COLUMNS = (
    Application.id,
    Application.reference,
    Application.state,
    Application.matter,
    Application.lane,
    Application.urgent_until,
    Application.due_on,
    Application.received_at,
    Application.applicant_name,
    Application.region,
    Application.held_name,
    Application.held_until,
)


_PLACE = (("lane", Integer()), ("due_on", Date()), ("received_at", Instant()), ("id", String()))  # as in `_ORDER`
MOST_READY = 512  # statements of regions and piles that are kept ready


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in the queue: what its order goes by."""

    lane: int
    due_on: date
    received_at: datetime
    id: str


@open_to(Permission.APPLICATIONS_REVIEW)
def queue(actor: Actor, pile: Pile, *, first: int, after: Place | None = None) -> Sequence[Any]:
    """List the cases of a pile, the most urgent first: one row more than `first` where more follow.

    Urgent cases (LAL 44) come first, then whatever is due soonest, and the older before the newer.
    """
    where = asdict(after) if after else {}
    return _page(actor.region, pile, after is not None).all(limit=first + 1, **where)


@open_to(Permission.APPLICATIONS_REVIEW)
def count(actor: Actor, pile: Pile) -> int:
    """Count the cases of a pile."""
    return int(_total(actor.region, pile).all()[0].total)


@lru_cache(maxsize=MOST_READY)
def _page(region: str, pile: Pile, reads_on: bool) -> Rows:
    query = select(*_COLUMNS).where(*_in_pile(region, pile))
    if reads_on:
        query = query.where(tuple_(*_ORDER) > tuple_(*(bindparam(name, type_=kind) for name, kind in _PLACE)))
    return Rows(query.order_by(*_ORDER).limit(bindparam("limit", type_=Integer)))


@lru_cache(maxsize=MOST_READY)
def _total(region: str, pile: Pile) -> Rows:
    return Rows(select(func.count().label("total")).select_from(Application).where(*_in_pile(region, pile)))


def _in_pile(region: str, pile: Pile) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    reviewer = Actor(kind=ActorKind.STAFF, permissions=frozenset({Permission.APPLICATIONS_REVIEW}), region=region)
    states = [state.value for state in PILES[pile]]
    return policy.visible_to(reviewer), Application.state.in_(states)


@open_to(Permission.APPLICATIONS_REVIEW)
def opened(actor: Actor, reference: str, *, now: datetime) -> Application:
    """Open a case, on the record: looking is an act too (TRUST O5)."""
    found = casefiles.find(actor, reference)
    hands.stay(actor, found, now=now)
    audit.record(actor, "application.opened", f"application:{found.id}", now=now)
    return found


REVEALABLE = ("id_number", "phone", "address")


@open_to(Permission.PERSONAL_REVEAL)
def reveal(actor: Actor, reference: str, field: str, reason: str, *, now: datetime) -> str:
    """Show one masked value in full, for a reason that is recorded (FEATURES G08).

    Raises `Rejected` without a reason, `NotFound` where there is no such value.
    """
    with checklist() as check:
        check.require(SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON, "reveal_reason_missing", "reason")
        check.require(field in REVEALABLE, "reveal_unknown", "field")
    application = (
        session()
        .scalars(select(Application).where(Application.reference == reference, policy.visible_to(actor)))
        .one_or_none()
    )
    value = str(application.answers.get(field) or "") if application else ""
    if application is None or not value:
        raise NotFound
    audit.record(
        actor,
        "application.revealed",
        f"application:{application.id}",
        now=now,
        reason=reason.strip(),
        field=field,
    )
    return value
