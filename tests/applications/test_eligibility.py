"""Table tests by rule id (RULEBOOK 1.1 to 1.3, 3.2)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from applications import eligibility, judgement, questions, rulebook
from applications.facts import Facts
from applications.judgement import Route, Verdict
from applications.rule import Confidence, Residence, StandardKind

RULES = rulebook.load()
TODAY = date(2026, 11, 23)
NOBODY = frozenset()
LIKELY, PERSON_LOOKS, OTHER_HELP = Verdict.LIKELY, Verdict.PERSON_LOOKS, Verdict.OTHER_HELP


def in_hunan(**told):
    return Facts(region="430203", **told)


def in_beijing(**told):
    return Facts(**{"region": "11", "matter": "WAGES", "exemptions": NOBODY, **told})


def judge(facts, rules=RULES, on=TODAY):
    return eligibility.judge(facts, rules, on)


def with_standards(*changes):
    """Rules whose only region is 99, with these standards."""
    plain = next(one for one in RULES.all_standards if one.id == "BJ17-2025")
    made = tuple(
        replace(plain, **{"id": f"S{number}", "region": "99", "base_confidence": Confidence.HIGH, **change})
        for number, change in enumerate(changes, start=1)
    )
    return replace(RULES, all_standards=made)


CASES = [
    # LAL-32: no hardship condition, nothing more is asked
    ("LAL-32-1", in_hunan(matter="HEROES_AND_MARTYRS_HONOUR"), LIKELY, False, False),
    ("LAL-32-2", in_hunan(matter="GOOD_SAMARITAN"), LIKELY, False, False),
    ("LAL-32-3", in_hunan(matter="RETRIAL_ACQUITTAL_COMPENSATION"), LIKELY, False, False),
    ("LAL-32-4", in_hunan(matter="VIOLENCE_OR_ABANDONMENT"), LIKELY, False, False),
    # LAL-42: hardship stays a condition, but nobody checks it
    ("EX-42-1", in_hunan(matter="MAINTENANCE", exemptions=frozenset({"NO_FIXED_INCOME"})), LIKELY, True, False),
    ("EX-42-2a", in_hunan(matter="RETRIAL", exemptions=frozenset({"SOCIAL_ASSISTANCE"})), LIKELY, True, False),
    ("EX-42-2b", in_hunan(matter="RETRIAL", exemptions=frozenset({"PREFERENTIAL_TREATMENT"})), LIKELY, True, False),
    ("EX-42-2c", in_hunan(matter="RETRIAL", exemptions=frozenset({"JUDICIAL_RELIEF"})), LIKELY, True, False),
    ("EX-42-3", in_hunan(matter="WAGES", exemptions=frozenset({"MIGRANT_WORKER"})), LIKELY, True, False),
    ("EX-42-3", in_hunan(matter="WORK_INJURY", exemptions=frozenset({"MIGRANT_WORKER"})), LIKELY, True, False),
    # LAL-25: defence the authorities must arrange; means are not asked
    (
        "LAL-25-1",
        in_hunan(matter="CRIMINAL_SUSPECT_OR_DEFENDANT", exemptions=frozenset({"DEFENDANT_IS_MINOR"})),
        LIKELY,
        False,
        False,
    ),
    (
        "LAL-25-4",
        in_hunan(
            matter="CRIMINAL_SUSPECT_OR_DEFENDANT",
            exemptions=frozenset({"DEFENDANT_FACES_WORST", "SOCIAL_ASSISTANCE"}),
        ),
        LIKELY,
        False,
        False,
    ),
    # HN24 Art. 3: registry, then discretion
    ("HN24-3-1", in_hunan(matter="WAGES", exemptions=NOBODY, registry="YES"), LIKELY, True, True),
    ("HN24-3-1", in_hunan(matter="WAGES", exemptions=NOBODY, registry="UNSURE"), PERSON_LOOKS, True, True),
    (
        "HN24-3-2",
        in_hunan(matter="WAGES", exemptions=NOBODY, registry="NO", circumstances=frozenset({"ILLNESS"})),
        PERSON_LOOKS,
        True,
        True,
    ),
    (
        "HN24-3-2",
        in_hunan(matter="WAGES", exemptions=NOBODY, registry="NO", circumstances=NOBODY),
        OTHER_HELP,
        True,
        True,
    ),
    # Beijing: minimum wage a head
    ("BJ17-2025", in_beijing(income=254_000), LIKELY, True, True),
    ("BJ17-2025", in_beijing(income=508_000, household_size=2), LIKELY, True, True),
    ("BJ17-2025", in_beijing(income=508_001, household_size=2), PERSON_LOOKS, True, True),  # figure not confirmed
    ("BJ17-2025", in_beijing(unsure=frozenset({"income"})), PERSON_LOOKS, True, True),
    ("BJ17-2025", in_beijing(income=600_000, unsure=frozenset({"household_size"})), PERSON_LOOKS, True, True),
    # MV-FAM: the other side lives in the same household, so only one's own income counts
    ("BJ17-2025", in_beijing(matter="MAINTENANCE", opponent_at_home=True, income=254_000), LIKELY, True, True),
    ("BJ17-2025", in_beijing(matter="MAINTENANCE", opponent_at_home=True, income=254_001), PERSON_LOOKS, True, True),
    # No amount on file: a person must look
    ("JS21", Facts(region="3201", matter="WAGES", exemptions=NOBODY), PERSON_LOOKS, True, True),
    ("YN17-URBAN", Facts(region="53", matter="WAGES", exemptions=NOBODY), PERSON_LOOKS, True, True),
    ("XPCC23", Facts(region="66", matter="WAGES", exemptions=NOBODY), PERSON_LOOKS, True, True),
    ("SH20-6", Facts(region="31", matter="WAGES", exemptions=NOBODY), PERSON_LOOKS, True, True),
    (
        "AH23",
        Facts(region="34", matter="WAGES", exemptions=NOBODY, circumstances=frozenset({"LOW_INCOME"})),
        PERSON_LOOKS,
        True,
        True,
    ),
    ("MV-34", Facts(region="65", matter="WAGES", exemptions=NOBODY), PERSON_LOOKS, True, True),
    # Not in scope, or nobody can say
    ("OUT-MONEY", in_hunan(matter="MONEY_OR_PROPERTY"), OTHER_HELP, True, True),
    ("LAL-23", in_hunan(matter="CANNOT_SAY"), PERSON_LOOKS, True, True),
    ("LAL-23", in_hunan(matter=questions.NONE), PERSON_LOOKS, True, True),
]


@pytest.mark.parametrize(("rule", "facts", "verdict", "required", "checked"), CASES)
def test_judges_by_rule(rule, facts, verdict, required, checked):
    judged = judge(facts)

    assert judged.complete
    assert judged.verdict is verdict
    assert (judged.hardship_required, judged.hardship_check_required) == (required, checked)
    assert rule in {line.rule for line in judged.explanation}
    assert all(line.article and line.text for line in judged.explanation)
    assert judged.next_steps
    assert {"HOTLINE", "APPLY"} <= {step.code for step in judged.next_steps}


HARDSHIP_MATTERS = [
    one.code for one in RULES.matters("43", TODAY) if one.scope.value == "IN" and one.hardship.value == "REQUIRED"
]


@pytest.mark.parametrize("matter", HARDSHIP_MATTERS)
def test_finds_every_matter_likely_for_who_is_listed(matter):
    judged = judge(in_hunan(matter=matter, exemptions=NOBODY, registry="YES"))

    assert judged.verdict is LIKELY
    assert judged.matter == matter


def test_does_not_exempt_migrant_workers_in_other_matters():
    judged = judge(in_hunan(matter="TRAFFIC_INJURY", exemptions=frozenset({"MIGRANT_WORKER"}), registry="UNSURE"))

    assert judged.exemption is None
    assert judged.verdict is PERSON_LOOKS


def test_knows_what_a_province_adds():
    assert judge(in_hunan(matter="FAKE_GOODS_DAMAGE", exemptions=NOBODY, registry="YES")).verdict is LIKELY
    assert judge(in_beijing(matter="FAKE_GOODS_DAMAGE")).verdict is PERSON_LOOKS  # not listed there: a person looks


def test_offers_every_way_of_verification_but_no_second_pledge_after_a_false_one():
    honest = in_hunan(matter="WAGES", exemptions=NOBODY, registry="YES")

    assert judge(honest).routes == (Route.DATA_SHARING, Route.PLEDGE, Route.CERTIFICATE)
    assert judge(replace(honest, false_pledge=True)).routes == (Route.DATA_SHARING, Route.CERTIFICATE)
    assert judge(in_hunan(matter="GOOD_SAMARITAN")).routes == ()


def test_shows_for_each_class_what_is_accepted():
    judged = judge(in_hunan(matter="WAGES", exemptions=frozenset({"MIGRANT_WORKER"})))

    assert judged.exemption == "MIGRANT_WORKER"
    assert [one.value for one in judged.explanation[-1].figures] == ["交一份证明材料", "签一份诚信承诺书"]
    assert judged.proof


def test_shows_the_figures_it_used():
    figures = {
        one.name: one.value for one in judge(in_beijing(income=400_050, household_size=2)).explanation[-1].figures
    }

    assert figures["标准"] == "北京市最低工资标准，每人每月2,540元"
    assert figures["全家月收入"] == "4,000.50元"
    assert figures["家庭人数"] == "2人"
    assert "未核对" in figures["数额来源"]


def test_marks_example_figures():
    rules = with_standards({"is_example": True, "base_source": ""})

    judged = judge(in_beijing(region="99", income=900_000, household_size=1), rules)

    assert "（示例数额）" in judged.explanation[-1].figures[0].value
    assert judged.verdict is PERSON_LOOKS


def test_says_what_would_change_it():
    judged = judge(in_hunan(matter="WAGES", exemptions=NOBODY, registry="NO", circumstances=NOBODY))

    assert any("低收入人口" in one for one in judged.what_would_change)
    assert any("进城打工" in one for one in judged.what_would_change)
    assert judge(in_hunan(matter="MONEY_OR_PROPERTY")).what_would_change
    assert judge(in_hunan(matter="GOOD_SAMARITAN")).what_would_change == ()


def test_is_sure_above_a_figure_that_is_confirmed():
    rules = with_standards({"kind": StandardKind.FIXED_MONTHLY})

    judged = judge(in_beijing(region="99", income=900_000, household_size=1), rules)

    assert judged.verdict is OTHER_HELP
    assert any("不超过2,540元" in one for one in judged.what_would_change)


def test_takes_below_for_below():
    rules = with_standards({"inclusive": False})

    assert judge(in_beijing(region="99", income=253_999), rules).verdict is LIKELY
    assert judge(in_beijing(region="99", income=254_000, household_size=1), rules).verdict is OTHER_HELP


def test_is_content_with_one_of_several_standards():
    rules = with_standards(
        {"kind": StandardKind.FIXED_MONTHLY, "base_amount_fen": None},
        {"kind": StandardKind.MINIMUM_WAGE_RATIO, "base_amount_fen": 254_000},
    )

    assert judge(in_beijing(region="99", income=254_000), rules).verdict is LIKELY
    assert judge(in_beijing(region="99", income=900_000, household_size=1), rules).verdict is PERSON_LOOKS


def test_takes_the_standard_of_town_or_country():
    rules = with_standards({"residence": Residence.URBAN}, {"residence": Residence.RURAL, "base_amount_fen": 100_000})
    facts = in_beijing(region="99", income=200_000, household_size=1)

    assert eligibility.next_question(facts, rules, TODAY).name == "residence"
    assert judge(replace(facts, residence="URBAN"), rules).verdict is LIKELY
    assert judge(replace(facts, residence="RURAL"), rules).verdict is OTHER_HELP


def test_judges_an_old_day_by_the_old_rule():
    judged = judge(in_hunan(matter="WAGES", exemptions=NOBODY), on=date(2024, 1, 8))

    assert "HN16-S" in {line.rule for line in judged.explanation}
    assert judged.judged_on == date(2024, 1, 8)


def test_is_discreet_about_violence_and_sends_nobody_to_mediate():
    judged = judge(in_hunan(matter="VIOLENCE_OR_ABANDONMENT"))

    assert judged.discreet
    assert judged.next_steps[0].code == "POLICE"
    assert "MEDIATION" not in {step.code for step in judged.next_steps}


def test_names_other_help_and_still_lets_people_apply():
    assert [one.code for one in judge(in_hunan(matter="MONEY_OR_PROPERTY")).next_steps] == [
        "HOTLINE",
        "STATION",
        "MEDIATION",
        "APPLY",
    ]


@pytest.mark.parametrize(("days", "urgent"), [(-1, True), (0, True), (6, True), (7, False), (30, False)], ids=str)
def test_is_urgent_below_seven_days(days, urgent):
    judged = judge(in_hunan(matter="WAGES", deadline_on=TODAY + timedelta(days=days)))

    assert judged.urgent is urgent
    assert bool(judged.urgent_reason) is urgent


def test_is_urgent_where_property_must_be_secured():
    judged = judge(in_hunan(matter="GOOD_SAMARITAN", preservation_needed=True))

    assert judged.urgent
    assert judged.next_steps[0].code == "HOTLINE"
    assert not judge(in_hunan(matter="GOOD_SAMARITAN", preservation_needed=False)).urgent


def test_leaves_it_to_a_person_while_questions_are_open():
    judged = judge(in_hunan(matter="WAGES"))

    assert not judged.complete
    assert judged.verdict is PERSON_LOOKS
    assert judge(Facts()).region == "43"


@pytest.mark.parametrize(("rule", "facts", "verdict", "required", "checked"), CASES[::4])
def test_is_kept_as_json_and_read_back(rule, facts, verdict, required, checked):
    judged = judge(facts)

    assert judgement.from_json(json.loads(json.dumps(judgement.to_json(judged)))) == judged
    assert judged.rules_version == RULES.version
