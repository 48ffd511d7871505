"""Free times are reckoned, not stored: hours, breaks, announcements, holidays, make-up days, notice, horizon."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments import offers, rota
from appointments.offers import ServiceKind
from appointments.rota import Hours, Shift
from core.calendar import CHINA, Day, DayStatus, bundled, of
from locator.hours.day import Deviation, spans
from locator.hours.line import parse
from locator.hours.span import Span

OFFICE = parse("WD 09:00-12:00,13:30-17:00")
MONDAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("settings")
LINES = (
    "WD 09:00-12:00,13:30-17:00",
    "24/7",
    "Mo-Su,PH 18:00-26:00",
    "WD 08:30-12:00; Sa 09:00-12:00",
    "Sa 20:00-24:00",
)


@pytest.fixture
def talk(settings):
    return offers.menu()[ServiceKind.WINDOW_TALK]


def at(day, clock):
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time(hour, minute), CHINA)


def hours(line=OFFICE, **given):
    return Hours(bundled(), parse(line) if isinstance(line, str) else line, **{"slots_an_hour": 2, **given})


def clocks(slots):
    return [f"{one.starts_at:%H:%M}" for one in slots]


def test_the_pace_of_a_station_fills_its_hours_and_leaves_the_break_alone(talk):
    slots = rota.slots_on(hours(), talk, MONDAY)

    morning = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert clocks(slots) == [*morning, "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"]
    assert {one.capacity for one in slots} == {1}
    assert slots[-1].ends_at == at(MONDAY, "17:00")


@pytest.mark.parametrize(("an_hour", "step", "places"), [(0, None, 0), (1, 60, 1), (2, 30, 1), (3, 30, 1), (4, 30, 2)])
def test_nobody_is_promised_more_an_hour_than_the_station_says(talk, an_hour, step, places):
    slots = rota.slots_on(hours("WD 09:00-12:00", slots_an_hour=an_hour), talk, MONDAY)

    assert len(slots) == (180 // step if step else 0)
    assert {one.capacity for one in slots} == ({places} if places else set())


def test_a_make_up_day_is_worked_and_a_swapped_day_is_not(talk):
    make_up, swapped = date(2026, 10, 10), date(2026, 10, 5)  # a Saturday; a Monday of the national holiday

    assert clocks(rota.slots_on(hours(), talk, make_up))[0] == "09:00"
    assert rota.slots_on(hours(), talk, swapped) == ()
    assert rota.note(make_up, bundled()) == "调休上班"
    assert rota.note(MONDAY, bundled()) == ""


def test_a_feast_nobody_has_published_takes_no_orders_whatever_the_hours_say(talk):
    new_year, after = date(2027, 1, 1), date(2027, 1, 4)

    assert rota.slots_on(hours("24/7"), talk, new_year) == ()
    assert rota.slots_on(hours(), talk, after)
    assert rota.note(after, bundled()) == "2027年节假日安排待公布，时间可能有变"


def test_a_year_that_was_published_may_be_worked_on_a_feast(talk):
    published = of([Day(date(2027, 1, 1), is_working=False, name="元旦", status=DayStatus.PUBLISHED)])

    assert rota.slots_on(replace(hours("24/7"), calendar=published), talk, date(2027, 1, 1))


def test_what_was_announced_counts(talk):
    closed = Deviation(MONDAY, MONDAY)
    short = Deviation(MONDAY, MONDAY, (Span(600, 660),))

    assert rota.slots_on(hours(deviations=(closed,)), talk, MONDAY) == ()
    assert clocks(rota.slots_on(hours(deviations=(short,)), talk, MONDAY)) == ["10:00", "10:30"]


def test_hours_nobody_can_read_promise_nothing(talk):
    assert rota.slots_on(hours(None), talk, MONDAY) == ()


def shift(**given):
    usual = {"weekdays": frozenset({0, 4}), "first_on": date(2026, 9, 1), "last_on": None}
    return Shift(**{**usual, "span": Span(480, 630), "slot_minutes": 45, "capacity": 5, **given})


def test_shifts_stand_in_for_the_usual_pace_within_the_hours(talk):
    slots = rota.slots_on(hours(shifts=(shift(),)), talk, MONDAY)

    assert clocks(slots) == ["09:00", "09:45"]
    assert [one.capacity for one in slots] == [5, 5]
    assert rota.slots_on(hours(shifts=(shift(),)), talk, MONDAY + timedelta(days=1)) == ()


def test_before_and_after_its_shifts_a_station_goes_at_its_usual_pace(talk):
    usual = rota.slots_on(hours(), talk, MONDAY)

    assert rota.slots_on(hours(shifts=(shift(last_on=date(2026, 11, 22)),)), talk, MONDAY) == usual
    assert rota.slots_on(hours(shifts=(shift(first_on=date(2026, 11, 24)),)), talk, MONDAY) == usual


def test_where_a_roster_is_kept_the_lawyers_shifts_are_the_times(talk):
    roster = {MONDAY: [Span(480, 630), Span(990, 1050)]}

    found = rota.slots_on(hours(duty=roster, shifts=(shift(),)), talk, MONDAY)

    assert clocks(found) == ["09:00", "09:30", "10:00", "16:30"]
    assert {one.capacity for one in found} == {1}
    assert rota.slots_on(hours(duty=roster), talk, MONDAY + timedelta(days=1)) == ()


def test_what_is_offered_beyond_the_hours_goes_by_its_shifts_unless_the_day_is_closed(talk):
    late = replace(talk, beyond_hours=True)
    evening = shift(span=Span(1080, 1200), slot_minutes=60)

    assert clocks(rota.slots_on(hours(shifts=(evening,)), late, MONDAY)) == ["18:00", "19:00"]
    assert rota.slots_on(hours(shifts=(evening,)), talk, MONDAY) == ()
    closed = hours(shifts=(evening,), deviations=(Deviation(MONDAY, MONDAY),))
    assert rota.slots_on(closed, late, MONDAY) == ()


def test_two_lawyers_at_a_time_see_two(talk):
    slots = rota.slots_on(hours(shifts=(shift(), shift(capacity=1))), talk, MONDAY)

    assert [one.capacity for one in slots] == [6, 6]


@pytest.mark.parametrize("day", [date(2026, 10, 10), date(2026, 9, 20)])
def test_a_shifted_saturday_goes_as_a_friday_and_a_sunday_as_a_monday(talk, day):
    assert rota.slots_on(hours(shifts=(shift(),)), talk, day)
    assert rota.slots_on(hours(shifts=(shift(weekdays=frozenset({1, 2, 3, 5, 6})),)), talk, day) == ()


def test_notice_horizon_and_what_is_full(talk):
    now = at(MONDAY, "09:30")
    ten, full = at(MONDAY, "11:00"), at(MONDAY, "11:30")
    days = rota.week(MONDAY, 40)

    found = list(rota.free_days(hours(), talk, days, {ten: 0, full: 1}, now=now))

    assert clocks(found[0].slots)[0] == "13:30"  # two hours of notice, and 11:30 is taken
    assert [one.date for one in found if one.slots][-1] == date(2026, 12, 23)
    assert rota.slot_at(hours(), talk, at(MONDAY, "11:00"), now=now) is None
    assert rota.slot_at(hours(), talk, full, now=now).starts_at == full
    assert rota.slot_at(hours(), talk, at(MONDAY, "13:31"), now=now) is None
    assert rota.slot_at(hours(), talk, at(date(2026, 12, 24), "09:00"), now=now) is None


@given(
    line=st.sampled_from(LINES),
    day=st.dates(date(2025, 12, 20), date(2028, 2, 1)),
    an_hour=st.integers(0, 12),
    kind=st.sampled_from(ServiceKind),
    closed=st.booleans(),
)
def test_a_time_lies_whole_within_the_hours_of_its_day_and_overlaps_no_other(line, day, an_hour, kind, closed):
    offer = offers.menu()[kind]
    deviations = (Deviation(day, day),) if closed else ()
    one = hours(line, slots_an_hour=an_hour, deviations=deviations)

    slots = rota.slots_on(one, offer, day)

    opened = spans(one.schedule, day, bundled(), deviations)
    for slot in slots:
        local = slot.starts_at.astimezone(CHINA)
        start = local.hour * 60 + local.minute
        assert local.date() == day
        assert any(span.opens <= start and start + slot.minutes <= span.closes for span in opened)
        assert 1 <= slot.capacity * 60 <= max(an_hour, 1) * max(60, slot.minutes)
    assert all(a.ends_at <= b.starts_at for a, b in itertools.pairwise(slots))
    assert not (slots and bundled().is_provisional(day) and bundled().name(day))


@given(ahead=st.integers(0, 45), minute=st.integers(0, 24 * 60))
def test_whatever_is_offered_can_be_ordered_and_the_other_way_round(ahead, minute):
    offer = offers.menu()[ServiceKind.WINDOW_TALK]
    now = datetime(2026, 11, 30, 16, 0, tzinfo=UTC) + timedelta(minutes=minute)  # around midnight in China
    day = now.astimezone(CHINA).date() + timedelta(days=ahead)

    (free,) = rota.free_days(hours("24/7"), offer, [day], {}, now=now)

    every = rota.slots_on(hours("24/7"), offer, day)
    ordered = {one.starts_at for one in every if rota.slot_at(hours("24/7"), offer, one.starts_at, now=now)}
    assert {one.starts_at for one in free.slots} == ordered
    assert all(one.starts_at - now >= offer.notice for one in free.slots)
