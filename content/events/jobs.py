"""What is done by itself for events: places that came free, reminders, days that moved, numbers forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from content.events import page, places, signing
from content.events.signing import FILE, STANDING, SignupState
from content.models import EventSignup
from content.rulebook import rules
from core import sms
from core.calendar import china_day
from core.db import session
from core.jobs import handles, recurs

EVERY = timedelta(minutes=10)
REMINDER = "编号 {code}：您报名的活动在明天（{day}）。来不了请凭编号在网站取消，把名额让给别人。"
MOVED = "编号 {code}：您报名的活动改到 {day}。来不了请凭编号在网站取消，或拨打 12348。"
CALLED_OFF = "编号 {code}：您报名的 {day} 的活动取消了。有事请拨打 12348。"


@handles("event.text")
def send_text(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Send a text to whoever left a number and has not taken it back."""
    row = session().get_one(EventSignup, payload["signup"])
    if row.phone:
        sms.send(row.phone, payload["text"])


@handles("event.reminder")
def remind(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Remind somebody who still comes, and comes on that day."""
    row = session().get_one(EventSignup, payload["signup"])
    if row.state == SignupState.COMING and row.phone and row.held_on.isoformat() == payload["day"]:
        sms.send(row.phone, REMINDER.format(code=row.code, day=f"{row.held_on:%-m月%-d日}"))


@recurs("event.tended", every=EVERY)
def tend(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Follow what editors changed: a day that moved, an event that is off, places that were added."""
    standing = EventSignup.state.in_(STANDING) & (EventSignup.held_on >= china_day(now))
    rows = session().scalars(select(EventSignup).where(standing).order_by(EventSignup.id).with_for_update()).all()
    events = page.live(sorted({row.article_id for row in rows}), now=now)
    for row in rows:
        event = events.get(row.article_id)
        if event is None:
            _call_off(row, now=now)
        elif event.held_on != row.held_on:
            row.held_on, row.settled_at = event.held_on, now
            signing.tell(row, MOVED, now=now, why=f"moved:{event.held_on:%Y%m%d}")
            signing.remind_later(row, now=now)
    session().flush()
    for event in events.values():
        signing.fill(event, now=now)


@recurs("event.numbers_forgotten", every=timedelta(days=1))
def forget_numbers(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget the numbers of who signed up for what is long over."""
    long_ago = china_day(now) - timedelta(days=rules(FILE)["kept_days"])
    known = (EventSignup.held_on < long_ago) & EventSignup.phone_index.is_not(None)
    session().execute(update(EventSignup).where(known).values(phone=None, phone_index=None))


def _call_off(row: EventSignup, *, now: datetime) -> None:
    if row.state == SignupState.COMING:
        places.give_back(row.article_id, row.people)
    row.state, row.settled_at = SignupState.CALLED_OFF.value, now
    signing.tell(row, CALLED_OFF, now=now, why="off")
