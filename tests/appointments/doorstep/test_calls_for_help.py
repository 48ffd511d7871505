"""A team that calls for help is heard: again, after it was late, after it had left, and while a desk thinks it done."""

from datetime import timedelta

import pytest

from appointments import attendance, tasks
from appointments.aftercare import outcomes
from appointments.aftercare.outcomes import OutcomeKind, Said
from appointments.doorstep import jobs, sheet, watch
from appointments.doorstep.acts import ActKind
from appointments.doorstep.sheet import Contact
from appointments.states import AppointmentState
from appointments.tasks import TaskResult
from core.db import session
from core.outbox import Errand
from tests.appointments import town
from tests.appointments.doorstep.test_acts import deed, send
from tests.appointments.town import at


@pytest.fixture
def reached(made):
    sheet.set_contact(town.clerk(), "team0", Contact("13700000001", "13700000002"), now=at())
    return made


def look(clock):
    jobs.look_after_teams({}, now=at(clock, 1))
    session().flush()


def told():
    return session().query(Errand).filter_by(kind="visit.escalated").count()


def raised(clock):
    session().expire_all()
    return tasks.waiting(town.clerk(), now=at(clock, 1))


def test_whoever_was_late_and_then_calls_for_help_is_heard(reached):
    send(deed(reached, ActKind.ARRIVED, "10:10"), now=at("10:10", 1))
    look("11:25")
    look("11:40")
    assert [watch.LATE in one.note for one in raised("11:40")] == [True]

    send(deed(reached, ActKind.ALARM, "11:50"), now=at("11:50", 1))

    (task,) = raised("11:50")
    assert (watch.ALARM in task.note, task.due_at, told()) == (True, at("12:00", 1), 2)


def test_a_second_call_is_heard_after_the_first_was_seen_to(reached):
    send(deed(reached, ActKind.ALARM, "10:20"), now=at("10:20", 1))
    (first,) = raised("10:20")
    tasks.finish(town.clerk(), first.id, TaskResult.REACHED, "误按", now=at("10:25", 1))

    send(deed(reached, ActKind.ALARM, "10:40", number=1), now=at("10:40", 1))

    (again,) = raised("10:40")
    assert (again.taken_by, told()) == (None, 2)
    tasks.finish(town.clerk(), again.id, TaskResult.REACHED, "已到场", now=at("10:50", 1))
    session().flush()
    assert raised("10:51") == []


def test_a_call_after_leaving_stands_whatever_is_sent_afterwards(reached):
    send(deed(reached, ActKind.FINISHED, "10:30"), deed(reached, ActKind.ALARM, "10:31"), now=at("10:31", 1))
    send(deed(reached, ActKind.PAPERS, "10:20", words="身份证"), now=at("10:32", 1))
    assert len(raised("10:32")) == 1
    send(deed(reached, ActKind.FINISHED, "10:40", number=1), now=at("10:40", 1))
    assert raised("10:40") == []


@pytest.mark.parametrize("by_outcome", [True, False])
def test_who_is_still_inside_is_looked_for_though_the_order_is_done(reached, by_outcome):
    send(deed(reached, ActKind.ARRIVED, "10:10"), now=at("10:10", 1))
    if by_outcome:
        outcomes.record(town.clerk(), reached.id, Said(OutcomeKind.ADVISED, "等通知"), now=at("10:30", 1))
    else:
        attendance.mark(town.clerk(), reached.id, AppointmentState.DONE, now=at("10:30", 1))
    look("11:25")
    assert session().query(Errand).filter_by(kind="visit.ask_team").count() == 1
    jobs.look_after_teams({}, now=at("11:40", 1) + timedelta(seconds=1))
    assert len(raised("11:41")) == 1
