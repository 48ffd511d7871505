"""Errors in the directory: anybody reports them, staff of the region answer, the code finds the answer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from core import jobs, sms
from core.audit import AuditEntry
from core.corrections import TEXT, THANKS, Reply, Told
from core.db import keep, session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Permission
from locator import keeping, reports, version
from locator.models import ErrorReport, Station
from tests import make

EDITING = frozenset({Permission.DIRECTORY_EDIT})
TIANYUAN = "demo-430211-0"
WRONG = Told("phone", "电话打不通", "13800000001")


@pytest.fixture
def code(country):
    return session().get_one(Station, TIANYUAN).code


@pytest.fixture
def clerk():
    return make.staff("430211", EDITING)


@pytest.fixture
def neighbour():
    return make.staff("430281", EDITING, "staff-2")


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory.outgoing
    sms.use(None)


def test_are_taken_in_from_anybody_under_a_code(code, now):
    made = reports.report(ANYONE, code.lower().replace("-", " "), Told("hours", " 周六也开门 "), now=now)

    found = reports.by_code(made.code)
    assert (found.state, found.words, found.station_code, found.wants_text) == ("open", "周六也开门", code, False)


def test_say_all_that_is_wrong_at_once(code, now):
    with pytest.raises(Rejected) as rejected:
        reports.report(ANYONE, code, Told("", " " * 501), now=now)

    assert rejected.value.problems == (
        Problem("report_subject_missing", "subject"),
        Problem("report_words_missing", "words"),
        Problem("report_too_long", "words"),
    )


def test_need_a_station_that_stands(code, now):
    session().get_one(Station, TIANYUAN).retired_on = now.date()

    for wrong in ("0000-0000", "x", code):
        with pytest.raises(NotFound, match="station_unknown"):
            reports.report(ANYONE, wrong, WRONG, now=now)


@pytest.mark.parametrize("typed", ["", "x", "0000-0000", "FY-00000-00000-0000"])
def test_have_no_answer_under_a_code_nobody_gave(country, typed):
    assert reports.by_code(typed) is None


def test_keep_the_number_sealed(code, now):
    made = reports.report(ANYONE, code, WRONG, now=now)

    kept = session().execute(text("SELECT phone FROM error_report WHERE id = :id"), {"id": made.id}).scalar_one()
    assert "13800000001" not in kept


def test_wait_in_the_region_of_the_station_alone(code, clerk, neighbour, now):
    made = reports.report(ANYONE, code, WRONG, now=now)
    province = make.staff("43", EDITING)

    assert [one.id for one in reports.page(clerk, is_open=True, first=5)] == [made.id]
    assert reports.count(province, is_open=True) == 1
    for stranger in (neighbour, make.staff("4302110", EDITING), make.staff("", EDITING)):
        assert reports.page(stranger, is_open=True, first=5) == []
        assert reports.count(stranger, is_open=True) == 0
        with pytest.raises(NotFound):
            reports.answer(stranger, made.id, Reply(accepted=True, answer=""), now=now)


@pytest.mark.parametrize(("who", "refusal"), [(ANYONE, NotSignedIn), (make.staff("43"), Forbidden)])
def test_are_nobody_elses_business(code, now, who, refusal):
    made = reports.report(ANYONE, code, WRONG, now=now)

    with pytest.raises(refusal):
        reports.page(who, is_open=True, first=5)
    with pytest.raises(refusal):
        reports.answer(who, made.id, Reply(accepted=True, answer=""), now=now)


def test_that_are_right_correct_the_station_today(code, clerk, now):
    made = reports.report(ANYONE, code, WRONG, now=now)
    before = version.current()

    answered = reports.answer(clerk, made.id, Reply(accepted=True, answer=""), now=now)

    station = session().get_one(Station, TIANYUAN)
    assert (answered.state, answered.answer, answered.answered_by) == ("accepted", THANKS, clerk.id)
    assert station.corrected_on.isoformat() == "2026-11-23"
    assert station.changed_in == version.current() == before + 1


def test_that_are_not_are_explained(code, clerk, now):
    made = reports.report(ANYONE, code, WRONG, now=now)
    with pytest.raises(Rejected) as rejected:
        reports.answer(clerk, made.id, Reply(accepted=False, answer=" "), now=now)
    with pytest.raises(Rejected, match="rejected"):
        reports.answer(clerk, made.id, Reply(accepted=False, answer="长" * 301), now=now)
    before = version.current()

    reports.answer(clerk, made.id, Reply(accepted=False, answer="电话是对的，当天线路检修。"), now=now)

    assert rejected.value.problems == (Problem("report_answer_missing", "answer"),)
    assert version.current() == before
    assert reports.by_code(made.code).state == "explained"


def test_are_answered_once(code, clerk, now):
    made = reports.report(ANYONE, code, WRONG, now=now)
    reports.answer(clerk, made.id, Reply(accepted=True, answer=""), now=now)

    with pytest.raises(Conflict, match="report_answered"):
        reports.answer(clerk, made.id, Reply(accepted=True, answer=""), now=now)


def test_are_read_page_by_page(code, clerk, now):
    made = [reports.report(ANYONE, code, WRONG, now=now + timedelta(minutes=n)) for n in range(3)]
    first = reports.page(clerk, is_open=True, first=1)[0]
    rest = reports.page(clerk, is_open=True, first=5, after=[first.reported_at.isoformat(), first.id])
    for one in made:
        reports.answer(clerk, one.id, Reply(accepted=True, answer=""), now=now)
    last = reports.page(clerk, is_open=False, first=1)[0]
    before = reports.page(clerk, is_open=False, first=5, after=[last.reported_at.isoformat(), last.id])

    assert [first.id, *(one.id for one in rest)] == [one.id for one in made]
    assert [last.id, *(one.id for one in before)] == [one.id for one in reversed(made)]


@pytest.mark.parametrize(
    "after", [[1, "x"], ["x"], ["never", "x"], ["0001-01-01T00:00:00+08:00", "x"], ["2026-11-23T00:00:00", "x"]]
)
def test_refuse_a_forged_place(code, clerk, after):
    with pytest.raises(Malformed, match="cursor_unknown"):
        reports.page(clerk, is_open=True, first=5, after=after)


def test_tell_whoever_left_a_number_and_forget_it(brought_in, db, clerk, now, texts):
    code = keep(lambda: session().get_one(Station, TIANYUAN).code)
    made = keep(lambda: reports.report(ANYONE, code, WRONG, now=now))
    keep(lambda: reports.answer(clerk, made.id, Reply(accepted=True, answer=""), now=now))
    jobs.run_due(now)

    told = [one for one in texts if one.phone == "13800000001"]
    assert [one.text for one in told] == [TEXT.format(code=made.code)]
    assert not any(word in told[0].text for word in ("法律", "服务中心", "电话"))
    assert keep(lambda: session().get_one(ErrorReport, made.id).phone) is None
    keep(lambda: reports.say_answered({"report": made.id}, now=now))
    assert len(texts) == len(told)


def test_leave_their_trace_without_a_word_of_the_reporter(brought_in, db, clerk):
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)
    code = keep(lambda: session().get_one(Station, TIANYUAN).code)
    made = keep(lambda: reports.report(ANYONE, code, Told("phone", "电话打不通"), now=now))
    keep(lambda: reports.answer(clerk, made.id, Reply(accepted=True, answer=""), now=now))

    entry = keep(lambda: session().scalars(select(AuditEntry).order_by(AuditEntry.position.desc())).first())
    assert (entry.act, entry.subject, entry.actor_id) == ("station_report.accepted", f"station:{TIANYUAN}", clerk.id)
    assert entry.details == {"report": made.id}


def test_a_keeper_finds_the_stations_of_their_region_by_code(code, clerk, neighbour):
    assert keeping.kept(clerk, code).id == TIANYUAN
    with pytest.raises(NotFound):
        keeping.kept(neighbour, code)


def test_that_nobody_ever_answered_lose_their_number_in_time(code, now):
    old = reports.report(ANYONE, code, WRONG, now=now - timedelta(days=181))
    new = reports.report(ANYONE, code, WRONG, now=now - timedelta(days=179))

    reports.forget_numbers({}, now=now)

    assert (reports.by_code(old.code).wants_text, reports.by_code(new.code).wants_text) == (False, True)
