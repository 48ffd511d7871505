"""A team that does not say it is well is asked, then looked for; nobody is followed between visits."""

from datetime import timedelta

import pytest

from appointments import tasks
from appointments.doorstep import acts, sheet, watch
from appointments.doorstep import jobs as doorstep_jobs
from appointments.doorstep.acts import ActKind
from appointments.doorstep.sheet import Contact
from appointments.tasks import TaskReason
from core.db import session
from core.outbox import Errand
from tests.appointments import town
from tests.appointments.doorstep.test_acts import deed, send
from tests.appointments.town import at
from tests.appointments.visits import village

HANDLERS = {"visit.ask_team": doorstep_jobs.ask_team, "visit.escalated": doorstep_jobs.tell_supervisor}


@pytest.fixture
def reached(made):
    """The team and its supervisor can be telephoned."""
    sheet.set_contact(town.clerk(), "team0", Contact("13700000001", "13700000002"), now=at())
    return made


def look(clock, texts):
    """Look after everybody at a time of Tuesday; give who was texted, by the last figure of the number."""
    before = len(texts.outgoing)
    now = at(clock, 1)
    doorstep_jobs.look_after_teams({}, now=now)
    session().flush()
    for errand in session().query(Errand).filter(Errand.kind.in_(HANDLERS), Errand.due_at == now):
        HANDLERS[errand.kind](errand.payload, now=now)
    return [one.phone[-1] for one in texts.outgoing[before:]]


def raised(clock):
    session().expire_all()
    return tasks.waiting(town.clerk(), now=at(clock, 1))


def test_the_team_is_asked_first_and_then_the_supervisor_told(reached, texts):
    send(deed(reached, ActKind.ARRIVED, "10:10"), now=at("10:10", 1))

    assert look("11:24", texts) == []  # ten past ten and an hour, and a quarter of an hour
    assert look("11:25", texts) == ["1"]
    assert look("11:30", texts) == []
    assert look("11:40", texts) == ["2"]
    assert look("11:45", texts) == []
    (task,) = raised("11:45")
    assert (task.reason, task.name, task.phone) == (TaskReason.VISIT_OVERDUE, "team0 上门小组", "13700000001")
    assert (task.due_at, reached.reference in task.note) == (at("11:50", 1), True)
    assert not any(said in one.text for one in texts.outgoing for said in ("王女士", "幸福路", "法律"))

    send(deed(reached, ActKind.FINISHED, "11:50"), now=at("11:50", 1))
    assert raised("11:50") == []


def test_whoever_stays_longer_says_so_and_is_left_in_peace(reached, texts):
    send(
        deed(reached, ActKind.ARRIVED, "10:10"), deed(reached, ActKind.STAYING, "11:00", minutes=60), now=at("11:00", 1)
    )
    assert look("12:24", texts) == []
    assert look("12:25", texts) == ["1"]


def test_who_was_asked_and_stays_is_not_looked_for_too_soon(reached, texts):
    send(deed(reached, ActKind.ARRIVED, "10:10"), now=at("10:10", 1))
    assert look("11:25", texts) == ["1"]
    send(deed(reached, ActKind.STAYING, "11:26", minutes=60), now=at("11:26", 1))
    assert look("12:24", texts) == []
    assert look("12:25", texts) == ["2"]


def test_who_never_arrived_is_missed_too(reached, texts):
    assert look("12:14", texts) == []
    assert look("12:15", texts) == ["1"]


def test_who_has_said_so_meanwhile_is_not_asked(reached, texts):
    doorstep_jobs.look_after_teams({}, now=at("12:30", 1))
    send(deed(reached, ActKind.FINISHED), now=at("12:31", 1))
    doorstep_jobs.ask_team({"appointment": reached.id}, now=at("12:32", 1))
    assert texts.outgoing == []


@pytest.mark.parametrize("is_asked", [False, True])
def test_a_call_for_help_goes_to_the_supervisor_at_once_and_once(reached, texts, is_asked):
    if is_asked:
        look("12:15", texts)
    send(deed(reached, ActKind.ALARM), deed(reached, ActKind.ALARM, number=1), now=at("12:20", 1))

    (task,) = raised("12:20")
    assert watch.ALARM in task.note
    doorstep_jobs.tell_supervisor({"team": "team0"}, now=at("12:20", 1))
    assert texts.outgoing[-1].phone == "13700000002"


def test_without_numbers_there_is_still_a_task(made, texts):
    assert look("12:15", texts) == []
    assert look("12:30", texts) == []
    (task,) = raised("12:30")
    assert task.phone == ""


def test_the_day_after_next_it_is_over(made, texts):
    watch.look(now=at("12:15", 1) + timedelta(days=2))
    assert session().query(Errand).filter_by(kind="visit.ask_team").count() == 0
    assert acts.standing([]).arrived_at is None
    assert village.visit(made).arrived_at is None
