"""Whoever no message reaches is rung up by their county's centre (FEATURES G03)."""

import pytest
from sqlalchemy import select

from appointments import tasks, unreached
from appointments.models.task import Task
from core.db import session
from locator import queries as places
from tests.appointments import town

TOLD = {"region": "430211", "reference": "FY-AAAAA-AAAAA-AAAA", "phone": "0731-84586789"}


@pytest.fixture
def somewhere(unit):
    town.put_up()
    yield
    places.forget()


def test_a_task_is_left_with_the_centre_of_the_county_once_a_day(somewhere, now):
    for _ in range(2):
        unreached.ring_up(TOLD, now=now)

    (task,) = session().scalars(select(Task)).all()
    assert (task.station_id, task.reason, task.phone) == ("near", "message", "0731-84586789")
    assert task.due_at == now + unreached.TO_CALL
    assert not any(word in task.note for word in ("法律", "援助", "决定"))
    assert [one.id for one in tasks.waiting(town.clerk(), now=now)] == [task.id]
    assert list(tasks.waiting(town.clerk("430281"), now=now)) == []


def test_where_there_is_no_centre_nobody_is_asked(somewhere, now):
    session().execute(Task.__table__.delete())
    unreached.ring_up(TOLD | {"region": "430281"}, now=now)
    assert session().scalars(select(Task.station_id)).all() == ["far"]

    session().execute(Task.__table__.delete())
    unreached.ring_up(TOLD | {"region": "43"}, now=now)
    assert session().scalars(select(Task)).all() == []
