from datetime import UTC, date, datetime

import pytest

from portal import filters


def test_moments_are_told_in_china_time():
    at = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)

    assert filters.moment(at) == "2026年11月23日 00:30"
    assert filters.day(at) == "2026年11月23日 星期一"
    assert filters.clock(at) == "00:30"
    assert filters.when(at) == filters.moment(at)


def test_days_are_told_with_their_weekday():
    assert filters.when(date(2026, 11, 29)) == "2026年11月29日 星期日"


@pytest.mark.parametrize(("fen", "said"), [(0, "0.00 元"), (5, "0.05 元"), (123400, "1,234.00 元"), (-150, "-1.50 元")])
def test_money_is_told_in_yuan(fen, said):
    assert filters.yuan(fen) == said


@pytest.mark.parametrize(("size", "said"), [(12, "12 字节"), (2048, "2 KB"), (5_242_880, "5.0 MB")])
def test_sizes_are_told_in_what_people_know(size, said):
    assert filters.filesize(size) == said


def test_a_field_finds_its_problem():
    problems = [{"field": "name", "code": "x"}]

    assert filters.problem_for(problems, "name") == problems[0]
    assert filters.problem_for(problems, "age") is None
    assert filters.problem_for(None, "name") is None


def test_a_day_is_laid_out_as_three_inputs():
    parts = filters.date_parts("born_on", date(1956, 3, 8))

    assert [part["value"] for part in parts] == [1956, 3, 8]
    assert [part["id"] for part in parts] == ["field-born_on", "field-born_on-month", "field-born_on-day"]
    assert [part["value"] for part in filters.date_parts("born_on", {"year": "x", "month": "", "day": "8"})] == [
        "x",
        "",
        "8",
    ]
    assert [part["value"] for part in filters.date_parts("born_on", None)] == ["", "", ""]
