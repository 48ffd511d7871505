from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from core import calendar
from core.calendar import Day, DayStatus

BUNDLED = calendar.bundled()


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2024-02-09", True),  # the eve was no day off that year
        ("2024-02-10", False),
        ("2024-02-18", True),  # a Sunday that is worked
        ("2024-09-14", True),
        ("2024-10-07", False),
        ("2025-01-26", True),
        ("2025-02-04", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-28", True),
        ("2026-02-23", False),
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2026-11-21", False),
        ("2026-11-23", True),
        ("2027-02-05", False),
        ("2030-10-02", False),
        ("2030-10-04", True),
    ],
)
def test_knows_what_is_worked(day, is_working):
    assert BUNDLED.is_working(date.fromisoformat(day)) is is_working


@pytest.mark.parametrize(("year", "off", "shifted"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_has_every_day_of_the_published_years(year, off, shifted):
    days = [one for one in BUNDLED.days.values() if one.date.year == year]

    assert sum(not one.is_working for one in days) == off
    assert [one.date.weekday() >= 5 for one in days if one.is_working] == [True] * shifted


def test_marks_what_is_not_published_as_provisional():
    assert not BUNDLED.is_provisional(date(2026, 12, 31))
    assert BUNDLED.is_provisional(date(2027, 1, 4))
    assert BUNDLED.is_provisional(date(2031, 6, 1))
    assert BUNDLED.is_provisional_between(date(2026, 12, 30), date(2027, 1, 2))
    assert not BUNDLED.is_provisional_between(date(2026, 1, 1), date(2026, 12, 31))


def test_names_feasts():
    assert BUNDLED.name(date(2026, 2, 17)) == "春节"
    assert BUNDLED.name(date(2026, 2, 14)) == "调休上班"
    assert BUNDLED.name(date(2031, 5, 1)) == "劳动节"
    assert BUNDLED.name(date(2026, 11, 23)) == ""


def test_rolls_to_the_first_working_day():
    assert BUNDLED.roll(date(2026, 10, 1)) == date(2026, 10, 8)
    assert BUNDLED.roll(date(2026, 10, 10)) == date(2026, 10, 10)
    assert BUNDLED.roll(date(2026, 11, 21)) == date(2026, 11, 23)


def test_counts_days():
    assert BUNDLED.add_days(date(2026, 9, 28), 5) == date(2026, 10, 3)
    assert BUNDLED.add_working_days(date(2026, 9, 28), 5) == date(2026, 10, 10)
    assert BUNDLED.add_working_days(date(2026, 9, 28), 0) == date(2026, 9, 28)


def test_says_how_far_it_reaches():
    assert BUNDLED.covered_until() == date(2026, 12, 31)
    assert BUNDLED.days_left(date(2026, 11, 23)) == 38
    assert BUNDLED.days_left(date(2027, 2, 1)) == 0
    assert calendar.of([]).covered_until() is None
    assert calendar.of([]).days_left(date(2026, 1, 1)) == 0


def test_takes_legal_days_from_china():
    assert calendar.china_day(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert calendar.china_day(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert calendar.china_midnight(date(2026, 11, 23)) == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        calendar.china_day(datetime(2026, 11, 22))  # noqa: DTZ001  # what is refused


def test_is_kept_in_a_table_once(unit):
    assert calendar.seed() == 4
    assert calendar.seed() == 0

    assert calendar.load().days == BUNDLED.days


def test_takes_in_a_year_published_since_but_nothing_staff_published(unit):
    rough = Day(date(2026, 1, 1), is_working=False, name="元旦", status=DayStatus.PROVISIONAL)
    own = Day(date(2025, 1, 1), is_working=False, name="元旦", source="staff")
    calendar.adopt(2026, [rough])
    calendar.adopt(2025, [own])

    assert calendar.seed() == 3

    kept = calendar.load()
    assert not kept.is_working(date(2026, 10, 1))
    assert kept.days[date(2025, 1, 1)] == own


@pytest.mark.parametrize(
    ("day", "rings"), [(datetime(2026, 9, 1, tzinfo=UTC), False), (datetime(2026, 11, 23, tzinfo=UTC), True)]
)
def test_rings_when_published_days_run_out(unit, day, rings):
    with capture_logs() as lines:
        calendar.look_ahead({}, now=day)

    assert [one["event"] for one in lines] == ["calendar.runs_out"] * rings


@pytest.mark.parametrize("written", ["x", "2026-11-23T08:00:00", "0001-01-01T00:00:00+08:00"])
def test_no_moment_is_read_from(written):
    with pytest.raises(ValueError, match=r"Invalid|zone|no such"):
        calendar.instant(written)


def test_reads_a_moment_as_it_was_written():
    assert calendar.instant("2026-11-23T08:00:00+08:00") == datetime(2026, 11, 23, tzinfo=UTC)


def test_is_the_bundled_one_while_the_table_is_empty(unit):
    assert calendar.load().days == BUNDLED.days


def test_takes_a_year_when_it_is_published(unit):
    calendar.seed()
    new_year = Day(date(2027, 1, 1), is_working=False, name="元旦", source="通知")
    stray = Day(date(2028, 1, 3), is_working=False, name="元旦", source="通知")

    calendar.adopt(2027, [new_year, stray])

    kept = calendar.load()
    assert not kept.is_provisional(date(2027, 1, 4))
    assert kept.is_working(date(2027, 2, 5))
    assert date(2028, 1, 3) not in kept.days
    assert kept.covered_until() == date(2027, 12, 31)
    assert kept.days[date(2026, 10, 1)].status is DayStatus.PUBLISHED
    assert kept.days_left(date(2027, 12, 30) + timedelta(days=1)) == 0
