"""What a person has to do, because no machine can: ring somebody up, look after something. Others open, staff do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select, update

from appointments.models.task import Task
from core import audit, outbox
from core.db import fresh_id, session
from core.errors import Conflict, NotFound, checklist
from core.identity import Actor, Permission, open_to
from core.jobs import recurs
from locator import policy as places

MOST, LONGEST_ANSWER = 100, 500
KEPT = timedelta(days=180)  # of whom it was about, after it was done or due: the term of logs (RULEBOOK 6.3)
LAPSED = "lapsed"  # what came of a task nobody did: nobody says so, its term does


class TaskReason(StrEnum):
    """Why a person has to do something."""

    LOW_RATING = "low_rating"
    NO_SHOW = "no_show"
    REMINDER = "reminder"
    OFFER = "offer"
    AFFECTED = "affected"
    VISIT_REQUEST = "visit_request"
    VISIT_OVERDUE = "visit_overdue"
    COMPANION = "companion"
    HELP = "help"
    MESSAGE = "message"


REASONS = {
    TaskReason.LOW_RATING: "对服务不满意，请回电",
    TaskReason.NO_SHOW: "没有来，想请我们打电话",
    TaskReason.REMINDER: "不用智能手机，请打电话提醒",
    TaskReason.OFFER: "有空出来的时间，请打电话问要不要",
    TaskReason.AFFECTED: "预约受影响，请打电话商量",
    TaskReason.VISIT_REQUEST: "想请人上门，请答复",
    TaskReason.COMPANION: "上门要人一起去，请找志愿者或翻译",
    TaskReason.VISIT_OVERDUE: "上门人员没有按时报平安，请联系",
    TaskReason.HELP: "有人求助，请马上联系",
    TaskReason.MESSAGE: "消息没有送到，请打电话告诉",
}


class TaskResult(StrEnum):
    """What came of it."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    DROPPED = "dropped"


RESULTS = {
    TaskResult.REACHED: "已经联系上，办好了",
    TaskResult.NOT_REACHED: "联系不上",
    TaskResult.NOT_NEEDED: "不需要了",
    TaskResult.DROPPED: "自己解决了，撤回",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be done: at which station, about what (`appointment:<id>`), for whom, by when.

    `key` names the occasion (`low_rating:<id>`): however often it is asked, there is one task.
    """

    station_id: str
    reason: TaskReason
    subject: str
    key: str
    due_at: datetime
    name: str = ""
    phone: str = ""
    note: str = ""


def open(ask: Ask, *, now: datetime, anew: bool = False) -> Task:  # noqa: A001  # tasks.open() says what it does
    """Leave a task; the same key again gives the task that is there, and takes it up again where it was dropped.

    `anew`: also where it was done, for what may happen again. Whoever had taken it on then has not now.
    """
    found = session().scalar(select(Task).where(Task.key == ask.key))
    if found is None:
        found = Task(id=fresh_id(), key=ask.key, opened_at=now, result="", answer="", taken_name="")
        session().add(found)
    elif found.done_at is None or (found.result != TaskResult.DROPPED and not anew):
        return found
    found.station_id, found.reason, found.subject = ask.station_id, ask.reason.value, ask.subject
    found.name, found.phone, found.note = ask.name, ask.phone, ask.note
    found.due_at, found.done_at, found.result = ask.due_at, None, ""
    found.taken_by, found.taken_name, found.taken_at = None, "", None
    return found


def drop(key: str, *, now: datetime) -> None:
    """Say that nobody need do it any more: what it was for has settled itself."""
    over = {"done_at": now, "result": TaskResult.DROPPED.value}
    session().execute(update(Task).where(Task.key == key, Task.done_at.is_(None)).values(**over))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which tasks an actor may see: those at the stations of their region."""
    return Task.station_id.in_(places.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))


@open_to(Permission.APPOINTMENTS_ATTEND)
def waiting(actor: Actor, *, now: datetime) -> Sequence[Task]:
    """Give what is to be done in one's region, the most urgent first. Looking is put on record."""
    asked = select(Task).where(visible_to(actor), Task.done_at.is_(None)).order_by(Task.due_at, Task.id).limit(MOST)
    found = session().scalars(asked).all()
    audit.record(actor, "tasks.seen", f"region:{actor.region}", now=now, seen=len(found))
    return found


@open_to(Permission.APPOINTMENTS_ATTEND)
def take(actor: Actor, task_id: str, *, over: bool = False, now: datetime) -> Task:
    """Say that one will do it, so that nobody else does it too; taken over from a colleague where that is meant."""
    found = _locked(actor, task_id)
    with checklist() as check:
        check.require(over or found.taken_by in {None, actor.id}, "task_taken")
    if found.taken_by != actor.id:
        found.taken_by, found.taken_name, found.taken_at = actor.id, actor.name, now
        audit.record(actor, "task.taken", f"task:{found.id}", now=now)
    return found


@open_to(Permission.APPOINTMENTS_ATTEND)
def finish(actor: Actor, task_id: str, result: TaskResult, answer: str, *, now: datetime) -> Task:
    """Say what came of it, where no colleague has it. Whoever left the task is told, and may tell the person."""
    found = _locked(actor, task_id)
    with checklist() as check:
        check.require(result is not TaskResult.DROPPED, "task_result_missing", "result")
        check.require(answer.strip() or result is TaskResult.NOT_NEEDED, "task_answer_missing", "answer")
        check.require(len(answer) <= LONGEST_ANSWER, "task_answer_long", "answer", limit=LONGEST_ANSWER)
        check.require(found.taken_by in {None, actor.id}, "task_taken")
    if found.taken_at is None:
        found.taken_by, found.taken_name, found.taken_at = actor.id, actor.name, now
    found.done_at, found.result, found.answer = now, result.value, answer.strip()
    audit.record(actor, "task.done", f"task:{found.id}", now=now, result=result.value)
    outbox.put("task.done", due_at=now, task=found.id)  # a task may be taken up anew, and done again
    return found


@recurs("task.swept", every=timedelta(days=1))
def forget(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget whom tasks were about, long after they were done, or should have been: those are over (P6)."""
    never_done = (Task.done_at.is_(None), Task.due_at < now - KEPT)
    over = {"name": "", "phone": "", "note": "", "done_at": now, "result": LAPSED}
    session().execute(update(Task).where(*never_done).values(**over))
    long_ago = Task.done_at < now - KEPT
    session().execute(update(Task).where(long_ago).values(name="", phone="", note="", answer=""))


def _locked(actor: Actor, task_id: str) -> Task:
    found = session().scalar(select(Task).where(Task.id == task_id, visible_to(actor)).with_for_update())
    if found is None:
        raise NotFound("task_unknown")
    if found.done_at is not None:
        raise Conflict("task_done")
    return found
