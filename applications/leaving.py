"""Whoever wants to be forgotten: not while a case is under way; drafts go at once, cases when their term is over (G08).

The law has us keep a case (档案), and lets us do nothing else with it then (PIPL 47).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

import messages.sweeping
from accounts import closing
from applications import drafts
from applications.models.application import Application
from applications.models.draft import Draft
from applications.states import NOT_FINAL
from core.db import session
from core.errors import checklist
from core.identity import Actor, Audience, open_to
from core.jobs import recurs


@open_to(Audience.CITIZEN)
def leave(actor: Actor, *, now: datetime) -> datetime:
    """Have one's account closed in a week, where nothing is under way that needs it."""
    with checklist() as check:
        check.require(not is_busy(str(actor.id)), "account_has_open_case")
    return closing.ask(actor, now=now)


def is_busy(person_id: str) -> bool:
    """Say whether somebody has a case under way."""
    states = [state.value for state in NOT_FINAL]
    under_way = exists().where(Application.applicant_id == person_id, Application.state.in_(states))
    return bool(session().scalar(select(under_way)))


@recurs("accounts.closing_due", every=timedelta(hours=1))
def forget_whose_week_is_over(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Close the accounts whose week is over; whoever has applied meanwhile keeps theirs."""
    for person_id in closing.due(now=now):
        if is_busy(person_id):
            closing.put_off(person_id, now=now)
        else:
            _forget_drafts(person_id, now=now)
            messages.sweeping.forget(person_id)
            closing.forget(person_id, now=now)


def _forget_drafts(person_id: str, *, now: datetime) -> None:
    theirs = (Draft.owner_id == person_id, Draft.submitted_at.is_(None), Draft.discarded_at.is_(None))
    for draft in session().scalars(select(Draft).where(*theirs)):
        drafts.forget(draft, now=now)
