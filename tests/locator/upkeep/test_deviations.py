from datetime import date, timedelta

import pytest

from core.db import session
from core.errors import Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from locator import version
from locator.models import Station
from locator.upkeep import deviations
from locator.upkeep.deviations import NewDeviation
from tests.locator.upkeep.test_import import DEMO

TODAY = date(2026, 11, 23)


def closure(first_on=TODAY, last_on=TODAY, spans="", reason="停电"):
    return NewDeviation(first_on, last_on, spans, reason)


@pytest.fixture
def code(country):
    return session().get_one(Station, DEMO).code


def test_counts_at_once(code, clerk, now):
    before = version.current()

    made = deviations.add(clerk, code, closure(), now=now)

    assert version.current() == before + 1 == session().get_one(Station, DEMO).changed_in
    assert deviations.announced(DEMO, today=TODAY) == [made]
    assert deviations.announced(DEMO, today=TODAY + timedelta(days=1)) == []


def test_keeps_hours_the_way_they_are_read(code, clerk, now):
    made = deviations.add(clerk, code, closure(spans="09:00-12:00， 14:00-16:00"), now=now)
    closed = deviations.add(clerk, code, closure(date(2026, 12, 1), date(2026, 12, 2), "off"), now=now)

    assert (made.spans, closed.spans) == ("09:00-12:00,14:00-16:00", "")


@pytest.mark.parametrize(
    ("new", "problems"),
    [
        (closure(last_on=TODAY - timedelta(days=1)), ["deviation_ends_before_it_begins"]),
        (closure(TODAY - timedelta(days=9), TODAY - timedelta(days=1)), ["deviation_over"]),
        (closure(last_on=TODAY + timedelta(days=400)), ["deviation_too_far"]),
        (closure(spans="上午", reason=" "), ["deviation_spans_unread", "reason_missing"]),
        (closure(reason="长" * 81), ["cell_too_long"]),
    ],
)
def test_says_all_that_is_wrong_at_once(code, clerk, now, new, problems):
    with pytest.raises(Rejected) as rejected:
        deviations.add(clerk, code, new, now=now)

    assert [one.code for one in rejected.value.problems] == problems


def test_two_announcements_do_not_speak_of_one_day(code, clerk, now):
    first = deviations.add(clerk, code, closure(last_on=TODAY + timedelta(days=3)), now=now)

    with pytest.raises(Rejected) as rejected:
        deviations.add(clerk, code, closure(TODAY + timedelta(days=3), TODAY + timedelta(days=5)), now=now)
    assert rejected.value.problems[0].code == "deviation_overlaps"

    deviations.remove(clerk, first.id, now=now)
    deviations.add(clerk, code, closure(TODAY + timedelta(days=3), TODAY + timedelta(days=5)), now=now)


def test_is_nobody_elses_business(code, clerk, supervisor, neighbour, now):
    made = deviations.add(clerk, code, closure(), now=now)

    for stranger, refused in ((neighbour, NotFound), (supervisor, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refused):
            deviations.add(stranger, code, closure(date(2026, 12, 1), date(2026, 12, 1)), now=now)
        with pytest.raises(refused):
            deviations.remove(stranger, made.id, now=now)
