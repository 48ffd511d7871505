"""No question too many (FEATURES A05, A07)."""

from __future__ import annotations

from datetime import date

import pytest

from applications import eligibility, rulebook
from applications.facts import Facts
from applications.judgement import Verdict
from core.errors import Problem

RULES = rulebook.load()
TODAY = date(2026, 11, 23)
NOBODY = frozenset()


def in_beijing(**told):
    return Facts(**{"region": "11", "matter": "WAGES", "exemptions": NOBODY, **told})


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({}, "region"),
        ({"region": "43"}, "area"),
        ({"region": "43", "area": "WORK"}, "matter"),
        ({"region": "43", "matter": "WAGES"}, "exemptions"),
        ({"region": "43", "matter": "WAGES", "exemptions": NOBODY}, "registry"),
        ({"region": "43", "matter": "WAGES", "exemptions": NOBODY, "registry": "NO"}, "circumstances"),
        ({"region": "11", "matter": "MAINTENANCE", "exemptions": NOBODY}, "opponent_at_home"),
        ({"region": "11", "matter": "WAGES", "exemptions": NOBODY}, "income"),
        ({"region": "11", "matter": "WAGES", "exemptions": NOBODY, "income": 900_000}, "household_size"),
        ({"region": "43", "matter": "GOOD_SAMARITAN"}, None),
        ({"region": "43", "matter": "WAGES", "exemptions": frozenset({"MIGRANT_WORKER"})}, None),
        ({"region": "43", "matter": "WAGES", "exemptions": NOBODY, "registry": "UNSURE"}, None),
        ({"region": "11", "matter": "WAGES", "exemptions": NOBODY, "income": 254_000}, None),
        ({"region": "32", "matter": "WAGES", "exemptions": NOBODY}, None),
    ],
)
def test_asks_no_more_than_it_needs(told, asked):
    question = eligibility.next_question(Facts(**told), RULES, TODAY)

    assert (question.name if question else None) == asked


def test_asks_only_for_ones_own_income_where_the_other_side_lives_there():
    own = eligibility.next_question(in_beijing(matter="MAINTENANCE", opponent_at_home=True), RULES, TODAY)
    whole = eligibility.next_question(in_beijing(matter="MAINTENANCE", opponent_at_home=False), RULES, TODAY)

    assert "您自己" in own.title
    assert "全家人" in whole.title


def test_is_short_where_no_hardship_is_asked_for():
    answers = {"region": ["43"], "area": ["FAMILY"], "matter": ["VIOLENCE_OR_ABANDONMENT"], "income": ["1"]}

    walk = eligibility.walk(answers, RULES, TODAY)

    assert [question.name for question, _ in walk.asked] == ["region", "area", "matter"]
    assert walk.next is None


def test_asks_again_what_does_not_fit():
    walk = eligibility.walk({"area": ["FAMILY"], "matter": ["WAGES"]}, RULES, TODAY, region="43")

    assert walk.next.name == "matter"
    assert walk.problems == (Problem("answer_not_offered", "matter"),)


def test_takes_no_answer_for_cannot_say():
    answers = {"area": ["WORK"], "matter": ["WAGES"], "exemptions": ["NONE"], "income": [""]}

    walk = eligibility.walk(answers, RULES, TODAY, region="11")

    assert walk.next is None
    assert eligibility.judge(walk.facts, RULES, TODAY).verdict is Verdict.PERSON_LOOKS
