"""The record of events: the only way a case moves (RULEBOOK 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from applications import hands, policy, progress
from applications.clock import LegalClock
from applications.models.application import Application
from applications.models.event import CaseEvent
from applications.rulebook import rulebook
from applications.states import WITH_THE_AGENCY, EventKind, State, after
from core import audit, calendar
from core.db import session
from core.errors import NotFound
from core.identity import Actor, ActorKind


def take(actor: Actor, reference: str) -> Application:
    """Take a case in hand to change it: nobody else can meanwhile.

    Raises `NotFound` for a stranger's case and for none alike (TRUST A2).
    """
    found = (
        session()
        .scalars(
            select(Application).where(Application.reference == reference, policy.visible_to(actor)).with_for_update()
        )
        .one_or_none()
    )
    if found is None:
        raise NotFound
    return found


def happen(
    application: Application,
    kind: EventKind,
    actor: Actor,
    *,
    now: datetime,
    reason: str | None = None,
    legal_basis: str | None = None,
) -> CaseEvent:
    """Record that something happened, and move the case to the state it leads to.

    `reason` is a code, never words about a person. Raises `Conflict` when the state does not allow it.
    """
    application.state = after(State(application.state), kind).value
    if application.state not in WITH_THE_AGENCY:
        hands.let_go(application)
    last = session().scalar(select(func.max(CaseEvent.position)).where(CaseEvent.application_id == application.id))
    event = CaseEvent(
        application_id=application.id,
        position=(last or 0) + 1,
        kind=kind.value,
        state=application.state,
        at=now,
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        actor_name=actor.name if actor.kind is ActorKind.STAFF else "",
        reason=reason,
        legal_basis=legal_basis,
        data={},
    )
    session().add(event)
    session().flush()
    application.due_on = progress.of(events_of(application), clock(), now=now).due_on
    audit.record(actor, f"application.{kind.value}", f"application:{application.id}", now=now, reason=reason)
    return event


def events_of(application: Application) -> Sequence[CaseEvent]:
    """Read the record of a case, from its submission on."""
    return (
        session()
        .scalars(select(CaseEvent).where(CaseEvent.application_id == application.id).order_by(CaseEvent.position))
        .all()
    )


def clock() -> LegalClock:
    """Give the clock of the rules in force, on the calendar the office keeps."""
    return LegalClock(rulebook(), calendar.load())
