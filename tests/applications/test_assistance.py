from datetime import date, timedelta

import pytest

from applications import assistance, casefiles, cases, decisions, letters, progress
from applications.assistance import Answer, Kind, Reply, Wish
from applications.models.letter import Letter
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Permission
from core.outbox import Errand
from locator import queries as places
from locator.models import Division
from tests import make

DAY = timedelta(days=1)
CONTACT = "广州市某路 1 号，020-12348，陈主任"


@pytest.fixture
def citizen(unit):
    for code, name in (("43", "湖南省"), ("44", "广东省")):
        told = {"status": "active", "full_name": name, "lineage": f"/{code}/", "pinyin": "", "initials": ""}
        session().add(Division(code=code, name=name, level=1, parent_code=None, **told))
    places.forget()
    yield make.person()
    places.forget()


@pytest.fixture
def case(citizen, now):
    return make.application(citizen, now=now)


def wish(kind, **given):
    usual = {"to_region": "44", "to_name": "广州市法律援助中心", "about": "请核查工资"}
    return Wish(kind, **{**usual, **given})


def stands(case, now):
    session().flush()
    session().expire_all()
    found = casefiles.find(make.staff(), case.reference)
    return found, progress.of(found.events, cases.clock(), now=now)


def test_the_case_stays_here_until_somebody_else_has_it(case, now):
    asked = assistance.ask(make.staff(), case.reference, wish(Kind.TAKE_OVER), now=now)
    found, how = stands(case, now + DAY)
    assert (found.state, how.turn, how.decision.legal) == ("submitted", progress.Turn.AGENCY, date(2026, 11, 30))
    assert asked.due_on == date(2026, 12, 8)

    reply = Reply(Answer.ACCEPTED, CONTACT, "材料已收到")
    assistance.answer(make.staff(), case.reference, reply, now=now + DAY)

    found, how = stands(case, now + DAY)
    assert (found.state, how.turn) == ("redirected", progress.Turn.NOBODY)
    (letter,) = session().query(Letter).all()
    assert letter.title == "法律援助申请转交告知书"
    assert CONTACT in str(letter.content)
    assert "不用重新申请" in str(letter.content)
    assert letters.as_pdf(letter).startswith(b"%PDF")
    assert [one.kind for one in session().query(Errand)] == ["application.assistance"] * 2


def test_a_case_nobody_elsewhere_was_asked_about_costs_no_statement(case, now, count_statements):
    found, _ = stands(case, now)

    with count_statements() as sent:
        assert assistance.of_case(found) == []
    assert len(sent) == 0


def test_who_declines_leaves_it_with_us_as_before(case, now):
    assistance.ask(make.staff(), case.reference, wish(Kind.TAKE_OVER), now=now)

    assistance.answer(make.staff(), case.reference, Reply(Answer.DECLINED, words="不归我们管"), now=now + DAY)

    found, how = stands(case, now + DAY)
    assert (found.state, how.decision.legal) == ("submitted", date(2026, 11, 30))
    assert session().query(Letter).count() == 0
    assistance.ask(make.staff(), case.reference, wish(Kind.TAKE_OVER, to_name="深圳市法律援助中心"), now=now + DAY)
    found, _ = stands(case, now + DAY)
    assert [one.answer for one in assistance.of_case(found)] == ["declined", ""]


def test_the_time_of_verifying_elsewhere_is_not_counted(case, now):
    assistance.ask(make.staff(), case.reference, wish(Kind.VERIFY), now=now)
    _, how = stands(case, now + 3 * DAY)
    assert how.decision.paused_since == now

    assistance.answer(make.staff(), case.reference, Reply(Answer.ACCEPTED, words="收入属实"), now=now + 3 * DAY)

    found, how = stands(case, now + 3 * DAY)
    assert (found.state, how.decision.target, how.decision.paused_since) == ("submitted", date(2026, 12, 3), None)


def test_a_decision_ends_the_waiting_for_the_clock(case, now):
    assistance.ask(make.staff(), case.reference, wish(Kind.VERIFY), now=now)
    decisions.grant(make.staff(), case.reference, ["conditions_met"], "", now=now + DAY)

    found, how = stands(case, now + 9 * DAY)
    assert progress.stops(found.events)[0].end == now + DAY
    assert how.decision.target == date(2026, 12, 1)


def test_says_all_that_is_wrong_at_once(case, now):
    with pytest.raises(Rejected) as rejected:
        assistance.ask(make.staff(), case.reference, wish(Kind.VERIFY, to_region="43", to_name=" ", about=""), now=now)
    assert rejected.value.problems == (
        Problem("assistance_not_elsewhere", "to_region"),
        Problem("assistance_name_missing", "to_name"),
        Problem("explanation_missing", "about"),
    )
    for code in ("99", "4401"):
        with pytest.raises(Rejected):
            assistance.ask(make.staff(), case.reference, wish(Kind.VERIFY, to_region=code), now=now)
    with pytest.raises(NotFound):
        assistance.answer(make.staff(), case.reference, Reply(Answer.DECLINED, words="x"), now=now)

    assistance.ask(make.staff(), case.reference, wish(Kind.TAKE_OVER), now=now)
    for reply, field in ((Reply(Answer.ACCEPTED), "contact"), (Reply(Answer.DECLINED), "words")):
        with pytest.raises(Rejected) as rejected:
            assistance.answer(make.staff(), case.reference, reply, now=now)
        assert [one.field for one in rejected.value.problems] == [field]


def test_one_at_a_time_and_only_while_it_is_ours_to_do(case, now):
    assistance.ask(make.staff(), case.reference, wish(Kind.VERIFY), now=now)
    with pytest.raises(Conflict) as refused:
        assistance.ask(make.staff(), case.reference, wish(Kind.VERIFY), now=now)
    assert refused.value.code == "assistance_asked_already"

    decisions.grant(make.staff(), case.reference, ["conditions_met"], "", now=now)
    with pytest.raises(Conflict) as refused:
        assistance.ask(make.staff(), case.reference, wish(Kind.VERIFY), now=now)
    assert refused.value.code == "state_does_not_allow"


def test_what_is_waited_for_is_listed_what_is_due_first(case, citizen, now):
    other = make.application(citizen, reference="FY-B", now=now)
    assistance.ask(make.staff(), other.reference, wish(Kind.VERIFY), now=now + DAY)
    assistance.ask(make.staff(), case.reference, wish(Kind.VERIFY), now=now)

    assert [one.reference for one in assistance.waiting(make.staff())] == [case.reference, other.reference]
    assert list(assistance.waiting(make.staff(region="430104"))) == []


def test_is_closed_to_strangers(case, citizen, now):
    elsewhere = make.staff(region="430104")
    reader = make.staff(permissions=frozenset({Permission.APPLICATIONS_REVIEW}))
    helper = make.staff(permissions=frozenset({Permission.APPLICATIONS_REVIEW, Permission.APPLICATIONS_SUPPLEMENT}))
    asks = (lambda who: assistance.ask(who, case.reference, wish(Kind.TAKE_OVER), now=now),)
    answers = (lambda who: assistance.answer(who, case.reference, Reply(Answer.DECLINED, words="x"), now=now),)

    def refused(act):
        strangers = ((citizen, Forbidden), (reader, Forbidden), (helper, Forbidden), (ANYONE, NotSignedIn))
        for stranger, refusal in (*strangers, (elsewhere, NotFound)):
            with pytest.raises(refusal):
                act(stranger)

    refused(*asks)
    assistance.ask(make.staff(), case.reference, wish(Kind.TAKE_OVER), now=now)
    refused(*answers)
    with pytest.raises(Forbidden):
        assistance.waiting(citizen)
