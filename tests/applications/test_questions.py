from __future__ import annotations

from datetime import date

import pytest

from applications import questions, rulebook
from applications.questions import Kind, Option, Question
from core.errors import Problem

RULES = rulebook.load()
TODAY = date(2026, 11, 23)
INCOME = questions.income(own_only=False)
SIZE = questions.household_size()
GROUPS = questions.priority_groups(RULES, "43", TODAY)
DAY = questions.deadline_on()
YES_NO = questions.preservation_needed()
REGION = questions.region(RULES)
WORDS = Question("summary", "说说经过", Kind.TEXTAREA, max_length=5)
CHOICE = Question("one", "选一个", Kind.RADIO, options=(Option("A", "甲"), Option("B", "乙")))


@pytest.mark.parametrize(
    ("question", "values", "read"),
    [
        (INCOME, ["3200"], 320_000),
        (INCOME, ["３，２００．５ 元"], 320_050),
        (INCOME, ["¥0"], 0),
        (INCOME, [" "], None),
        (INCOME, [], None),
        (SIZE, ["４人"], 4),
        (GROUPS, ["DISABLED", "WOMAN"], frozenset({"DISABLED", "WOMAN"})),
        (GROUPS, ["NONE"], frozenset()),
        (DAY, ["2026-11-27"], date(2026, 11, 27)),
        (YES_NO, ["YES"], True),
        (YES_NO, ["NO"], False),
        (REGION, ["43"], "43"),
        (REGION, ["430203"], "430203"),
        (WORDS, [" 欠薪 "], "欠薪"),
        (CHOICE, ["B"], "B"),
    ],
)
def test_reads_what_people_answer(question, values, read):
    assert questions.read(question, values) == read


@pytest.mark.parametrize(
    ("question", "values", "code"),
    [
        (INCOME, ["三千"], "answer_not_money"),
        (INCOME, ["-5"], "answer_not_money"),
        (INCOME, ["3.125"], "answer_not_money"),
        (INCOME, ["99999999999"], "answer_too_large"),
        (SIZE, ["0"], "answer_not_number"),
        (SIZE, ["二"], "answer_not_number"),
        (SIZE, ["123456789"], "answer_not_number"),
        (GROUPS, ["NONE", "WOMAN"], "answer_contradicts"),
        (GROUPS, ["MARTIAN"], "answer_not_offered"),
        (GROUPS, [], "answer_missing"),
        (DAY, ["2026-02-30"], "answer_not_date"),
        (YES_NO, ["perhaps"], "answer_not_offered"),
        (REGION, ["Hunan"], "answer_not_offered"),
        (WORDS, ["一二三四五六"], "answer_too_long"),
        (WORDS, [""], "answer_missing"),
        (CHOICE, ["A", "B"], "answer_not_offered"),
        (CHOICE, ["C"], "answer_not_offered"),
    ],
)
def test_says_what_does_not_fit(question, values, code):
    assert questions.read(question, values) == Problem(code, question.name)


@pytest.mark.parametrize(
    ("question", "values", "said"),
    [
        (INCOME, ["３,200.5"], "3,200.50元"),
        (INCOME, ["很多"], ""),
        (INCOME, [""], ""),
        (SIZE, ["4"], "4人"),
        (DAY, ["2026-11-07"], "2026年11月7日"),
        (GROUPS, ["WOMAN", "DISABLED"], "妇女、残疾人"),
        (GROUPS, ["NONE"], "都不是"),
        (REGION, ["43"], "湖南省"),
        (REGION, ["430203"], "430203"),
        (YES_NO, ["NO"], "不是"),
        (WORDS, ["欠薪"], "欠薪"),
    ],
)
def test_says_an_answer_the_way_people_read_it(question, values, said):
    assert questions.say(question, values) == said


def test_offers_the_home_region_first():
    assert REGION.options[0] == Option("43", "湖南省")


def test_offers_a_way_out_in_every_area():
    for one in questions.area(RULES, "43", TODAY).options:
        offered = questions.matter(RULES, "43", TODAY, within=one.value)
        codes = [option.value for option in offered.options]
        matters = [RULES.matter(code, "43", TODAY) for code in codes if code != questions.NONE]
        assert questions.NONE in codes or any(matter.scope.value == "UNSURE" for matter in matters)


def test_offers_what_is_about_the_matter_first():
    wages = RULES.matter("WAGES", "43", TODAY)

    codes = [option.value for option in questions.exemptions(RULES, wages, "43", TODAY).options]

    assert codes[0] == "MIGRANT_WORKER"
    assert codes[-1] == questions.NONE
