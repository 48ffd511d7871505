from datetime import date, timedelta

import pytest
from hypothesis import given

from locator.hours.availability import availability, is_open_this_weekend, is_open_tonight
from locator.hours.day import Deviation
from locator.hours.line import parse, parse_spans
from locator.hours.opening import opening
from tests.locator.hours.schedules import CALENDAR, MOMENTS, OFFICE, SCHEDULES, at, is_open_at, situations

LINES = ("WD 09:00-12:00,13:30-17:00", "WD 09:00-20:00; Sa 09:00-12:00", "24/7", "Sa,Su 10:00-16:00", "PH 09:00-12:00")
MINUTE = timedelta(minutes=1)


def which(name, moment, lines=LINES):
    """Give the numbers of the lines of which this holds."""
    found = [availability(parse(line), (), at(moment), CALENDAR) for line in lines]
    return [number for number, one in enumerate(found) if getattr(one, name)]


def test_says_who_is_open_now():
    assert which("now", "2026-11-23 09:00") == [0, 1, 2]
    assert which("now", "2026-11-23 12:00") == [1, 2]
    assert which("now", "2026-10-10 14:00") == [0, 1, 2, 3]
    assert which("now", "2026-10-01 09:30") == [2, 4]


def test_says_who_is_open_tonight():
    assert which("tonight", "2026-11-23 09:00") == [1, 2]
    assert which("tonight", "2026-11-23 19:59") == [1, 2]
    assert which("tonight", "2026-11-23 20:00") == [2]
    assert which("tonight", "2026-11-28 09:00") == [2]


def test_says_who_is_open_this_weekend():
    assert which("weekend", "2026-11-23 09:00") == [1, 2, 3]
    assert which("weekend", "2026-11-28 13:00") == [2, 3]
    assert which("weekend", "2026-11-29 16:00") == [2]
    assert which("weekend", "2026-10-05 09:00") == [0, 1, 2, 3]  # the Saturday is worked


def test_says_who_keeps_evenings():
    lines = (*LINES, "May 01-Sep 30: WD 09:00-19:00")

    assert which("evenings", "2026-11-23 09:00", lines) == [1, 2]
    assert which("evenings", "2026-10-05 09:00", lines) == [1, 2]  # as a habit, holiday or not
    assert which("evenings", "2026-07-01 09:00", lines) == [1, 2, 5]


@pytest.mark.no_cover
@given(SCHEDULES, MOMENTS)
def test_open_now_is_what_the_opening_says(schedule, moment):
    alone = availability(schedule, (), moment, CALENDAR)

    assert alone.now == opening(schedule, (), moment, CALENDAR).is_open


def any_minute(schedule, deviations, moment, end):
    while moment < end:
        if is_open_at(schedule, deviations, moment):
            return True
        moment += MINUTE
    return False


@pytest.mark.no_cover
@given(situations())
def test_one_place_alone_is_what_minute_after_minute_would_say(situation):
    schedule, deviations, moment = situation
    midnight = moment.replace(hour=0, minute=0)
    saturday = midnight + timedelta(days=5 - moment.weekday())

    found = availability(schedule, deviations, moment, CALENDAR)

    evening = max(moment, midnight.replace(hour=18))
    assert found.tonight is any_minute(schedule, deviations, evening, midnight + timedelta(days=1))
    assert found.weekend is any_minute(schedule, deviations, max(moment, saturday), saturday + timedelta(days=2))


def test_one_place_alone_knows_what_was_announced():
    monday = at("2026-11-23 10:00")
    late = Deviation(date(2026, 11, 23), date(2026, 11, 28), parse_spans("17:00-19:00"))

    assert is_open_tonight(OFFICE, [late], monday, CALENDAR)
    assert is_open_this_weekend(OFFICE, [late], monday, CALENDAR)
    assert not availability(OFFICE, [late], monday, CALENDAR).now
    assert not is_open_tonight(OFFICE, [], monday, CALENDAR)
    assert not is_open_this_weekend(OFFICE, [], monday, CALENDAR)
