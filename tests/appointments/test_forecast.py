"""Full in so many days, the shift that would help, and how fairly the work was shared."""

from datetime import date

import pytest
import time_machine

from accounts import roles
from accounts.models import StaffMember
from appointments import attendance, booking, fairness, forecast, rotas
from appointments.offers import ServiceKind
from appointments.rotas import Plan
from appointments.states import AppointmentState
from core.db import keep, session
from core.errors import Forbidden, NotSignedIn
from core.identity import ANYONE, SYSTEM, Actor, ActorKind, Permission
from locator import queries as places
from locator.models import DutyShift
from tests.appointments import town
from tests.appointments.test_rotas import keeper
from tests.appointments.town import SIGNED_IN, VIDEO, at, order
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in


def ordered(now, *clocks, ahead=1, service=None):
    for number, clock in enumerate(clocks):
        given = {"service": service} if service else {}
        who = town.citizen(f"137{ahead:04}{number:04}")
        assert booking.book(who, order(at(clock, ahead), **given), SIGNED_IN, now=now).reference


def test_full_in_so_many_days_at_the_pace_of_late(here, now):
    ordered(now, "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "14:00")

    (found,) = forecast.of_region(town.clerk(), now=now)

    assert (found.station.id, found.offer.code) == ("near", ServiceKind.WINDOW_TALK)
    assert (found.places, found.free, found.a_day) == (65, 58, 0.5)  # five working days of thirteen
    assert (found.full_in, found.full_on, found.is_alarm) == (116, (), False)
    assert found.suggestion == forecast.Suggestion((1, 2, 3, 4, 5), "09:00", "17:00", 30, 2)


def test_a_full_day_is_said_and_the_shift_that_helps_fits_the_form(here, now):
    town.seats(1, opens=540, closes=600)
    ordered(now, "09:00", "09:30", ahead=2)

    (found,) = forecast.of_region(town.clerk(), now=now)

    assert (found.full_on, found.is_alarm) == ((at(ahead=2).date(),), True)
    assert found.suggestion == forecast.Suggestion((3,), "09:00", "10:00", 30, 1)
    given = found.suggestion
    plan = Plan(frozenset({2}), given.opens, given.closes, given.slot_minutes, given.capacity, at().date())
    rotas.put(keeper(), town.code(), ServiceKind.WINDOW_TALK, plan, now=now)
    assert forecast.of_region(town.clerk(), now=now)[0].full_on == ()
    forecast.ring({}, now=now)


def test_the_alarm_rings_while_a_day_is_full(here, now, monkeypatch):
    rung = []
    monkeypatch.setattr(forecast.log, "warning", lambda *told, **given: rung.append((*told, given)))
    forecast.ring({}, now=now)
    town.seats(1, opens=540, closes=600)
    ordered(now, "09:00", "09:30", ahead=2)

    forecast.ring({}, now=now)

    assert rung == [("appointments.full", {"count": 1})]


def test_where_a_roster_counts_no_shift_is_suggested(here, now):
    session().add(DutyShift(station_id="near", on=at(ahead=1).date(), opens=540, closes=600, lawyer="李律师"))
    session().flush()
    ordered(now, "09:00", "09:30", service=VIDEO)

    (found,) = forecast.of_region(town.clerk(), now=now)

    assert (found.by_roster, found.suggestion, found.free) == (True, None, 0)
    assert found.full_in == 0
    session().query(DutyShift).delete()
    session().add(DutyShift(station_id="near", on=at().date(), opens=540, closes=600, lawyer="李律师"))
    session().flush()
    assert forecast.of_region(town.clerk(), now=now)[0].full_in is None


def test_it_is_the_business_of_the_region(here, now, count_statements):
    ordered(now, "09:00")
    assert forecast.of_region(town.clerk("430281"), now=now) == []
    for stranger, refusal in ((ANYONE, NotSignedIn), (town.citizen(), Forbidden)):
        with pytest.raises(refusal):
            forecast.of_region(stranger, now=now)
    with count_statements() as sent:
        forecast.of_region(town.clerk(), now=now)
    few = len(sent)
    for which in ("next", "far"):
        who = town.citizen(f"1360000000{which == 'far':d}")
        booking.book(who, order(at("10:00", 1), station=town.code(which)), SIGNED_IN, now=now)
    session().flush()
    with count_statements() as sent:
        assert len(forecast.of_region(town.clerk("4302"), now=now)) == 3
    assert len(sent) <= few


@pytest.mark.parametrize(
    ("counts", "index", "top"), [([], 0, 0), ([0, 0], 0, 0), ([3, 3, 3], 0, 1 / 3), ([0, 0, 0, 8], 0.75, 1)]
)
def test_the_index_of_gini(counts, index, top):
    assert fairness.gini(counts) == pytest.approx(index)
    assert fairness.top_share(counts) == pytest.approx(top)


def supervisor(region="430211"):
    may = frozenset({Permission.STATISTICS_READ})
    return Actor(id="supervisor", kind=ActorKind.STAFF, permissions=may, region=region)


def staff(name, now):
    roles.sync(SYSTEM)
    told = {"password_hash": "-", "totp_secret": "-", "work_number": "YS1", "created_at": now, "region": "430211"}
    member = StaffMember(username=name, name=name, **told)
    session().add(member)
    session().flush()
    roles.put_down(SYSTEM, member, "station_clerk", now=now)
    roles.vouch_for(SYSTEM, member, "station_clerk", now=now)
    session().flush()
    may = frozenset({Permission.APPOINTMENTS_ATTEND})
    return Actor(id=member.id, kind=ActorKind.STAFF, permissions=may, region="430211", name=name)


def test_whoever_attended_to_nobody_counts_too(here, now):
    busy, _idle = staff("李明", now), staff("王芳", now)
    ordered(now, "09:00", "09:30")
    for row in attendance.of_day(town.clerk(), at(ahead=1).date(), now=now):
        attendance.mark(busy, row.id, AppointmentState.DONE, now=at("12:00", 1))

    found = fairness.of_month(supervisor(), date(2026, 11, 20))

    assert [(one.name, one.count) for one in found.loads] == [("李明", 2), ("王芳", 0)]
    assert (found.gini, found.top_share) == (0.5, 1)
    assert fairness.of_month(supervisor(), date(2026, 10, 1)).gini == 0
    assert [one.count for one in fairness.of_month(supervisor("430281"), date(2026, 11, 1)).loads] == []
    with pytest.raises(Forbidden):
        fairness.of_month(town.clerk(), date(2026, 11, 1))
    with pytest.raises(Forbidden):
        fairness.of_month(supervisor(""), date(2026, 11, 1))


def test_the_desk_lists_what_is_full_and_leads_to_the_shift_that_helps(client, now):
    def prepare():
        town.put_up()
        town.seats(1, opens=540, closes=600)
        ordered(now, "09:00", "09:30", ahead=2)

    keep(prepare)
    browser = Browser(client)
    with time_machine.travel(now, tick=False):
        sign_staff_in(client, "station_clerk", "supervisor")
        browser.look("/desk/forecast")
        assert "已经满了：11月25日" in browser.words
        browser.look(browser.page.css_first("td a").attributes["href"])
        assert (browser.value("opens"), browser.value("capacity")) == ("09:00", "1")
        browser.look("/desk/forecast/fairness")
        assert "基尼系数" in browser.words
        for month in ("2026-10", "x", "2030-01"):
            assert "接待分得匀不匀" in browser.look(f"/desk/forecast/fairness?month={month}").heading
    places.forget()
