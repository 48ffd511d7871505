from datetime import timedelta

import pytest
from sqlalchemy import select

from applications import casefiles, decisions, supplements
from applications.models.letter import Letter
from applications.states import State
from applications.supplements import Missing
from core import audit
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Permission
from tests import make


@pytest.fixture
def citizen(unit):
    return make.person()


@pytest.fixture
def case(citizen):
    return make.application(citizen)


def letters():
    return session().scalars(select(Letter).order_by(Letter.number)).all()


def test_grants_with_reasons_and_a_letter(case, now):
    decision = decisions.grant(make.staff(), case.reference, ["conditions_met"], "", now=now)

    assert case.state == State.GRANTED
    assert (decision.kind, decision.reasons, decision.decider_name) == ("granted", ["conditions_met"], "李明")
    (letter,) = letters()
    assert letter.title == "给予法律援助决定书"
    assert letter.number == "（430211）法援〔2026〕援字第1号"
    assert "2026年11月26日" in str(letter.content)


def test_refuses_with_reasons_in_words_and_remedies(case, now):
    decisions.refuse(make.staff(), case.reference, ["outside_scope"], "您要写的是商业合同。", now=now)

    assert case.state == State.REFUSED
    (letter,) = letters()
    said = str(letter.content)
    assert all(word in said for word in ("您要写的是商业合同", "第四十九条", "六十日", "六个月", "12348"))


def test_never_refuses_without_words(case, now):
    with pytest.raises(Rejected) as rejected:
        decisions.refuse(make.staff(), case.reference, [], " ", now=now)

    assert rejected.value.problems == (
        Problem("reasons_missing", "reasons"),
        Problem("explanation_missing", "explanation"),
    )


def test_takes_reasons_of_the_catalogue_only(case, now):
    with pytest.raises(Rejected) as rejected:
        decisions.grant(make.staff(), case.reference, ["outside_scope"], "长" * 1001, now=now)

    assert [one.code for one in rejected.value.problems] == ["reason_unknown", "explanation_too_long"]


def test_decides_once(case, now):
    decisions.grant(make.staff(), case.reference, ["conditions_met"], "", now=now)

    with pytest.raises(Conflict):
        decisions.refuse(make.staff(), case.reference, ["outside_scope"], "x", now=now)


def test_numbers_letters_without_gaps(citizen, now):
    for number in range(3):
        made = make.application(citizen, reference=f"FY-AAAAA-AAAAA-AAA{number}")
        decisions.grant(make.staff(), made.reference, ["conditions_met"], "", now=now)

    assert [letter.number[-3:] for letter in letters()] == ["第1号", "第2号", "第3号"]


def test_gives_up_only_what_is_overdue(case, now):
    reviewer = make.staff()
    supplements.ask(reviewer, case.reference, [Missing("case_material")], now=now)

    with pytest.raises(Rejected):
        decisions.deem_withdrawn(reviewer, case.reference, "spoken_to", now=now + timedelta(days=10))
    decisions.deem_withdrawn(reviewer, case.reference, "spoken_to", now=now + timedelta(days=11))

    assert case.state == State.DEEMED_WITHDRAWN


def test_may_be_withdrawn_by_its_applicant_while_open(citizen, case, now):
    decisions.withdraw(citizen, case.reference, now=now)

    assert case.state == State.WITHDRAWN
    with pytest.raises(Conflict):
        decisions.withdraw(citizen, case.reference, now=now)


def test_is_for_those_who_decide_in_the_region(citizen, case, now):
    neighbour = make.person("13800000002", "citizen-2")
    clerk = make.staff(permissions=frozenset({Permission.APPLICATIONS_REVIEW}))
    acts = (
        lambda who: decisions.grant(who, case.reference, ["conditions_met"], "", now=now),
        lambda who: decisions.refuse(who, case.reference, ["outside_scope"], "x", now=now),
        lambda who: decisions.deem_withdrawn(who, case.reference, "read", now=now),
    )

    for act in acts:
        for stranger, refusal in (
            (make.staff(region="430104"), NotFound),
            (make.staff(region=""), NotFound),
            (clerk, Forbidden),
            (citizen, Forbidden),
            (ANYONE, NotSignedIn),
        ):
            with pytest.raises(refusal):
                act(stranger)
    with pytest.raises(NotFound):
        decisions.withdraw(neighbour, case.reference, now=now)
    with pytest.raises(Forbidden):
        decisions.withdraw(make.staff(), case.reference, now=now)


def test_leaves_a_whole_chain_of_evidence(citizen, case, now):
    decisions.grant(make.staff(), case.reference, ["conditions_met"], "", now=now)
    session().flush()

    assert [event.kind for event in casefiles.find(citizen, case.reference).events] == ["submitted", "granted"]
    for work in session().info.pop("before_commit"):
        work()
    assert audit.verify().broken_at is None


def test_whom_nothing_has_reached_has_missed_nothing(case, now):
    reviewer = make.staff()
    supplements.ask(reviewer, case.reference, [Missing("case_material")], now=now)

    for said in ("", "somehow"):
        with pytest.raises(Rejected) as rejected:
            decisions.deem_withdrawn(reviewer, case.reference, said, now=now + timedelta(days=11))
        assert rejected.value.problems == (Problem("delivery_unconfirmed", "delivered"),)
