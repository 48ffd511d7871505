"""Granting and refusing (RULEBOOK TL-REV, TL-NO; LAL 43), and giving up on what was not supplied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from applications import cases, letter_texts, letters, policy, reasons, supplements
from applications.clock import lawyer_by
from applications.models.application import Application
from applications.models.decision import Decision
from applications.reasons import Reason
from applications.states import EventKind
from core import outbox
from core.calendar import china_day
from core.db import session
from core.errors import Conflict, checklist
from core.identity import Actor, Audience, Permission, open_to

LONGEST_EXPLANATION = 1000
LEGAL_BASIS = "LAL 43"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: reasons of the catalogue, and an explanation in the decider's own words."""

    reasons: Sequence[Reason]
    explanation: str


@open_to(Permission.APPLICATIONS_DECIDE)
def grant(actor: Actor, reference: str, codes: Sequence[str], explanation: str, *, now: datetime) -> Decision:
    """Grant aid, with the reasons (form 009). The lawyer is due in three days (TL-ASG)."""
    finding = _finding(reasons.for_grant(), codes, explanation, must_explain=False)
    application = cases.take(actor, reference)
    assign_by = lawyer_by(china_day(now)).target
    blocks = letter_texts.grant(finding.reasons, finding.explanation, assign_by=assign_by)
    return _decide(actor, application, EventKind.GRANTED, finding, blocks, now=now)


@open_to(Permission.APPLICATIONS_DECIDE)
def refuse(actor: Actor, reference: str, codes: Sequence[str], explanation: str, *, now: datetime) -> Decision:
    """Refuse aid: in writing, with reasons in words, and with the remedies (form 010; LAL 43, 49)."""
    finding = _finding(reasons.for_refusal(), codes, explanation, must_explain=True)
    application = cases.take(actor, reference)
    blocks = letter_texts.refusal(finding.reasons, finding.explanation)
    return _decide(actor, application, EventKind.REFUSED, finding, blocks, now=now)


@open_to(Permission.APPLICATIONS_DECIDE)
def deem_withdrawn(actor: Actor, reference: str, delivered: str, *, now: datetime) -> Application:
    """Confirm that what was asked for did not come in time (LAL 43(2)). A person confirms it, never a clock.

    And says how the applicant is known to have had the notice: whom nothing has reached has missed nothing (A25).
    """
    application = cases.take(actor, reference)
    notice = supplements.open_notice(application)
    with checklist() as check:
        check.require(notice is not None and notice.due_on < china_day(now), "supplement_not_overdue")
        check.require(delivered in reasons.for_delivery(), "delivery_unconfirmed", "delivered")
    cases.happen(application, EventKind.DEEMED_WITHDRAWN, actor, now=now, reason=delivered, legal_basis=LEGAL_BASIS)
    _tell(application, "application.deemed_withdrawn", now=now)
    return application


@open_to(Audience.CITIZEN)
def withdraw(actor: Actor, reference: str, *, now: datetime) -> Application:
    """Take one's own application back. Nobody has to say why."""
    application = cases.take(actor, reference)
    if not policy.may_withdraw(actor, application):
        raise Conflict("withdraw_too_late")
    cases.happen(application, EventKind.WITHDRAWN, actor, now=now)
    return application


def _finding(known: Mapping[str, Reason], codes: Sequence[str], explanation: str, *, must_explain: bool) -> Finding:
    words = explanation.strip()
    with checklist() as check:
        check.require(codes, "reasons_missing", "reasons")
        check.require(all(code in known for code in codes), "reason_unknown", "reasons")
        check.require(words or not must_explain, "explanation_missing", "explanation")
        check.require(
            len(words) <= LONGEST_EXPLANATION, "explanation_too_long", "explanation", limit=LONGEST_EXPLANATION
        )
    return Finding([known[code] for code in dict.fromkeys(codes)], words)


def _decide(
    actor: Actor,
    application: Application,
    kind: EventKind,
    finding: Finding,
    blocks: Sequence[letters.Block],
    *,
    now: datetime,
) -> Decision:
    cases.happen(application, kind, actor, now=now, reason=finding.reasons[0].code, legal_basis=LEGAL_BASIS)
    decision = Decision(
        application_id=application.id,
        kind=kind.value,
        reasons=[one.code for one in finding.reasons],
        explanation=finding.explanation,
        decided_at=now,
        decided_by=actor.id,
        decider_name=actor.name,
    )
    session().add(decision)
    paper = letters.LetterKind.GRANT if kind is EventKind.GRANTED else letters.LetterKind.REFUSAL
    letters.issue(application, paper, blocks, now=now)
    _tell(application, "application.decided", now=now)
    return decision


def _tell(application: Application, kind: str, *, now: datetime) -> None:
    outbox.put(kind, due_at=now, key=f"{kind}:{application.id}", application_id=application.id)
