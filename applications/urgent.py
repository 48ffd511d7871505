"""The urgent lane: a call within the hour, and aid first, papers later (FEATURES A30, LAL 44)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from applications import cases, letter_texts, letters, policy, questions, reasons
from applications.clock import lawyer_by
from applications.models.application import URGENT_LANE, Application
from applications.models.event import CaseEvent
from applications.states import WITH_THE_AGENCY, EventKind
from core import outbox
from core.calendar import china_day
from core.db import session
from core.errors import Conflict, checklist
from core.identity import Actor, Permission, open_to

CALL_WITHIN = timedelta(hours=1)
MOST_CALLS = 50
LONGEST_WORDS = 1000
OTHER = "other_urgent"
LEGAL_BASIS = "LAL 44"
CALLS = (EventKind.CALLED.value, EventKind.CALL_MISSED.value)


def call_by(application: Application) -> datetime | None:
    """Say until when an urgent case wants a call; none where somebody rang, may not, or need not.

    `application` was read with its events.
    """
    if application.lane != URGENT_LANE or application.state not in WITH_THE_AGENCY or not may_be_called(application):
        return None
    if any(event.kind == EventKind.CALLED for event in application.events):
        return None
    tries = [event.at for event in application.events if event.kind == EventKind.CALL_MISSED]
    return (tries[-1] if tries else application.received_at) + CALL_WITHIN


def may_be_called(application: Application) -> bool:
    """Say whether there is a number it is safe to ring."""
    said = application.answers
    return bool(said.get("phone")) and said.get("safe_to_call") != questions.NO


@open_to(Permission.APPLICATIONS_REVIEW)
def calls(actor: Actor) -> Sequence[Any]:
    """List the urgent cases of one's region whom nobody has reached yet, the oldest first, with when to ring."""
    reached = exists().where(CaseEvent.application_id == Application.id, CaseEvent.kind == EventKind.CALLED.value)
    states = [state.value for state in WITH_THE_AGENCY]
    wanted = (policy.visible_to(actor), Application.lane == URGENT_LANE, Application.state.in_(states), ~reached)
    oldest = select(Application).where(*wanted).order_by(Application.received_at, Application.id).limit(MOST_CALLS)
    return [one for one in session().scalars(oldest) if may_be_called(one)]


@open_to(Permission.APPLICATIONS_SUPPLEMENT, Permission.APPLICATIONS_DECIDE)
def note_call(actor: Actor, reference: str, *, reached: bool, now: datetime) -> Application:
    """Write down that one rang. Who was not reached is rung again within the hour."""
    application = cases.take(actor, reference)
    if application.lane != URGENT_LANE or application.state not in WITH_THE_AGENCY:
        raise Conflict("call_not_wanted")
    cases.happen(application, EventKind.CALLED if reached else EventKind.CALL_MISSED, actor, now=now)
    return application


@open_to(Permission.APPLICATIONS_DECIDE)
def provide_first(actor: Actor, reference: str, ground: str, words: str, *, now: datetime) -> Application:
    """Give aid before the papers (LAL 44): a lawyer at once, formalities within the days of a supplement.

    The review goes on, and its clock too. The ground that names no case of its own wants words.
    """
    known, said = reasons.for_aid_first(), words.strip()
    with checklist() as check:
        check.require(ground in known, "reason_unknown", "ground")
        check.require(said or ground != OTHER, "explanation_missing", "explanation")
        check.require(len(said) <= LONGEST_WORDS, "explanation_too_long", "explanation", limit=LONGEST_WORDS)
    application = cases.take(actor, reference)
    cases.happen(application, EventKind.PROVISIONAL_AID_GIVEN, actor, now=now, reason=ground, legal_basis=LEGAL_BASIS)
    complete_by = cases.clock().supplement(now).legal
    assign_by = lawyer_by(china_day(now)).target
    blocks = letter_texts.aid_first(known[ground], said, assign_by=assign_by, complete_by=complete_by)
    letters.issue(application, letters.LetterKind.AID_FIRST, blocks, now=now)
    key = f"application.aid_first:{application.id}"
    outbox.put("application.aid_first", due_at=now, key=key, application_id=application.id)
    return application
