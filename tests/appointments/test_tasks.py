"""What a person has to do: left once, seen by the region alone, done once."""

from datetime import timedelta

import pytest

from appointments import tasks
from appointments.models.task import Task
from appointments.tasks import Ask, TaskReason, TaskResult
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, Actor, ActorKind
from core.outbox import Errand
from tests.appointments import town


def opened(now, key="reminder:1", hours=2, **given):
    told = {"name": "王女士", "phone": "13800000001", "note": "明天 9:00", **given}
    return tasks.open(
        Ask("near", TaskReason.REMINDER, "appointment:1", key, now + timedelta(hours=hours), **told), now=now
    )


def waiting(now, region="430211"):
    return tasks.waiting(town.clerk(region), now=now)


def test_the_same_occasion_leaves_one_task_and_the_most_urgent_comes_first(here, now):
    late, soon = opened(now, "a", hours=5), opened(now, "b", hours=1)
    session().flush()

    assert opened(now, "a", note="anders") is late
    assert late.note == "明天 9:00"
    assert waiting(now) == [soon, late]


def test_what_settled_itself_is_dropped_and_taken_up_again(here, now):
    made = opened(now)
    session().flush()
    tasks.drop(made.key, now=now)
    session().expire_all()
    assert waiting(now) == []

    again = opened(now, hours=9, note="又要打")
    assert again is made
    assert (made.result, made.done_at, made.note) == ("", None, "又要打")


def test_somebody_takes_it_a_colleague_takes_it_over_and_it_is_done_once(here, now):
    made = opened(now)
    session().flush()
    tasks.take(town.clerk(), made.id, now=now)
    colleague = Actor("other", ActorKind.STAFF, town.clerk().permissions, "430211", "李")
    with pytest.raises(Rejected) as rejected:
        tasks.take(colleague, made.id, now=now)
    assert [one.code for one in rejected.value.problems] == ["task_taken"]
    assert made.taken_by == town.clerk().id
    with pytest.raises(Rejected) as rejected:
        tasks.finish(colleague, made.id, TaskResult.REACHED, "打通了", now=now)
    assert [one.code for one in rejected.value.problems] == ["task_taken"]
    tasks.take(colleague, made.id, over=True, now=now)
    tasks.take(colleague, made.id, now=now + timedelta(minutes=1))
    assert (made.taken_by, made.taken_name, made.taken_at) == ("other", "李", now)

    tasks.finish(colleague, made.id, TaskResult.REACHED, " 打通了 ", now=now)

    assert (made.result, made.answer, waiting(now)) == ("reached", "打通了", [])
    assert [one.payload for one in session().query(Errand).filter_by(kind="task.done")] == [{"task": made.id}]
    for again in (tasks.take, lambda *a, **k: tasks.finish(*a, TaskResult.REACHED, "x", **k)):
        with pytest.raises(Conflict, match="task_done"):
            again(colleague, made.id, now=now)


def test_who_does_it_says_what_came_of_it(here, now):
    made = opened(now)
    session().flush()

    for result, words, code in (
        (TaskResult.REACHED, " ", "task_answer_missing"),
        (TaskResult.REACHED, "长" * 501, "task_answer_long"),
        (TaskResult.DROPPED, "x", "task_result_missing"),
    ):
        with pytest.raises(Rejected) as rejected:
            tasks.finish(town.clerk(), made.id, result, words, now=now)
        assert [one.code for one in rejected.value.problems] == [code]
    assert tasks.finish(town.clerk(), made.id, TaskResult.NOT_NEEDED, "", now=now).taken_by == town.clerk().id


def test_it_is_nobody_elses_business(here, citizen, now):
    made = opened(now)
    session().flush()

    assert waiting(now, "430281") == []
    acts = (
        lambda actor: tasks.take(actor, made.id, now=now),
        lambda actor: tasks.finish(actor, made.id, TaskResult.REACHED, "x", now=now),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act(town.clerk("430281"))
    for act in (*acts, lambda actor: tasks.waiting(actor, now=now)):
        for stranger, refusal in (
            (ANYONE, NotSignedIn),
            (citizen, Forbidden),
            (Actor("s", ActorKind.STAFF), Forbidden),
        ):
            with pytest.raises(refusal):
                act(stranger)


def test_whom_it_was_about_is_forgotten(here, now):
    made = opened(now)
    session().flush()
    tasks.finish(town.clerk(), made.id, TaskResult.REACHED, "打通了", now=now)
    session().flush()

    for days, name in ((180, "王女士"), (181, "")):
        tasks.forget({}, now=now + timedelta(days=days))
        session().refresh(made)
        assert made.name == name
    assert (made.phone, made.note, made.answer) == ("", "", "")
    assert session().query(Task).count() == 1


def test_who_was_never_rung_is_forgotten_too_and_the_list_stays_true(here, now):
    made, waits = opened(now, "old"), opened(now, "young", hours=24 * 3)
    session().flush()

    tasks.forget({}, now=made.due_at + tasks.KEPT + timedelta(hours=1))

    session().expire_all()
    assert (made.name, made.phone, made.note, made.result) == ("", "", "", tasks.LAPSED)
    assert made.done_at is not None
    assert waiting(now) == [waits]
    assert waits.name == "王女士"
