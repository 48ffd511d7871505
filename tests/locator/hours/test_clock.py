from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from locator.hours.availability import availability, is_open_this_weekend, is_open_tonight
from locator.hours.clock import DAYS_KEPT, Clock
from locator.hours.day import Deviation
from locator.hours.line import parse_spans
from locator.hours.opening import opening
from tests.locator.hours.schedules import CALENDAR, MOMENTS, OFFICE, SCHEDULES, at, is_open_at, situations

LINES = ("WD 09:00-12:00,13:30-17:00", "WD 09:00-20:00; Sa 09:00-12:00", "24/7", "Sa,Su 10:00-16:00", "PH 09:00-12:00")
MINUTE = timedelta(minutes=1)


def bits(*numbers):
    return sum(1 << number for number in numbers)


def test_says_who_is_open_now():
    clock = Clock.of(LINES, CALENDAR)

    assert clock.open_now(at("2026-11-23 09:00")) == bits(0, 1, 2)
    assert clock.open_now(at("2026-11-23 12:00")) == bits(1, 2)
    assert clock.open_now(at("2026-10-10 14:00")) == bits(0, 1, 2, 3)
    assert clock.open_now(at("2026-10-01 09:30")) == bits(2, 4)


def test_says_who_is_open_tonight():
    clock = Clock.of(LINES, CALENDAR)

    assert clock.open_tonight(at("2026-11-23 09:00")) == bits(1, 2)
    assert clock.open_tonight(at("2026-11-23 19:59")) == bits(1, 2)
    assert clock.open_tonight(at("2026-11-23 20:00")) == bits(2)
    assert clock.open_tonight(at("2026-11-28 09:00")) == bits(2)


def test_says_who_is_open_this_weekend():
    clock = Clock.of(LINES, CALENDAR)

    assert clock.open_this_weekend(at("2026-11-23 09:00")) == bits(1, 2, 3)
    assert clock.open_this_weekend(at("2026-11-28 13:00")) == bits(2, 3)
    assert clock.open_this_weekend(at("2026-11-29 16:00")) == bits(2)
    assert clock.open_this_weekend(at("2026-10-05 09:00")) == bits(0, 1, 2, 3)  # the Saturday is worked


def test_says_who_keeps_evenings():
    clock = Clock.of((*LINES, "May 01-Sep 30: WD 09:00-19:00"), CALENDAR)

    assert clock.open_evenings(at("2026-11-23 09:00")) == bits(1, 2)
    assert clock.open_evenings(at("2026-10-05 09:00")) == bits(1, 2)  # as a habit, holiday or not
    assert clock.open_evenings(at("2026-07-01 09:00")) == bits(1, 2, 5)


def test_remembers_a_few_days():
    clock = Clock.of(LINES, CALENDAR)

    for ahead in range(DAYS_KEPT + 3):
        clock.open_now(at("2026-11-23 09:00") + timedelta(days=ahead))

    assert len(clock._tables) == 3
    assert clock.open_now(at("2026-11-23 09:00")) == bits(0, 1, 2)


@given(st.lists(SCHEDULES, max_size=5), MOMENTS)
def test_says_what_each_schedule_says_alone(schedules, moment):
    clock = Clock(tuple(schedules), CALENDAR)

    alone = [availability(one, (), moment, CALENDAR) for one in schedules]

    assert clock.open_now(moment) == sum(one.now << bit for bit, one in enumerate(alone))
    assert clock.open_tonight(moment) == sum(one.tonight << bit for bit, one in enumerate(alone))
    assert clock.open_this_weekend(moment) == sum(one.weekend << bit for bit, one in enumerate(alone))
    assert clock.open_evenings(moment) == sum(one.evenings << bit for bit, one in enumerate(alone))
    assert [one.now for one in alone] == [opening(one, (), moment, CALENDAR).is_open for one in schedules]


def any_minute(schedule, deviations, moment, end):
    while moment < end:
        if is_open_at(schedule, deviations, moment):
            return True
        moment += MINUTE
    return False


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
