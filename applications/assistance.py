"""Asking an agency of another province: to take a case over, or to verify something (RULEBOOK P-7; FEATURES C12).

Nobody is sent away: the case stays here, its clock with it, until the other agency has said that they have it. Only
the time of verifying elsewhere is not counted (TL-STOP).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from applications import cases, clock, letter_texts, letters, policy
from applications.models.application import Application
from applications.models.assistance import AssistanceRequest
from applications.rulebook import rulebook
from applications.states import WITH_THE_AGENCY, EventKind
from core import calendar, outbox
from core.calendar import china_day
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, checklist
from core.identity import Actor, Permission, open_to
from locator import queries as places

LONGEST_WORDS, LONGEST_NAME, LONGEST_CONTACT = 500, 80, 120
MOST_WAITING = 50
PROVINCE_DIGITS = 2


class Kind(StrEnum):
    """What is asked for."""

    TAKE_OVER = "take_over"
    VERIFY = "verify"


class Answer(StrEnum):
    """What came of it."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


ASKED = {Kind.TAKE_OVER: EventKind.TAKE_OVER_ASKED, Kind.VERIFY: EventKind.VERIFICATION_ASKED}
ANSWERED = {
    (Kind.TAKE_OVER, Answer.ACCEPTED): EventKind.REDIRECTED,
    (Kind.TAKE_OVER, Answer.DECLINED): EventKind.TAKE_OVER_DECLINED,
    (Kind.VERIFY, Answer.ACCEPTED): EventKind.VERIFICATION_ANSWERED,
    (Kind.VERIFY, Answer.DECLINED): EventKind.VERIFICATION_ANSWERED,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, of which agency of which province, in which words."""

    kind: Kind
    to_region: str
    to_name: str
    about: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it: whom the applicant finds there, and what was said."""

    answer: Answer
    contact: str = ""
    words: str = ""


@open_to(Permission.APPLICATIONS_SUPPLEMENT, Permission.APPLICATIONS_DECIDE)
def ask(actor: Actor, reference: str, wish: Wish, *, now: datetime) -> AssistanceRequest:
    """Write a request down, with the day an answer is due. Giving a case away is for whoever may decide it."""
    if wish.kind is Kind.TAKE_OVER and not actor.may(Permission.APPLICATIONS_DECIDE):
        raise Forbidden
    with checklist() as check:
        check.require(_is_another_province(wish.to_region), "assistance_not_elsewhere", "to_region")
        check.require(0 < len(wish.to_name.strip()) <= LONGEST_NAME, "assistance_name_missing", "to_name")
        check.require(wish.about.strip(), "explanation_missing", "about")
        check.require(len(wish.about) <= LONGEST_WORDS, "explanation_too_long", "about", limit=LONGEST_WORDS)
    application = cases.take(actor, reference)
    if application.state not in WITH_THE_AGENCY:
        raise Conflict("state_does_not_allow", state=application.state, event=ASKED[wish.kind].value)
    if _open(application) is not None:
        raise Conflict("assistance_asked_already")
    due = clock.due_on(rulebook().limit("TL-ASSIST"), china_day(now), calendar.load()).legal
    told = {"to_region": wish.to_region, "to_name": wish.to_name.strip(), "about": wish.about.strip()}
    made = AssistanceRequest(
        application_id=application.id, kind=wish.kind.value, **told, asked_at=now, asked_by=actor.id, due_on=due
    )
    session().add(made)
    cases.happen(application, ASKED[wish.kind], actor, now=now)
    _tell(application, made, "asked", now=now)
    return made


@open_to(Permission.APPLICATIONS_SUPPLEMENT, Permission.APPLICATIONS_DECIDE)
def answer(actor: Actor, reference: str, reply: Reply, *, now: datetime) -> AssistanceRequest:
    """Write down what the other agency said. Who takes a case over is named to the applicant, with how to reach them.

    Where they decline, the case is ours as before: nobody applies anew.
    """
    application = cases.take(actor, reference)
    found = _open(application)
    if found is None:
        raise NotFound("assistance_not_asked")
    kind, given = Kind(found.kind), reply.answer
    if kind is Kind.TAKE_OVER and not actor.may(Permission.APPLICATIONS_DECIDE):
        raise Forbidden
    with checklist() as check:
        needs_contact = (kind, given) == (Kind.TAKE_OVER, Answer.ACCEPTED)
        check.require(reply.contact.strip() or not needs_contact, "assistance_contact_missing", "contact")
        check.require(reply.words.strip() or needs_contact, "explanation_missing", "words")
        check.require(len(reply.contact) <= LONGEST_CONTACT, "note_too_long", "contact", limit=LONGEST_CONTACT)
        check.require(len(reply.words) <= LONGEST_WORDS, "explanation_too_long", "words", limit=LONGEST_WORDS)
    found.answered_at, found.answer = now, given.value
    found.contact, found.words = reply.contact.strip(), reply.words.strip()
    cases.happen(application, ANSWERED[kind, given], actor, now=now)
    if needs_contact:
        blocks = letter_texts.handed_over(found.to_name, found.contact, found.words)
        letters.issue(application, letters.LetterKind.HANDED_OVER, blocks, now=now)
    _tell(application, found, "answered", now=now)
    return found


def of_case(application: Any) -> Sequence[AssistanceRequest]:
    """List what was asked for a case, the oldest first. The caller has checked the case, and read its events."""
    if not any(event.kind in ASKED.values() for event in application.events):
        return []
    asked = select(AssistanceRequest).where(AssistanceRequest.application_id == application.id)
    return session().scalars(asked.order_by(AssistanceRequest.asked_at, AssistanceRequest.id)).all()


@open_to(Permission.APPLICATIONS_REVIEW)
def waiting(actor: Actor) -> Sequence[Any]:
    """List what one's region waits for, what is due first before the others."""
    said = (Application.reference, AssistanceRequest.kind, AssistanceRequest.to_name, AssistanceRequest.due_on)
    asked = select(*said).join(Application, Application.id == AssistanceRequest.application_id)
    asked = asked.where(policy.visible_to(actor), AssistanceRequest.answered_at.is_(None))
    order = (AssistanceRequest.due_on, AssistanceRequest.asked_at, AssistanceRequest.id)
    return session().execute(asked.order_by(*order).limit(MOST_WAITING)).all()


def _is_another_province(code: str) -> bool:
    if len(code) != PROVINCE_DIGITS or code == rulebook().home_region:
        return False
    try:
        places.division(code)
    except NotFound:
        return False
    return True


def _open(application: Application) -> AssistanceRequest | None:
    asked = (AssistanceRequest.application_id == application.id, AssistanceRequest.answered_at.is_(None))
    return session().scalars(select(AssistanceRequest).where(*asked)).one_or_none()


def _tell(application: Application, made: AssistanceRequest, what: str, *, now: datetime) -> None:
    session().flush()
    key = f"application.assistance:{made.id}:{what}"
    outbox.put("application.assistance", due_at=now, key=key, application_id=application.id)
