from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from applications import eligibility, judgement, rulebook
from applications.facts import Facts
from applications.judgement import Verdict
from applications.rule import Confidence, Residence, StandardKind

PLAIN = rulebook.load()
TODAY = date(2026, 11, 23)
RANKS = {Verdict.LIKELY: 2, Verdict.PERSON_LOOKS: 1, Verdict.OTHER_HELP: 0}

standards = st.lists(
    st.builds(
        lambda kind, base, factor, residence, inclusive, confidence: {
            "kind": kind,
            "base_amount_fen": base,
            "factor": factor,
            "residence": residence,
            "inclusive": inclusive,
            "base_confidence": confidence,
        },
        st.sampled_from(
            [
                StandardKind.FIXED_MONTHLY,
                StandardKind.MULTIPLE_OF_DIBAO,
                StandardKind.MINIMUM_WAGE_RATIO,
                StandardKind.FRACTION_OF_RURAL_INCOME,
            ]
        ),
        st.none() | st.integers(1_000, 500_000),
        st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3, 2)]),
        st.sampled_from(Residence),
        st.booleans(),
        st.sampled_from(Confidence),
    ),
    max_size=4,
)
listed = st.lists(st.sampled_from([one for one in PLAIN.all_standards if one.region == "43"]), max_size=2, unique=True)


def rules_of(changes, others):
    base = next(one for one in PLAIN.all_standards if one.id == "BJ17-2025")
    made = [
        replace(base, **{**change, "id": f"S{number}", "region": "99", "active_from": None})
        for number, change in enumerate(changes)
    ]
    made += [replace(one, region="99", active_from=None, active_to=None) for one in others if not one.base_name]
    return replace(PLAIN, all_standards=tuple(made))


rule_books = st.builds(rules_of, standards, listed)
matters = st.sampled_from([one.code for one in PLAIN.matters("99", TODAY)])
exempt = st.frozensets(st.sampled_from([one.code for one in PLAIN.all_exemptions]), max_size=2)
people = st.builds(
    Facts,
    region=st.just("99"),
    matter=matters,
    exemptions=exempt,
    registry=st.sampled_from(["YES", "NO", "UNSURE"]),
    opponent_at_home=st.booleans(),
    residence=st.sampled_from(["URBAN", "RURAL"]),
    income=st.integers(0, 2_000_000),
    household_size=st.integers(1, 9),
    circumstances=st.frozensets(st.sampled_from(["DISASTER", "ILLNESS"])),
)
NAMES = [
    "matter",
    "exemptions",
    "registry",
    "opponent_at_home",
    "residence",
    "income",
    "household_size",
    "circumstances",
]


@given(rule_books, people, st.integers(0, 2_000_000))
def test_more_income_never_helps(rules, facts, more):
    poorer = eligibility.judge(facts, rules, TODAY)
    richer = eligibility.judge(replace(facts, income=facts.income + more), rules, TODAY)

    assert RANKS[richer.verdict] <= RANKS[poorer.verdict]


@given(rule_books, people)
def test_stopping_early_never_changes_the_outcome(rules, facts):
    known = Facts(region="99", matter=facts.matter)
    while question := eligibility.next_question(known, rules, TODAY):
        assert not known.knows(question.name)
        known = replace(known, **{question.name: getattr(facts, question.name)})

    assert eligibility.judge(known, rules, TODAY) == eligibility.judge(facts, rules, TODAY)


@given(rule_books, people, st.permutations(NAMES))
def test_the_order_of_answers_does_not_matter(rules, facts, order):
    learnt = Facts(region="99")
    for name in order:
        learnt = eligibility.learn(learnt, name, getattr(facts, name))

    assert eligibility.judge(learnt, rules, TODAY) == eligibility.judge(facts, rules, TODAY)


@given(rule_books, people)
def test_there_is_always_a_reason_and_a_way_on(rules, facts):
    judged = eligibility.judge(facts, rules, TODAY)

    assert judged.complete
    assert judged.explanation
    assert "APPLY" in {step.code for step in judged.next_steps}
    assert judgement.from_json(judgement.to_json(judged)) == judged


@given(rule_books, people)
def test_no_more_than_nine_questions_are_asked(rules, facts):
    known = Facts()
    asked = 0
    answers = {"region": "99", "area": next(one.area for one in PLAIN.all_matters if one.code == facts.matter)}
    while question := eligibility.next_question(known, rules, TODAY):
        known = replace(known, **{question.name: answers.get(question.name, getattr(facts, question.name))})
        asked += 1

    assert asked <= 9


def every_way(rules):
    """List what people could say, as far as it makes a difference: amounts just within and just beyond each limit."""
    limits = {one.limit_fen for one in rules.standards("99", TODAY) if one.limit_fen is not None}
    amounts = [0, *sorted({amount for limit in limits for amount in (limit, limit + 1, 2 * limit + 1)}), 10**9]
    said = {
        "registry": ["YES", "NO", "UNSURE"],
        "opponent_at_home": [True, False],
        "residence": ["URBAN", "RURAL"],
        "income": amounts,
        "household_size": [1, 9_999],
        "circumstances": [frozenset(), frozenset({"DISASTER"})],
    }
    return [dict(zip(said, ways, strict=True)) for ways in product(*said.values())]


def changes_something(question, known, ways, rules):
    """Say whether two people who differ in this answer alone can come to different outcomes."""
    outcomes = {}
    for way in ways:
        told = {name: value for name, value in way.items() if not known.knows(name)}
        others = tuple(value for name, value in told.items() if name != question.name)
        verdict = eligibility.judge(replace(known, **told), rules, TODAY).verdict
        if outcomes.setdefault(others, verdict) is not verdict:
            return True
    return False


@effort(max_examples=12)  # each is asked in some hundred ways
@given(rule_books, people)
def test_a_question_is_asked_while_its_answer_can_change_the_outcome_and_never_after(rules, facts):
    known, ways = Facts(region="99", matter=facts.matter, exemptions=frozenset()), every_way(rules)
    while question := eligibility.next_question(known, rules, TODAY):
        if not changes_something(question, known, ways, rules):
            raise AssertionError(question.name)  # not `assert`: pytest would write out the whole book of rules
        known = replace(known, **{question.name: getattr(facts, question.name)})

    reached = {eligibility.judge(known, rules, TODAY).verdict}
    for way in ways:
        told = {name: value for name, value in way.items() if not known.knows(name)}
        reached.add(eligibility.judge(replace(known, **told), rules, TODAY).verdict)
    if len(reached) > 1:
        raise AssertionError(reached)
