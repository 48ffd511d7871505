"""Duty lawyers: a roster from a weekly pattern, and the alarm where nobody stands in a shift."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from core import jobs
from core.audit import AuditEntry
from core.db import keep, session
from core.errors import Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, Permission
from locator import staffing
from locator.models import Station
from locator.staffing import Lawyer, Pattern
from tests import make

EDITING = frozenset({Permission.DIRECTORY_EDIT})
PLACE = "demo-430211-0"
MONDAY = date(2026, 11, 23)
CHEN = Lawyer("陈律师", "湖南某某律师事务所", "14302020100000001")
MORNINGS = Pattern(frozenset({0, 2}), "9:00", "12:00", MONDAY, date(2026, 12, 6), CHEN)


@pytest.fixture
def code(country):
    return session().get_one(Station, PLACE).code


@pytest.fixture
def clerk():
    return make.staff("430211", EDITING)


def days(clerk, code, first=MONDAY):
    return [(one.on, staffing.clock(one.opens), one.lawyer) for one in staffing.week(clerk, code, first)]


def test_comes_from_a_weekly_pattern(code, clerk, now):
    assert staffing.lay_out(clerk, code, MORNINGS, now=now) == staffing.LaidOut(4, 0, 0)

    assert days(clerk, code) == [(MONDAY, "09:00", "陈律师"), (date(2026, 11, 25), "09:00", "陈律师")]
    assert len(days(clerk, code, date(2026, 11, 30))) == 2


def test_leaves_holidays_out_and_keeps_weekends_that_are_meant(code, clerk, now):
    over_new_year = replace(MORNINGS, weekdays=frozenset({4, 5}), first_on=date(2026, 12, 28), last_on=date(2027, 1, 3))
    staffing.lay_out(clerk, code, over_new_year, now=now)

    assert [day for day, _, _ in days(clerk, code, date(2026, 12, 28))] == [date(2027, 1, 2)]


def test_fills_gaps_and_leaves_whoever_is_on_duty(code, clerk, now):
    staffing.lay_out(clerk, code, replace(MORNINGS, who=Lawyer(), last_on=MONDAY), now=now)
    overlapping = replace(MORNINGS, weekdays=frozenset({2}), opens="11:00", closes="13:00", last_on=date(2026, 11, 26))
    staffing.lay_out(clerk, code, replace(overlapping, who=Lawyer("周律师")), now=now)

    assert staffing.lay_out(clerk, code, MORNINGS, now=now) == staffing.LaidOut(2, 1, 1)
    assert [who for _, _, who in days(clerk, code)] == ["陈律师", "周律师"]


def test_is_shown_to_everybody_without_its_gaps(code, clerk, now):
    staffing.lay_out(clerk, code, MORNINGS, now=now)
    staffing.lay_out(clerk, code, replace(MORNINGS, opens="14:00", closes="17:00", who=Lawyer()), now=now)

    shown = staffing.on_duty([PLACE, "nowhere"], MONDAY)

    assert [(one.lawyer, one.firm, one.work_number) for one in shown[PLACE]] == [
        (CHEN.lawyer, CHEN.firm, CHEN.work_number)
    ]
    assert len(staffing.on_duty([PLACE], MONDAY, 7)[PLACE]) == 2


def test_somebody_else_takes_a_shift(code, clerk, now):
    staffing.lay_out(clerk, code, MORNINGS, now=now)
    shift = staffing.week(clerk, code, MONDAY)[0]

    staffing.assign(clerk, shift.id, Lawyer("周律师"), now=now)
    assert days(clerk, code)[0] == (MONDAY, "09:00", "周律师")
    staffing.cancel(clerk, shift.id, now=now)
    assert len(days(clerk, code)) == 1
    with pytest.raises(NotFound, match="duty_shift_unknown"):
        staffing.cancel(clerk, shift.id, now=now)


def test_a_name_that_is_too_long_is_said(code, clerk, now):
    staffing.lay_out(clerk, code, MORNINGS, now=now)
    shift = staffing.week(clerk, code, MONDAY)[0]

    with pytest.raises(Rejected):
        staffing.assign(clerk, shift.id, Lawyer("长" * 41), now=now)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"weekdays": frozenset()}, {"weekdays"}),
        ({"opens": "morning", "closes": "24:30"}, {"opens", "closes"}),
        ({"opens": "9:00", "closes": "9:10"}, {"closes"}),
        ({"opens": "00:00", "closes": "24:00"}, {"closes"}),
        ({"first_on": date(2026, 11, 22)}, {"last_on"}),
        ({"last_on": date(2026, 11, 22)}, {"last_on"}),
        ({"last_on": date(2027, 11, 22)}, {"last_on"}),
        ({"who": Lawyer("长" * 41, "长" * 81, "1" * 25)}, {"lawyer", "firm", "work_number"}),
    ],
)
def test_says_all_that_is_wrong_with_a_pattern(code, clerk, now, changed, fields):
    with pytest.raises(Rejected) as rejected:
        staffing.lay_out(clerk, code, replace(MORNINGS, **changed), now=now)

    assert {one.field for one in rejected.value.problems} == fields


def test_rings_while_a_shift_that_comes_soon_has_nobody(code, clerk, now):
    gap = replace(MORNINGS, who=Lawyer(), last_on=MONDAY + timedelta(days=30))
    staffing.lay_out(clerk, code, gap, now=now)

    found = staffing.gaps(clerk, now=now)

    assert [(one.on, one.station_code) for one in found] == [
        (MONDAY, code),
        (date(2026, 11, 25), code),
        (date(2026, 11, 30), code),
    ]
    assert staffing.gaps(make.staff("430281", EDITING), now=now) == []


def test_a_retired_station_rings_no_more(code, clerk, now):
    staffing.lay_out(clerk, code, replace(MORNINGS, who=Lawyer()), now=now)
    session().get_one(Station, PLACE).retired_on = MONDAY

    assert staffing.gaps(clerk, now=now) == []


def test_the_alarm_rings_once_a_day_on_its_own(brought_in, db, clerk, now):
    code = keep(lambda: session().get_one(Station, PLACE).code)
    with capture_logs() as quiet:
        jobs.run_due(now)
    keep(lambda: staffing.lay_out(clerk, code, replace(MORNINGS, who=Lawyer()), now=now))

    with capture_logs() as rung:
        jobs.run_due(now + timedelta(days=1))

    assert [one["count"] for one in quiet + rung if one["event"] == "duty.gaps"] == [2]


def test_every_change_is_on_record(brought_in, db, clerk, now):
    code = keep(lambda: session().get_one(Station, PLACE).code)
    keep(lambda: staffing.lay_out(clerk, code, MORNINGS, now=now))
    shift = keep(lambda: staffing.week(clerk, code, MONDAY))[0]
    keep(lambda: staffing.assign(clerk, shift.id, Lawyer(), now=now))
    keep(lambda: staffing.cancel(clerk, shift.id, now=now))

    entries = keep(lambda: session().scalars(select(AuditEntry).order_by(AuditEntry.position)).all())
    assert [one.act for one in entries][-3:] == ["duty.laid_out", "duty.assigned", "duty.cancelled"]
    assert "陈" not in str([one.details for one in entries])


@pytest.mark.parametrize(
    ("who", "refusal"),
    [(ANYONE, NotSignedIn), (make.staff("43"), Forbidden), (make.staff("430281", EDITING), NotFound)],
)
def test_is_nobody_elses_to_change(code, clerk, now, who, refusal):
    staffing.lay_out(clerk, code, MORNINGS, now=now)
    shift = staffing.week(clerk, code, MONDAY)[0].id

    for attempt in (
        lambda: staffing.week(who, code, MONDAY),
        lambda: staffing.lay_out(who, code, MORNINGS, now=now),
        lambda: staffing.assign(who, shift, CHEN, now=now),
        lambda: staffing.cancel(who, shift, now=now),
    ):
        with pytest.raises(refusal):
            attempt()


def test_a_place_has_rules_of_its_own(tmp_path):
    (tmp_path / "staffing.toml").write_text(
        "[roster]\nalarm_days=1\nhorizon_days=2\nshortest_minutes=3\nlongest_minutes=4\n", "utf-8"
    )
    assert staffing._rules(str(tmp_path)).alarm_days == 1
    assert staffing._rules(str(tmp_path / "elsewhere")) == staffing._rules("")


@pytest.mark.parametrize(
    ("typed", "read"), [("9:00", 540), ("09：05", 545), ("24:00", 1440), ("24:01", None), ("", None)]
)
def test_times_are_read_as_people_type_them(typed, read):
    assert staffing.minutes(typed) == read
