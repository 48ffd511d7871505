from datetime import date

import pytest

from core import calendar
from core.calendar import Day
from locator.hours.day import Deviation, spans
from locator.hours.line import parse, written
from tests.locator.hours.schedules import CALENDAR, OFFICE, WITH_SATURDAY


def hours(line, day, *deviations, of=CALENDAR):
    return written(spans(parse(line), date.fromisoformat(day), of, deviations))


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-10-09", "09:00-12:00,13:30-17:00"),
        ("2026-10-10", "09:00-12:00,13:30-17:00"),  # a Saturday that is worked goes by the working days' rule
        ("2026-10-17", "09:00-12:00"),
        ("2026-10-18", "off"),
        ("2026-10-01", "off"),
        ("2026-10-03", "off"),  # a Saturday within the holiday
        ("2026-09-20", "09:00-12:00,13:30-17:00"),  # a Sunday that is worked
        ("2027-02-06", "off"),
        ("2031-05-01", "off"),  # the statute stands in for a year nobody knows
    ],
)
def test_goes_by_the_chinese_calendar(day, found):
    assert hours(str(WITH_SATURDAY), day) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Sa 09:00-12:00", "09:00-12:00"),  # nothing is said of working days: Saturday stays Saturday
        ("Mo-Fr 09:00-17:00", "off"),
        ("Mo-Fr 09:00-17:00; Sa 10:00-11:00", "10:00-11:00"),
        ("WD 09:00-17:00; Sa off", "09:00-17:00"),
        ("24/7", "00:00-24:00"),
    ],
)
def test_a_worked_saturday_goes_by_what_is_said(line, found):
    assert hours(line, "2026-10-10") == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Mo-Su 09:00-17:00", "off"),
        ("WD 09:00-17:00; PH off", "off"),
        ("WD 09:00-17:00; PH 09:00-12:00", "09:00-12:00"),
        ("Mo-Su,PH 09:00-17:00", "09:00-17:00"),
        ("24/7; PH off", "off"),
        ("24/7", "00:00-24:00"),
    ],
)
def test_only_a_rule_for_holidays_opens_one(line, found):
    assert hours(line, "2026-10-01") == found


def test_a_weekday_off_without_a_name_is_a_holiday():
    made = calendar.of([Day(date(2026, 11, 25), is_working=False, name="")])

    assert hours("We 09:00-17:00", "2026-11-25", of=made) == "off"


def test_the_later_rule_has_the_word():
    line = "WD 09:00-17:00; We 09:00-20:00; Jul 01-Aug 31: WD 08:00-14:00"

    assert hours(line, "2026-11-24") == "09:00-17:00"
    assert hours(line, "2026-11-25") == "09:00-20:00"
    assert hours(line, "2026-07-01") == "08:00-14:00"


def test_seasons_reach_over_new_year():
    line = "May 01-Sep 30: WD 08:30-12:00; Oct 01-Apr 30: WD 09:00-12:00"

    assert hours(line, "2026-09-30") == "08:30-12:00"
    assert hours(line, "2026-10-08") == "09:00-12:00"
    assert hours(line, "2026-12-31") == "09:00-12:00"
    assert hours(line, "2026-01-04") == "09:00-12:00"
    assert hours(line, "2026-04-30") == "09:00-12:00"
    assert hours(line, "2026-05-06") == "08:30-12:00"


def test_a_leap_day_is_a_day_of_its_season():
    line = "Feb 01-Feb 29: WD 09:00-12:00; Mar 01-Jan 31: WD 10:00-12:00"

    assert hours(line, "2024-02-29") == "09:00-12:00"
    assert hours(line, "2024-03-01") == "10:00-12:00"
    assert hours(line, "2025-02-28") == "09:00-12:00"
    assert hours(line, "2025-03-03") == "10:00-12:00"
    assert hours("Feb 29: Th 09:00-12:00", "2024-02-29") == "09:00-12:00"


def test_the_night_spills_into_the_next_day():
    assert hours("Fr 18:00-26:00", "2026-11-27") == "18:00-24:00"
    assert hours("Fr 18:00-26:00", "2026-11-28") == "00:00-02:00"
    assert hours("Fr 18:00-26:00; Sa 01:00-10:00", "2026-11-28") == "00:00-10:00"
    assert hours("WD 18:00-24:00", "2026-11-25") == "18:00-24:00"


def test_what_was_announced_has_the_word():
    closed = Deviation(date(2026, 11, 23), date(2026, 11, 24), reason="装修")
    longer = Deviation(date(2026, 11, 24), date(2026, 11, 24), parse("WD 18:00-25:00").rules[0].spans)

    assert hours(str(OFFICE), "2026-11-23", closed) == "off"
    assert hours(str(OFFICE), "2026-11-24", closed, longer) == "18:00-24:00"
    assert hours(str(OFFICE), "2026-11-25", closed, longer) == "00:00-01:00,09:00-12:00,13:30-17:00"
    assert hours(str(OFFICE), "2026-11-26", closed, longer) == "09:00-12:00,13:30-17:00"
    assert closed.is_closed
    assert not longer.is_closed


def test_an_announcement_makes_sense():
    with pytest.raises(ValueError, match="ends no earlier"):
        Deviation(date(2026, 11, 24), date(2026, 11, 23))
    with pytest.raises(ValueError, match="overlap"):
        Deviation(date(2026, 11, 23), date(2026, 11, 24), parse("WD 09:00-12:00; Sa 10:00-11:00").rules[0].spans * 2)
