"""Asking once for everything that is missing, and handing it in (RULEBOOK TL-SUP, TL-STOP; FEATURES A24, A25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from applications import casefiles, cases, letter_texts, letters, policy, reasons, uploads
from applications.models.application import Application
from applications.models.evidence import Evidence
from applications.models.supplement import SupplementItem, SupplementNotice
from applications.rulebook import rulebook
from applications.states import EventKind, State
from core import outbox
from core.calendar import china_day, china_midnight
from core.db import session
from core.errors import NotFound, Problem, Rejected, checklist
from core.identity import Actor, Audience, Permission, open_to
from core.jobs import handles

LONGEST_NOTE = 300
REMINDED_BEFORE = timedelta(days=3)
OFFICE_OPENS = timedelta(hours=9)
LEGAL_BASIS = "LAL 43"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: a code of the catalogue, and a note in the reviewer's own words."""

    code: str
    note: str = ""


@open_to(Permission.APPLICATIONS_SUPPLEMENT)
def ask(actor: Actor, reference: str, missing: Sequence[Missing], *, now: datetime) -> SupplementNotice:
    """Tell the applicant everything that is missing, once. The review clock stops.

    Something that was asked for before cannot be asked for again (RULEBOOK 10.3): only "explanation" of new facts.
    """
    application = cases.take(actor, reference)
    known = reasons.for_supplement()
    asked_before = _asked_before(application)
    with checklist() as check:
        check.require(missing, "supplement_empty", "items")
        for one in missing:
            check.require(one.code in known, "supplement_unknown", "items")
            check.require(len(one.note) <= LONGEST_NOTE, "note_too_long", "items", limit=LONGEST_NOTE)
            check.require(one.code not in asked_before or one.code == "explanation", "supplement_asked_before", "items")
    notice = _notice(application, actor, missing, now=now)
    cases.happen(application, EventKind.SUPPLEMENT_ASKED, actor, now=now, legal_basis=LEGAL_BASIS)
    blocks = letter_texts.supplement([(known[one.code], one.note) for one in missing], due_on=notice.due_on)
    letters.issue(application, letters.LetterKind.SUPPLEMENT, blocks, now=now)
    outbox.put(
        "application.supplement_asked",
        due_at=now,
        key=f"application.supplement_asked:{notice.id}",
        application_id=application.id,
    )
    outbox.put(
        "application.supplement_due",
        due_at=max(now, china_midnight(notice.due_on - REMINDED_BEFORE) + OFFICE_OPENS),
        key=f"application.supplement_due:{notice.id}",
        notice_id=notice.id,
    )
    return notice


@open_to(Audience.CITIZEN)
def supply(actor: Actor, reference: str, explanations: Mapping[str, str], *, now: datetime) -> Application:
    """Hand in what was missing: files attached to the items before, or a few words for each.

    When nothing is missing any more, the review clock goes on; also of a case that was deemed withdrawn for it, for
    some days: nobody applies anew (FEATURES A25).
    """
    application = cases.take(actor, reference)
    awaited = policy.may_supply(actor, application) and is_awaited(application, cases.events_of(application), now=now)
    notice = open_notice(application) if awaited else None
    if notice is None:
        raise Rejected((Problem("nothing_to_supply"),))
    given = _items_with_files(application)
    with checklist() as check:
        for item in notice.items:
            words = explanations.get(item.id, "").strip()
            check.require(len(words) <= LONGEST_NOTE, "note_too_long", f"item-{item.id}", limit=LONGEST_NOTE)
            check.require(words or evidence_item(item.id) in given, "item_not_supplied", f"item-{item.id}")
    for item in notice.items:
        item.explanation = explanations.get(item.id, "").strip() or None
        item.supplied_at = now
    notice.answered_at = now
    cases.happen(application, EventKind.SUPPLEMENT_SUPPLIED, actor, now=now, legal_basis=LEGAL_BASIS)
    return application


@open_to(Audience.CITIZEN)
def attach(actor: Actor, reference: str, item_id: str, upload_id: str, *, now: datetime) -> None:
    """Let an uploaded file stand for one thing that is missing. Raises `NotFound` for anything that is not theirs."""
    application = casefiles.find(actor, reference)
    notice = open_notice(application) if is_awaited(application, application.events, now=now) else None
    if notice is None or item_id not in {item.id for item in notice.items}:
        raise NotFound
    uploads.supply(actor, upload_id, application.id, item=evidence_item(item_id), now=now)


def is_awaited(application: Any, events: Sequence[Any], *, now: datetime) -> bool:
    """Say whether what is missing may be handed in: while it is waited for, and late for some days (TL-REOPEN)."""
    if application.state != State.DEEMED_WITHDRAWN:
        return bool(application.state == State.SUPPLEMENT_REQUIRED)
    ended = next(event.at for event in reversed(events) if event.kind == EventKind.DEEMED_WITHDRAWN)
    return china_day(now) <= reopens_until(ended)


def reopens_until(ended: datetime) -> date:
    """Say until when a case that was deemed withdrawn goes on by handing in what was missing."""
    return china_day(ended) + timedelta(days=rulebook().limit("TL-REOPEN").days)


@handles("application.supplement_due")
def remind(payload: dict[str, Any], *, now: datetime) -> None:  # the shape of a handler
    """Have the applicant told again, some days before the term is over, where nothing came."""
    notice = session().get_one(SupplementNotice, payload["notice_id"])
    application = session().get_one(Application, notice.application_id)
    if notice.answered_at is None and application.state == State.SUPPLEMENT_REQUIRED:
        key = f"application.supplement_reminded:{notice.id}"
        outbox.put("application.supplement_reminded", due_at=now, key=key, application_id=application.id)


def open_notice(application: Application) -> SupplementNotice | None:
    """Give the notice that is waiting for an answer, with its items."""
    return (
        session()
        .scalars(
            select(SupplementNotice)
            .where(SupplementNotice.application_id == application.id, SupplementNotice.answered_at.is_(None))
            .options(selectinload(SupplementNotice.items))
        )
        .one_or_none()
    )


def _notice(application: Application, actor: Actor, missing: Sequence[Missing], *, now: datetime) -> SupplementNotice:
    notice = SupplementNotice(
        application_id=application.id,
        issued_at=now,
        issued_by=actor.id,
        due_on=cases.clock().supplement(now).legal,
        items=[
            SupplementItem(position=position, code=one.code, note=one.note.strip())
            for position, one in enumerate(missing, start=1)
        ],
    )
    session().add(notice)
    session().flush()
    return notice


def _asked_before(application: Application) -> set[str]:
    return set(
        session().scalars(
            select(SupplementItem.code)
            .join(SupplementNotice, SupplementNotice.id == SupplementItem.notice_id)
            .where(SupplementNotice.application_id == application.id)
        )
    )


def evidence_item(item_id: str) -> str:
    """Name what files handed in for a missing thing stand for."""
    return f"{casefiles.SUPPLEMENT}{item_id}"


def _items_with_files(application: Application) -> set[str]:
    return set(session().scalars(select(Evidence.item).where(Evidence.application_id == application.id)))
