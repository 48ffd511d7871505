from datetime import date, timedelta

import pytest

from applications import casefiles, letters, progress, urgent
from applications.models.application import URGENT_LANE
from applications.models.letter import Letter
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Permission
from core.outbox import Errand
from tests import make

HOUR = timedelta(hours=1)


@pytest.fixture
def citizen(unit):
    return make.person()


@pytest.fixture
def case(citizen, now):
    return make.application(citizen, now=now, lane=URGENT_LANE, urgent_until=date(2026, 11, 25))


def read(case):
    session().flush()
    session().expire_all()
    return casefiles.find(make.staff(), case.reference)


def waiting():
    return [one.reference for one in urgent.calls(make.staff())]


def test_somebody_rings_within_the_hour_and_again_where_nobody_was_reached(case, now):
    assert urgent.call_by(read(case)) == now + HOUR
    assert waiting() == [case.reference]

    urgent.note_call(make.staff(), case.reference, reached=False, now=now + HOUR / 2)
    assert urgent.call_by(read(case)) == now + HOUR * 1.5
    assert waiting() == [case.reference]

    urgent.note_call(make.staff(), case.reference, reached=True, now=now + HOUR)
    found = read(case)
    assert urgent.call_by(found) is None
    assert waiting() == []
    assert [event.kind for event in found.events] == ["submitted", "call_missed", "called"]
    assert found.state == "submitted"


def test_nobody_is_rung_who_must_not_be(citizen, now):
    for name, answers in (
        ("A", {"phone": "13800000001", "safe_to_call": "NO"}),
        ("B", {"phone": ""}),
    ):
        made = make.application(citizen, reference=f"FY-{name}", now=now, lane=URGENT_LANE, answers=answers)
        assert urgent.call_by(read(made)) is None

    assert waiting() == []


def test_what_can_wait_wants_no_call(citizen, now):
    made = make.application(citizen, now=now)

    assert urgent.call_by(read(made)) is None
    assert waiting() == []
    with pytest.raises(Conflict) as refused:
        urgent.note_call(make.staff(), made.reference, reached=True, now=now)
    assert refused.value.code == "call_not_wanted"


def test_aid_comes_first_and_the_review_goes_on(case, now):
    urgent.provide_first(make.staff(), case.reference, "term_runs_out", "后天开庭", now=now)

    found = read(case)
    assert found.state == "provisional_aid"
    stands = progress.of(found.events, urgent.cases.clock(), now=now)
    assert (stands.turn, stands.decision.legal) == (progress.Turn.AGENCY, date(2026, 11, 30))
    (letter,) = session().query(Letter).all()
    said = str(letter.content)
    assert letter.title == "先行提供法律援助通知书"
    assert "后天开庭" in said
    assert "2026年11月26日" in said  # a lawyer within three days
    assert "2026年12月3日" in said  # formalities within ten
    assert letters.as_pdf(letter).startswith(b"%PDF")
    assert [one.kind for one in session().query(Errand)] == ["application.aid_first"]
    with pytest.raises(Conflict):
        urgent.provide_first(make.staff(), case.reference, "term_runs_out", "", now=now)


def test_says_all_that_is_wrong_at_once(case, now):
    with pytest.raises(Rejected) as rejected:
        urgent.provide_first(make.staff(), case.reference, "nothing", "长" * 1001, now=now)
    assert rejected.value.problems == (
        Problem("reason_unknown", "ground"),
        Problem("explanation_too_long", "explanation"),
    )
    with pytest.raises(Rejected) as rejected:
        urgent.provide_first(make.staff(), case.reference, "other_urgent", " ", now=now)
    assert rejected.value.problems == (Problem("explanation_missing", "explanation"),)


def test_is_closed_to_strangers(citizen, case, now):
    elsewhere = make.staff(region="430104")
    reader = make.staff(permissions=frozenset({Permission.APPLICATIONS_REVIEW}))
    acts = (
        lambda who: urgent.note_call(who, case.reference, reached=True, now=now),
        lambda who: urgent.provide_first(who, case.reference, "preservation", "", now=now),
    )
    for act in acts:
        for stranger, refusal in (
            (citizen, Forbidden),
            (reader, Forbidden),
            (ANYONE, NotSignedIn),
            (elsewhere, NotFound),
        ):
            with pytest.raises(refusal):
                act(stranger)
    with pytest.raises(Forbidden):
        urgent.calls(citizen)
    assert list(urgent.calls(elsewhere)) == []
