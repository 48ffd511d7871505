"""What happens around a call: the named person is told, nobody's silence goes unnoticed, and it is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from accounts import phone
from appointments.help.rules import rules
from appointments.models.help import HelpCall, HelpWord
from core import logs, settings, sms
from core.calendar import china_day
from core.db import session
from core.jobs import handles, recurs
from locator import contacts

CALLED = "有人在“如法”留言，等您打字回复。请打开工作台。"
OVERDUE = "“如法”里有人等回复，已经超过时限。请马上打开工作台。"
ANSWERED = "您有一条新回复：{address}"  # nothing of what it is about: somebody else may be looking at the telephone
log = logs.get("help")


@handles("help.called")
def tell_the_named_person(payload: dict[str, Any], *, now: datetime) -> None:
    """Text whoever is answerable there today, where their number takes texts; the desk shows it in any case."""
    _text_the_named_person(session().get_one(HelpCall, payload["call"]), CALLED, now)


@handles("help.due")
def escalate(payload: dict[str, Any], *, now: datetime) -> None:
    """Where nobody has answered in time: the desk shows it in red, the named person is told again, an alarm rings."""
    row = session().get_one(HelpCall, payload["call"])
    if row.answered_at or row.closed_at or row.escalated_at or now < row.due_at:
        return
    row.escalated_at = now
    log.warning("help.overdue")
    _text_the_named_person(row, OVERDUE, now)


@handles("help.answered")
def tell_of_an_answer(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Text that there is an answer, to whoever left a number."""
    row = session().get_one(HelpCall, payload["call"])
    if row.phone:
        sms.send(row.phone, ANSWERED.format(address=f"{settings.current().public_url}/write/of/{row.link}"))


@recurs("help.swept", every=timedelta(days=1))
def forget(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget what was said, where and by whom, some weeks after the last word (P6); that there was a call stays."""
    before = now - rules().kept
    recent = select(HelpWord.call_id).where(HelpWord.said_at >= before)
    old = select(HelpCall.id).where(HelpCall.opened_at < before, HelpCall.id.not_in(recent))
    session().execute(update(HelpWord).where(HelpWord.call_id.in_(old)).values(words=""))
    forgotten = {"told": {"ticks": [], "where": {}}, "phone": ""}
    session().execute(update(HelpCall).where(HelpCall.id.in_(old)).values(**forgotten))


def _text_the_named_person(row: HelpCall, words: str, now: datetime) -> None:
    contact = contacts.of_stations([row.station_id], day=china_day(now)).get(row.station_id)
    mobile = phone.normalise(contact.phone) if contact else ""
    if phone.is_mobile(mobile):
        sms.send(mobile, words)
