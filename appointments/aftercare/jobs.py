"""Errands of what comes after: texts with a link, once people are up. They never say what it was about (TRUST P1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from appointments.aftercare import ratings
from appointments.jobs import KEPT, address
from appointments.models import Appointment
from appointments.models.aftercare import Missed, Outcome, Rating
from appointments.models.task import Task
from appointments.states import AppointmentState
from appointments.tasks import TaskReason
from core import sms
from core.db import session
from core.jobs import handles, recurs

HOW_WAS_IT = "今天办得怎么样？点一下就能告诉我们，不想说可以不理：{address}/rate"
MISSED = "约好的时间没等到您，不要紧。点一下告诉我们，可以另约，也可以请我们打电话：{address}/missed"
ANSWERED = "您提的意见有答复了，点开看：{address}/rate"


@handles("appointment.done")
def ask_how_it_was(payload: dict[str, Any], *, now: datetime) -> None:
    """Ask how it was, once."""
    found = session().get_one(Appointment, payload["appointment"])
    if session().get(Rating, found.id) is not None or not found.phone:
        return
    made = Rating(appointment_id=found.id, station_id=found.station_id, asked_at=now, words="", wants_call=False)
    made.answer = ""
    session().add(made)
    sms.send(found.phone, HOW_WAS_IT.format(address=address(found.link)))


@handles("appointment.missed")
def ask_why(payload: dict[str, Any], *, now: datetime) -> None:
    """Ask kindly why somebody did not come; not where staff have put it right meanwhile."""
    found = session().get_one(Appointment, payload["appointment"])
    if found.state != AppointmentState.NO_SHOW or session().get(Missed, found.id) is not None or not found.phone:
        return
    session().add(Missed(appointment_id=found.id, asked_at=now, why="", wants_call=False))
    sms.send(found.phone, MISSED.format(address=address(found.link)))


@handles("task.done")
def tell_what_came_of_it(payload: dict[str, Any], *, now: datetime) -> None:
    """Do what is to be done after a task, by its reason."""
    task = session().get_one(Task, payload["task"])
    after = AFTER.get(TaskReason(task.reason))
    if after is not None:
        after(task, now)


def _say_it_is_answered(task: Task, now: datetime) -> None:
    found = ratings.answer(task, now=now)
    if found.phone:
        sms.send(found.phone, ANSWERED.format(address=address(found.link)))


AFTER: Mapping[TaskReason, Callable[[Task, datetime], None]] = {TaskReason.LOW_RATING: _say_it_is_answered}


@recurs("aftercare.swept", every=timedelta(days=1))
def forget(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget what was said long ago; scores and outcomes stay, for figures (P6)."""
    long_ago = now - KEPT
    session().execute(update(Rating).where(Rating.asked_at < long_ago).values(words="", answer=""))
    session().execute(update(Outcome).where(Outcome.recorded_at < long_ago).values(next_step=""))
    session().execute(delete(Missed).where(Missed.asked_at < long_ago))
