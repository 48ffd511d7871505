from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from portal.forms import Reading, prefixed, problem


def reading(**form):
    return Reading(MultiDict(form))


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1200", 120000), ("1,200.5", 120050), ("１２００元", 120000), (" ¥ 0.05 ", 5), ("1，200", 120000), ("", None)],
)
def test_money_is_read_as_people_type_it(typed, fen):
    form = reading(income=typed)

    assert form.fen("income") == fen
    assert form.problems == []


@pytest.mark.parametrize("typed", ["-5", "1.234", "abc", "一千", "1e3", "9" * 13, "٣", "1.2.3"])
def test_what_is_no_money_is_a_problem(typed):
    form = reading(income=typed)

    assert form.fen("income") is None
    assert [(one["code"], one["field"]) for one in form.problems] == [("not_an_amount", "income")]


@pytest.mark.parametrize(("typed", "number"), [("4", 4), ("０４", 4), (" 12 ", 12), ("", None)])
def test_figures_are_read_in_any_width(typed, number):
    assert reading(people=typed).figure("people") == number


@pytest.mark.parametrize("typed", ["-1", "1.5", "四", "9999999999"])
def test_what_is_no_figure_is_a_problem(typed):
    form = reading(people=typed)

    assert form.figure("people") is None
    assert form.problems[0]["code"] == "not_a_number"


def test_a_day_is_read_from_its_three_parts():
    assert reading(on_year="2026", on_month="０3", on_day="8").day("on") == date(2026, 3, 8)


@pytest.mark.parametrize("parts", [("2026", "2", "30"), ("2026", "", "1"), ("x", "1", "1"), ("0", "1", "1")])
def test_a_day_that_is_none_is_a_problem_and_can_be_shown_again(parts):
    form = reading(on_year=parts[0], on_month=parts[1], on_day=parts[2])

    assert form.day("on") is None
    assert form.problems[0]["code"] == "not_a_day"
    assert form.typed_day("on") == {"year": parts[0], "month": parts[1], "day": parts[2]}


def test_no_day_is_no_problem():
    form = reading()

    assert form.day("on") is None
    assert form.problems == []


def test_texts_lose_what_cannot_be_seen():
    assert reading(story=" 一\r\n二\x00\x1b三 ").text("story") == "一\n二三"
    assert reading(name=" 张 \n 三 ").line("name") == "张 三"


def test_a_text_that_is_too_long_says_by_how_much():
    form = reading(story="长" * 11)

    form.text("story", limit=10)

    assert form.problems[0]["message"] == "最多填 10 个字，现在有 11 个字。"


def test_choices_are_read_from_a_list():
    form = Reading(MultiDict([("kind", "wages"), ("needs", "sign"), ("needs", "visit"), ("agreed", "yes")]))

    assert form.choice("kind", {"wages"}) == "wages"
    assert form.choices("needs", ["sign", "visit"]) == ["sign", "visit"]
    assert form.yes("agreed")
    assert form.problems == []


def test_what_is_not_on_the_list_is_a_problem():
    form = reading(kind="murder", needs="x")

    assert form.choice("kind", {"wages"}) is None
    assert form.choices("needs", {"sign"}) == []
    assert [one["field"] for one in form.problems] == ["kind", "needs"]


def test_problems_find_the_fields_of_the_page():
    given = [problem("not_a_number", "householdSize"), problem("not_a_day", "born_on")]

    assert [one["field"] for one in prefixed(given, {"householdSize": "people"})] == ["people", "born_on"]
