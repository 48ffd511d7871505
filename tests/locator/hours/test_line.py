import pytest
from hypothesis import given

from locator.hours.line import LONGEST, Fault, parse, parse_spans, written
from locator.hours.span import Span
from tests.locator.hours.schedules import SCHEDULES, SPAN_LISTS


@given(SCHEDULES)
def test_comes_back_as_it_was_written(schedule):
    line = str(schedule)

    if len(line) <= LONGEST:
        assert parse(line) == schedule
        assert str(parse(line)) == line


@given(SPAN_LISTS)
def test_the_hours_of_one_day_come_back_too(spans):
    assert parse_spans(written(spans)) == spans


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("24/7", "24/7"),
        ("Mo-Su,PH 00:00-24:00", "24/7"),
        ("PH off", "PH off"),
        (" WD  09:00-12:00 , 13:30-17:00 ;Sa 09:00-12:00 ", "WD 09:00-12:00,13:30-17:00; Sa 09:00-12:00"),
        ("WD 09：00–12：00，13：30－17：00；PH 09:00-12:00", "WD 09:00-12:00,13:30-17:00; PH 09:00-12:00"),
        ("WD 13:30-17:00,09:00-12:00", "WD 09:00-12:00,13:30-17:00"),
        ("WD 09:00-12:00,12:00-17:00", "WD 09:00-17:00"),
        ("WD 00:00-12:00,12:00-36:00", "WD 00:00-12:00,12:00-36:00"),
        ("Fr-Mo 18:00-02:00", "Mo,Fr-Su 18:00-26:00"),
        ("PH,Su,Sa,WD 18:00-24:00", "WD,Sa,Su,PH 18:00-24:00"),
        ("Oct 01-Apr 30,May 02: WD off", "May 02,Oct 01-Apr 30: WD off"),
        ("Feb 29: We 09:00-10:00", "Feb 29: We 09:00-10:00"),
    ],
)
def test_has_one_form(typed, line):
    assert str(parse(typed)) == line


@pytest.mark.parametrize(
    ("typed", "at", "expected"),
    [
        ("", 0, "哪些日子"),
        ("Xx 09:00-10:00", 0, "哪些日子"),
        ("WD", 2, "时间"),
        ("WD 9:00-12:00", 3, "时间"),
        ("WD 09:60-12:00", 3, "时间"),
        ("WD 09:00", 8, "结束时间"),
        ("WD 09:00-", 9, "结束时间"),
        ("WD 09:00-09:00", 3, "晚于开始"),
        ("WD 24:00-25:00", 3, "24:00"),
        ("WD 09:00-34:00", 3, "一整天"),
        ("WD 09:00-12:00,11:00-13:00", 15, "重叠"),
        ("WD 09:00-12:00 x", 15, "分号"),
        ("WD 09:00-12:00;", 15, "哪些日子"),
        ("24/7 WD", 5, "分号"),
        ("Mo-WD 09:00-12:00", 3, "星期几"),
        ("Feb 30: WD off", 0, "没有这一天"),
        ("May 01-Sep: WD off", 7, "日期"),
        ("May 01,Jun: WD off", 7, "日期"),
        ("May 01 WD off", 7, "冒号"),
        ("WD 09:00-12:00; WD 13:30-17:00", 16, "已经写过"),
        ("Fr 09:00-12:00; WD 09:00-17:00", 16, "已经写过"),
        ("May 01: Sa 09:00-12:00; Sa,Su 13:30-17:00", 24, "已经写过"),
        ("WD 09:00-12:00; " * 30, LONGEST, "最多"),
    ],
)
def test_says_where_the_fault_is(typed, at, expected):
    with pytest.raises(Fault) as fault:
        parse(typed)

    assert fault.value.at == at
    assert expected in fault.value.expected
    assert fault.value.found == typed[at : at + 10]
    assert (f"第{at + 1}个字" in str(fault.value)) == (at < len(typed))


def test_says_where_the_fault_is_in_the_hours_of_one_day():
    with pytest.raises(Fault, match="第13个字"):
        parse_spans("09:00-12:00 午休")

    assert parse_spans("off") == ()


@pytest.mark.parametrize(("opens", "closes"), [(-1, 10), (1440, 1500), (10, 10), (10, 1451)])
def test_a_span_is_never_impossible(opens, closes):
    with pytest.raises(ValueError, match="a span"):
        Span(opens, closes)
