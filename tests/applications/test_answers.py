from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import answers, merging
from applications.answers import Asked
from applications.questions import Kind, Option, Question
from core.errors import Problem

TODAY = date(2026, 11, 23)
LEVELS = {"43": 1, "430121": 3}
NAME = Question("name", "姓名", Kind.TEXT, max_length=4)
STORY = Question("story", "经过", Kind.TEXTAREA, max_length=100)
INCOME = Question("income", "收入", Kind.MONEY, required=False, unit="元")
BORN = Question("born_on", "生日", Kind.DATE)
NUMBER = Question("id_number", "号码", Kind.TEXT)
PHONE = Question("phone", "电话", Kind.TEXT)
REGION = Question("region", "地方", Kind.REGION)
GROUPS = Question(
    "groups", "哪些", Kind.CHECKBOXES, options=(Option("A", "甲"), Option("B", "乙"), Option("NONE", "没有"))
)
SURE = Question("sure", "是吗", Kind.YES_NO, options=(Option("YES", "是"), Option("NO", "不是")))


def read(question, *values, known=None, span=""):
    asked = Asked((question,), known or {}, TODAY, LEVELS.get, {question.name: span})
    reading = answers.read(asked, {question.name: list(values)})
    return reading.problems[0].code if reading.problems else reading.values[question.name]


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        (NAME, "  李 \u200b芳\x07 ", "李 芳"),
        (NAME, "", "answer_missing"),
        (NAME, "一二三四五", "answer_too_long"),
        (STORY, "一\r\n二，（三）\n", "一\n二，（三）"),
        (STORY, " \n ", "answer_missing"),
        (INCOME, "１，２３４．５", 123450),
        (INCOME, "", None),
        (INCOME, "很多", "answer_not_money"),
        (BORN, "1962-03-05", "1962-03-05"),
        (BORN, "1962-13-05", "answer_not_date"),
        (BORN, "0962-03-05", "day_unlikely"),
        (BORN, "2962-03-05", "day_unlikely"),
        (NUMBER, "11010519491231002ｘ", "11010519491231002X"),
        (NUMBER, "110105194912310021", "id_number_check"),
        (PHONE, "０７３１－８４５８６７８９", "073184586789"),
        (PHONE, "110", "phone_unfit"),
        (REGION, "430121", "430121"),
        (REGION, "43", "region_too_wide"),
        (REGION, "430999", "region_unknown"),
        (SURE, "YES", True),
        (SURE, "MAYBE", "answer_not_offered"),
    ],
)
def test_reads_what_people_type(question, typed, kept):
    assert read(question, typed, known={"id_kind": "resident_id"}) == kept


def test_reads_several_choices():
    assert read(GROUPS, "B", "A") == ["A", "B"]
    assert read(GROUPS, "NONE") == []
    assert read(GROUPS, "NONE", "A") == "answer_contradicts"


def test_judges_a_number_by_its_document():
    assert read(NUMBER, "G1234567", known={"id_kind": "passport"}) == "G1234567"
    assert read(NUMBER, "G1234567", known={"id_kind": "resident_id"}) == "id_number_form"
    assert read(NUMBER, "?", known={"id_kind": "none"}) == "id_number_form"


def test_knows_days_that_have_not_come():
    assert read(BORN, "2026-11-24", span="past") == "day_not_yet"
    assert read(BORN, "2026-11-23", span="past") == "2026-11-23"


def test_keeps_a_question_that_was_not_sent():
    reading = answers.read(Asked((NAME, STORY), {"name": "李芳"}, TODAY, LEVELS.get), {})

    assert reading.values == {}
    assert reading.problems == (Problem("answer_missing", "story"),)


def test_keeps_a_masked_number_that_comes_back():
    assert read(NUMBER, "1101**********002X", known={"id_number": "11010519491231002X"}) == "11010519491231002X"


def test_never_repeats_what_somebody_wrote():
    for question in (NAME, STORY, NUMBER, PHONE, BORN, REGION):
        asked = Asked((question,), {}, TODAY, LEVELS.get)
        reading = answers.read(asked, {question.name: ["秘密" * 60]})
        assert all("秘密" not in repr(problem) for problem in reading.problems)


@pytest.mark.parametrize(
    ("question", "kept", "said"),
    [
        (GROUPS, ["A", "B"], "甲、乙"),
        (GROUPS, [], "没有"),
        (SURE, False, "不是"),
        (INCOME, 123450, "1234.50 元"),
        (INCOME, 120000, "1200 元"),
        (INCOME, None, ""),
        (BORN, "1962-03-05", "1962年3月5日"),
        (NUMBER, "11010519491231002X", "1101**********002X"),
        (NAME, "李芳", "李芳"),
    ],
)
def test_writes_answers_for_people(question, kept, said):
    assert answers.said(question, kept) == said


@given(st.one_of(st.integers(0, 10**9), st.booleans(), st.none(), st.lists(st.sampled_from("AB"), unique=True)))
def test_reads_back_what_it_wrote(kept):
    question = {list: GROUPS, bool: SURE}.get(type(kept), INCOME)

    again = read(question, *answers.texts(question.name, kept))

    assert again == (sorted(kept) if isinstance(kept, list) else kept)


@given(st.text(max_size=40))
def test_survives_whatever_is_typed(text):
    for question in (NAME, STORY, INCOME, BORN, NUMBER, PHONE, REGION, GROUPS, SURE):
        read(question, text)


def merged(kept, history, given_now, base, version):
    return merging.merge("draft-1", kept, history, given_now, base=base, version=version)


def test_the_later_of_two_changes_stands(settings):
    first = merged({}, {}, {"a": 1}, 1, 2)
    second = merged(first.values, first.history, {"a": 2}, 2, 3)

    third = merged(second.values, second.history, {"a": 3}, 2, 4)

    assert third.values == {"a": 3}
    assert third.conflicts == ("a",)


def test_nobody_undoes_what_they_never_touched(settings):
    first = merged({}, {}, {"a": 1, "b": 1}, 1, 2)
    second = merged(first.values, first.history, {"a": 2}, 2, 3)

    third = merged(second.values, second.history, {"a": 1, "b": 2}, 2, 4)

    assert third.values == {"a": 2, "b": 2}
    assert third.conflicts == ()


def test_the_same_answer_twice_is_no_conflict(settings):
    first = merged({}, {}, {"a": 1}, 1, 2)

    assert merged(first.values, first.history, {"a": 1}, 1, 3).conflicts == ()


def test_remembers_no_more_than_is_needed(settings):
    values, history = {}, {}
    for number in range(20):
        done = merged(values, history, {"a": number}, number, number + 1)
        values, history = done.values, done.history

    assert len(history["a"]) == merging.REMEMBERED
