"""Shifts are laid out with all that is wrong said at once, a look ahead, and only by those who keep the place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from appointments import booking, displaced, fitting, queries, refitting, rotas
from appointments.fitting import Stretch
from appointments.models import Rota
from appointments.offers import ServiceKind
from appointments.rotas import Plan
from appointments.states import AppointmentState
from core.db import session
from core.errors import Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Actor, ActorKind, Permission
from core.outbox import Errand
from tests.appointments import town
from tests.appointments.town import SIGNED_IN, TALK, VIDEO, at, order

MONDAY = at().date()
PLAN = Plan(frozenset({0, 1}), "14:00", "17:00", 30, 2, MONDAY)


def keeper(region="430211"):
    may = frozenset({Permission.DIRECTORY_EDIT})
    return Actor(id=f"keeper-{region}", kind=ActorKind.STAFF, permissions=may, region=region, name="田小禾")


def booked(actor, now, **given):
    return booking.book(actor, order(**given), SIGNED_IN, now=now)


def errands(kind):
    return [one.payload for one in session().scalars(select(Errand).where(Errand.kind == kind))]


def carried_out(now):
    for payload in errands("appointment.refit"):
        refitting.after_a_change(payload, now=now)


def test_a_shift_is_the_times_of_its_service(here, now):
    made = rotas.put(keeper(), town.code(), TALK, PLAN, now=now)

    assert rotas.of_station(keeper(), town.code(), now=now) == [made]
    days = queries.free_times(town.code(), TALK, MONDAY, 3, now=now).days
    assert [len(day.slots) for day in days] == [6, 6, 0]


def test_all_that_is_wrong_is_said_at_once(here, now):
    wrong = Plan(frozenset(), "25:00", "x", 3, 0, MONDAY - timedelta(days=1), MONDAY - timedelta(days=2))

    for act in (rotas.put, rotas.preview):
        with pytest.raises(Rejected) as rejected:
            act(keeper(), town.code(), TALK, wrong, now=now)
        assert [one.field for one in rejected.value.problems] == [
            *("weekdays", "opens", "closes", "slot_minutes", "capacity", "first_on", "last_on"),
        ]
    with pytest.raises(Rejected) as rejected:
        rotas.put(keeper(), town.code(), TALK, replace(PLAN, closes="14:20"), now=now)
    assert rejected.value.problems == (Problem("rota_span_unfit", "closes", {"minutes": 30}),)


def test_it_is_the_business_of_those_who_keep_the_place(citizen, now):
    made = rotas.put(keeper(), town.code(), TALK, PLAN, now=now)

    for act in (rotas.put, rotas.preview):
        with pytest.raises(NotFound):
            act(keeper("430281"), town.code(), TALK, PLAN, now=now)
        with pytest.raises(NotFound, match="service_not_offered"):
            act(keeper(), town.code("next"), VIDEO, PLAN, now=now)
    for act in (rotas.preview_end, rotas.end):
        with pytest.raises(NotFound, match="rota_unknown"):
            act(keeper("430281"), made.id, MONDAY, now=now)
    with pytest.raises(NotFound):
        rotas.of_station(keeper("430281"), town.code(), now=now)
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (town.clerk(), Forbidden)):
        with pytest.raises(refusal):
            rotas.put(stranger, town.code(), TALK, PLAN, now=now)


def test_a_look_ahead_says_whom_it_affects_and_keeps_nothing(citizen, neighbour, now):
    fits, early = booked(citizen, now), booked(neighbour, now, starts_at=at("10:00", 1))

    ahead = rotas.preview(keeper(), town.code(), TALK, PLAN, now=now)

    assert (ahead.times, ahead.affected) == (12, [early])
    assert session().scalars(select(Rota)).all() == []
    assert fits.state == early.state == AppointmentState.BOOKED


def test_of_those_at_one_time_whoever_ordered_last_has_to_move(citizen, neighbour, now):
    made = rotas.put(keeper(), town.code(), TALK, PLAN, now=now)
    first = booked(citizen, now)
    last = booked(neighbour, now + timedelta(seconds=1))

    ahead = rotas.preview(keeper(), town.code(), TALK, replace(PLAN, capacity=1), shift_id=made.id, now=now)
    assert ahead.affected == [last]
    rotas.put(keeper(), town.code(), TALK, replace(PLAN, capacity=1), shift_id=made.id, now=now)
    carried_out(now)
    carried_out(now)

    assert (first.state, last.state) == (AppointmentState.BOOKED, AppointmentState.CANCELLED)
    assert len(errands("appointment.displaced")) == 1
    assert displaced.why(first) is None
    assert displaced.why(last) == "服务时间有调整"


def test_a_change_from_a_day_on_leaves_the_days_before_as_they_were(here, now):
    made = rotas.put(keeper(), town.code(), TALK, PLAN, now=now)
    later = replace(PLAN, opens="15:00", first_on=MONDAY + timedelta(days=7))

    ahead = rotas.preview(keeper(), town.code(), TALK, later, shift_id=made.id, now=now)
    changed = rotas.put(keeper(), town.code(), TALK, later, shift_id=made.id, now=now)

    assert ahead.times == 8
    assert made.last_on == MONDAY + timedelta(days=6)
    assert changed.id != made.id
    again = rotas.put(keeper(), town.code(), TALK, replace(later, opens="16:00"), shift_id=changed.id, now=now)
    assert again is changed
    assert [one.opens for one in rotas.of_station(keeper(), town.code(), now=now)] == [840, 960]


def test_an_ended_shift_is_kept_until_its_last_day_and_then_the_usual_pace_is(citizen, now):
    made = rotas.put(keeper(), town.code(), TALK, replace(PLAN, opens="14:15"), now=now)
    odd = booked(citizen, now, starts_at=at("14:15", 1))

    assert rotas.preview_end(keeper(), made.id, MONDAY, now=now) == [odd]
    assert rotas.preview_end(keeper(), made.id, MONDAY + timedelta(days=1), now=now) == []
    assert rotas.preview_end(keeper(), made.id, MONDAY - timedelta(days=1), now=now) == [odd]
    with pytest.raises(Rejected):
        rotas.end(keeper(), made.id, MONDAY - timedelta(days=2), now=now)
    rotas.end(keeper(), made.id, MONDAY, now=now)
    with pytest.raises(Rejected) as rejected:
        rotas.end(keeper(), made.id, MONDAY + timedelta(days=1), now=now)
    assert rejected.value.problems[0].code == "rota_over_by_then"
    carried_out(now)

    assert odd.state == AppointmentState.CANCELLED
    assert len(queries.free_times(town.code(), TALK, MONDAY + timedelta(days=1), 1, now=now).days[0].slots) == 13


def test_a_shift_that_has_not_begun_goes_when_it_is_ended_before(here, now):
    made = rotas.put(keeper(), town.code(), TALK, replace(PLAN, first_on=MONDAY + timedelta(days=3)), now=now)

    rotas.end(keeper(), made.id, MONDAY, now=now)

    assert rotas.of_station(keeper(), town.code(), now=now) == []


def test_home_visits_go_by_their_teams(here, now, monkeypatch):
    monkeypatch.setattr(fitting, "BY_HOURS", frozenset())
    with pytest.raises(NotFound, match="service_not_offered"):
        rotas.preview(keeper(), town.code(), TALK, PLAN, now=now)
    stretch = Stretch("near", (ServiceKind.HOME_VISIT,), date(2026, 11, 1), date(2026, 12, 1))
    assert fitting.now_unfit(stretch, now=now) == []
