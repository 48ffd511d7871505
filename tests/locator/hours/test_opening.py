from datetime import date, datetime, timedelta

import pytest
from hypothesis import given

from core.calendar import china_day
from locator.hours.day import Deviation
from locator.hours.line import parse, parse_spans
from locator.hours.opening import RING_FIRST, opening
from locator.hours.span import DAY
from locator.hours.stretch import HORIZON
from tests.locator.hours.schedules import CALENDAR, OFFICE, WITH_SATURDAY, at, is_open_at, open_minutes, situations

MINUTE = timedelta(minutes=1)
PUBLISHED_LATER = "2027年节假日安排待公布，以现场公告为准"


def ask(moment, line=WITH_SATURDAY, *deviations):
    return opening(parse(line) if isinstance(line, str) else line, deviations, at(moment), CALENDAR)


@pytest.mark.parametrize(
    ("moment", "sentence", "again"),
    [
        ("2026-11-23 08:59", "还没开门，09:00 开", "09:00 开"),
        ("2026-11-23 09:00", "现在开放，12:00 午休，13:30 再开", "13:30 再开"),
        ("2026-11-23 12:00", "午休，13:30 再开", "13:30 再开"),
        ("2026-11-23 13:30", "现在开放，17:00 关门", "明天（周二）09:00 再开"),
        ("2026-11-23 16:59", "现在开放，17:00 关门", "明天（周二）09:00 再开"),
        ("2026-11-23 17:00", "已下班，明天（周二）09:00 开", "明天（周二）09:00 开"),
        ("2026-11-22 10:00", "今天不开放，明天（周一）09:00 开", "明天（周一）09:00 开"),
        ("2026-10-10 14:00", "现在开放，17:00 关门", "10月12日（周一）09:00 再开"),
        ("2026-10-01 10:00", "国庆节放假，10月8日（周四）09:00 开", "10月8日（周四）09:00 开"),
        ("2026-09-30 18:00", "已下班，10月8日（周四）09:00 开", "10月8日（周四）09:00 开"),
        ("2027-02-06 10:00", "春节放假，2月11日（周四）09:00 开", "2月11日（周四）09:00 开"),
        ("2027-02-09 10:00", "春节放假，2月11日（周四）09:00 开", "2月11日（周四）09:00 开"),
        ("2026-12-31 17:30", "已下班，2027年1月2日（周六）09:00 开", "2027年1月2日（周六）09:00 开"),
    ],
)
def test_is_said_in_a_sentence(moment, sentence, again):
    found = ask(moment)

    assert (found.sentence, found.again) == (sentence, again)
    assert found.notes[-1] == RING_FIRST


@pytest.mark.parametrize(
    ("moment", "line", "sentence"),
    [
        ("2026-11-23 18:00", "WD 18:00-24:00", "现在开放，24:00 关门"),
        ("2026-11-23 23:59", "WD 18:00-24:00", "现在开放，24:00 关门"),
        ("2026-11-24 00:00", "WD 18:00-24:00", "还没开门，18:00 开"),
        ("2026-11-23 20:00", "WD 18:00-26:00", "现在开放，明天（周二）02:00 关门"),
        ("2026-11-24 01:00", "WD 18:00-26:00", "现在开放，02:00 关门"),
        ("2026-11-24 10:30", "WD 08:00-10:00,11:00-17:00", "中间休息，11:00 再开"),
        ("2026-11-24 09:30", "WD 08:00-10:00,11:00-17:00", "现在开放，10:00 关门"),
        ("2026-11-23 10:00", "24/7", "现在开放，全天不关门"),
        ("2026-10-01 10:00", "24/7; PH off", "国庆节放假，10月8日（周四）00:00 开"),
        ("2026-09-28 10:00", "24/7; PH off", "现在开放，9月30日（周三）24:00 关门"),
        ("2026-10-10 10:00", "Mo-Fr 09:00-17:00", "调休上班日，是否开放没有写明，10月12日（周一）09:00 开"),
        ("2026-11-23 10:00", "WD off", "今天不开放，近期不开放"),
        ("2026-11-23 10:00", "May 01-Sep 30: WD 09:00-17:00", "今天不开放，近期不开放"),
    ],
)
def test_knows_unusual_hours(moment, line, sentence):
    assert ask(moment, line).sentence == sentence


def test_is_closed_for_what_was_announced():
    closed = Deviation(date(2026, 11, 23), date(2026, 11, 27), reason="装修")
    found = ask("2026-11-24 10:00", OFFICE, closed)

    assert found.sentence == "临时关闭：装修，11月30日（周一）09:00 开"
    assert found.notes == (RING_FIRST,)
    assert ask("2026-11-24 10:00", OFFICE, Deviation(closed.first, closed.last)).reason == "临时关闭"


def test_opens_when_it_was_announced():
    holiday = Deviation(date(2026, 10, 2), date(2026, 10, 2), parse_spans("09:00-12:00"), "法治宣传")
    found = ask("2026-10-02 10:00", OFFICE, holiday)

    assert found.sentence == "现在开放，12:00 关门"
    assert found.notes == ("今天时间有调整：法治宣传", RING_FIRST)
    assert ask("2026-10-01 10:00", OFFICE, holiday).sentence == "国庆节放假，明天（周五）09:00 开"


@pytest.mark.parametrize(
    ("moment", "line", "year"),
    [
        ("2027-02-06 10:00", "WD 09:00-17:00", 2027),
        ("2027-03-03 10:00", "WD 09:00-17:00", 2027),
        ("2026-12-31 18:00", "WD 09:00-17:00", 2027),
        ("2026-12-30 18:00", "WD 09:00-17:00", None),
        ("2027-02-06 10:00", "24/7", None),
        ("2027-02-06 10:00", "WD,Sa,Su,PH 09:00-17:00", None),
        ("2027-01-01 01:00", "WD 18:00-26:00", 2027),
        ("2026-12-31 20:00", "May 01-May 02: WD 09:00-17:00", None),
        ("2028-02-06 10:00", "Mo-Fr 09:00-17:00", 2028),
    ],
)
def test_says_when_it_rests_on_days_that_are_not_published(moment, line, year):
    found = ask(moment, line)

    assert found.unpublished == year
    assert found.is_provisional is bool(year)
    assert any("节假日安排待公布" in note for note in found.notes) is bool(year)


def test_what_was_announced_for_a_day_is_sure():
    opened = Deviation(date(2027, 2, 6), date(2027, 2, 11), parse_spans("09:00-12:00"))

    assert not ask("2027-02-06 08:00", OFFICE, opened).is_provisional
    assert ask("2027-02-11 13:00", OFFICE, opened).notes == ("今天时间有调整", PUBLISHED_LATER, RING_FIRST)


@pytest.mark.parametrize(
    ("moment", "line", "is_all_day"),
    [
        ("2026-11-23 10:00", "24/7", True),
        ("2026-10-01 10:00", "24/7; PH off", False),
        ("2026-11-23 10:00", "WD 00:00-24:00", True),
    ],
)
def test_says_whether_it_never_closes_that_day(moment, line, is_all_day):
    assert ask(moment, line).is_all_day is is_all_day


def test_wants_a_moment_with_a_zone():
    with pytest.raises(ValueError, match="zone"):
        opening(OFFICE, (), datetime(2026, 11, 23, 10), CALENDAR)  # noqa: DTZ001  # what is refused


def first(schedule, deviations, moment, wanted):
    """Find the first minute from one on that is as wanted, the plain way."""
    midnight = moment.replace(hour=0, minute=0)
    start = (moment - midnight) // MINUTE
    for ahead in range(HORIZON.days):
        is_open = open_minutes(schedule, tuple(deviations), china_day(moment) + timedelta(days=ahead))
        for minute in range(start, DAY):
            if (minute in is_open) is wanted:
                return midnight + timedelta(days=ahead, minutes=minute)
        start = 0
    return None


@given(situations())
def test_is_what_minute_after_minute_would_say(situation):
    schedule, deviations, moment = situation

    found = opening(schedule, deviations, moment, CALENDAR)

    closes_at = first(schedule, deviations, moment, wanted=False)
    assert found.is_open is is_open_at(schedule, deviations, moment)
    assert found.until == (closes_at if found.is_open else None)
    if found.is_open:
        assert found.opens_at == (first(schedule, deviations, closes_at, wanted=True) if closes_at else None)
    else:
        assert found.opens_at == first(schedule, deviations, moment, wanted=True)
    assert found.sentence
    assert bool(found.reason) is not found.is_open
