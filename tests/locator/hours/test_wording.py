from datetime import date

import pytest

from locator.hours.day import Deviation
from locator.hours.line import parse, parse_spans
from locator.hours.wording import week, week_ahead, words
from tests.locator.hours.schedules import CALENDAR, WITH_SATURDAY


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("WD 09:00-12:00,13:30-17:00; Sa 09:00-12:00", "工作日 09:00–12:00、13:30–17:00；周六 09:00–12:00"),
        ("24/7", "全年24小时开放"),
        ("24/7; PH off", "每天（含法定节假日） 24小时；法定节假日不开放"),
        ("Mo-Fr,Su,PH 18:00-24:00", "周一至周五、周日、法定节假日 18:00–24:00"),
        ("Sa,Su 18:00-26:00", "周六、周日 18:00–次日02:00"),
        ("May 01-Sep 30: WD 08:30-12:00", "5月1日至9月30日：工作日 08:30–12:00"),
        ("May 04,Oct 01-Apr 30: WD off", "5月4日、10月1日至次年4月30日：工作日不开放"),
    ],
)
def test_says_a_line_in_chinese(line, said):
    assert words(parse(line)) == said


def test_gives_an_ordinary_week():
    rows = week(WITH_SATURDAY, date(2026, 10, 1))

    assert [row.weekday for row in rows] == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    assert {row.hours for row in rows[:5]} == {"09:00–12:00、13:30–17:00"}
    assert [row.hours for row in rows[5:]] == ["09:00–12:00", "不开放"]


def test_gives_the_days_ahead_as_they_will_be():
    repairs = Deviation(date(2026, 10, 9), date(2026, 10, 9), reason="装修")
    longer = Deviation(date(2026, 10, 8), date(2026, 10, 8), parse_spans("09:00-19:00"))

    rows = week_ahead(WITH_SATURDAY, [repairs, longer], date(2026, 10, 6), CALENDAR)

    assert [(row.date.day, row.hours, row.note) for row in rows] == [
        (6, "不开放", "国庆节放假"),
        (7, "不开放", "国庆节放假"),
        (8, "09:00–19:00", "时间有调整"),
        (9, "不开放", "临时关闭：装修"),
        (10, "09:00–12:00、13:30–17:00", "调休上班"),
        (11, "不开放", ""),
        (12, "09:00–12:00、13:30–17:00", ""),
    ]
    assert [row.weekday for row in rows][:2] == ["周二", "周三"]
    assert [row.is_open for row in rows] == [False, False, True, False, True, False, True]


def test_says_which_days_ahead_are_not_sure():
    rows = week_ahead(WITH_SATURDAY, [], date(2027, 2, 4), CALENDAR)

    assert [row.note for row in rows[:3]] == [
        "2027年节假日安排待公布",
        "农历除夕放假，2027年节假日安排待公布",
        "春节放假，2027年节假日安排待公布",
    ]
