"""Ordering a visit, changing it: a time is promised while the team's day is held, by one at a time (FEATURES B06)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from accounts import phone, throttle
from appointments import booking, conventions, displaced, guards, orders, queries
from appointments.guards import Proof
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.offers import ServiceKind
from appointments.orders import Order
from appointments.rota import Slot
from appointments.states import AppointmentState
from appointments.visits import companions, form, kept, leaving, times
from appointments.visits.form import VisitOrder
from appointments.visits.round import Stop
from appointments.visits.times import Arrival, Asked, Home, Setting
from appointments.visits.wishes import Relation, Wishes
from core import outbox, quiet
from core.db import session
from core.errors import Conflict, NotFound, Problem, checklist
from core.identity import Actor, Audience, open_to
from locator import queries as places


@dataclass(frozen=True, slots=True)
class Gone:
    """The window is not to be had (any more), and the nearest there are instead."""

    problem: Problem
    instead: Sequence[Arrival]


@open_to(Audience.ANYONE)
def order(actor: Actor, asked: VisitOrder, proof: Proof, *, now: datetime) -> Appointment | Gone | Problem:
    """Order a visit: signed in, or with the code that was texted to one's number.

    A wrong code is returned, not raised, for the try must be counted. Where the window is gone nothing is kept, so
    that the code is still good for another.
    """
    with checklist() as check:
        form.judge(asked, check)
        check.require(asked.starts_at, "slot_missing", "starts_at")
    assert asked.starts_at is not None  # noqa: S101  # just required
    found, setting = times.in_turn(asked.asked, asked.starts_at, now=now)
    with session().begin_nested() as part:
        number = guards.number_of(actor, proof, now=now)
        if isinstance(number, Problem):
            return number
        made = _promised(actor, asked, found, setting, number, now=now)
        if made is None:
            part.rollback()
    return made or gone(asked.asked, asked.starts_at, now=now)


@open_to(Audience.ANYONE)
def change(actor: Actor, link: str, starts_at: datetime, *, now: datetime) -> Appointment | Gone:
    """Move a visit to another window, perhaps with another team, for whoever has its personal link.

    One the office could not keep is put down anew that way, under its old number and link.
    """
    found, visit, asked = open_visit(link, now=now)
    stood = found.state == AppointmentState.BOOKED
    if stood and now > found.starts_at - times.offer().change_until:
        raise Conflict("appointment_too_late_to_change", minutes=times.offer().change_until_minutes)
    with checklist() as check:
        check.require(not stood or starts_at != found.starts_at, "slot_same", "starts_at")
    throttle.count("appointment_number", found.phone, now=now)
    with session().begin_nested() as part:
        if stood:
            leaving.take_out(visit, now=now)
        arrival, setting = first_free(asked, starts_at, now=now)
        if arrival is None:
            part.rollback()
        else:
            companions.release(found.id, now=now)
            put_with(found, visit, arrival, setting)
    if arrival is None:
        return gone(asked, starts_at, now=now)
    if not stood:
        displaced.settle(found, now=now)
        found.state = AppointmentState.BOOKED.value
    found.confirmed_at = None
    orders.moved_on(actor, found, "appointment.changed", now=now)
    _tell_visitee(found, visit, now=now)
    _want_interpreter(found, arrival, now=now)
    return found


def open_visit(link: str, *, now: datetime) -> tuple[Appointment, HomeVisit, Asked]:
    """Give a visit that stands, or that the office could not keep, and what other windows are looked for by.

    Held until the end.
    """
    found = booking.locked(link, now=now)
    visit = session().get(HomeVisit, found.id)
    if visit is None:
        raise NotFound("appointment_link_unknown")
    if found.state != AppointmentState.BOOKED and displaced.why(found) is None:
        raise Conflict("appointment_not_open")
    return found, visit, asked_of(visit)


def asked_of(visit: HomeVisit) -> Asked:
    """Give what windows are looked for by, for a visit that was ordered."""
    home = Home(visit.division_code, kept.spot_of(visit.division_code, visit.position))
    return Asked(home, Wishes.read(visit.wishes))


def gone(asked: Asked, starts_at: datetime, *, now: datetime) -> Gone:
    """Say that a window is gone, and which are nearest."""
    return Gone(Problem("slot_taken", "starts_at"), times.nearest(asked, starts_at, now=now))


def _promised(
    actor: Actor, asked: VisitOrder, found: Sequence[Arrival], setting: Setting, number: str, *, now: datetime
) -> Appointment | None:
    """Promise the window of the first team that still has it once its day is held."""
    for arrival in found:
        held = is_free(arrival, asked.where.home, setting)
        if held:
            return put_down(actor, asked, arrival, setting, number, now=now)
    return None


def first_free(
    asked: Asked, starts_at: datetime, *, besides: str = "", now: datetime
) -> tuple[Arrival | None, Setting]:
    """Give the best team that can come at a moment, its day held; nobody where none can."""
    found, setting = times.in_turn(asked, starts_at, now=now)
    coming = (one for one in found if one.team.id != besides)
    return next((one for one in coming if is_free(one, asked.home, setting)), None), setting


def is_free(arrival: Arrival, home: Home, setting: Setting) -> bool:
    """Hold a team's day, and look whether the window is still to be had."""
    held = kept.hold(arrival.team.id, arrival.on, arrival.span, setting.roads)
    return arrival.earliest in times.windows(home.spot, arrival.team, held, setting)


def put_down(
    actor: Actor, asked: VisitOrder, arrival: Arrival, setting: Setting, number: str, *, now: datetime
) -> Appointment:
    """Put a visit down, in a team's day that is held and in which it fits."""
    station = places.station(which=arrival.team.station_id)
    slot = Slot(arrival.starts_at, times.offer().minutes, 1)
    guards.require_room(station, times.offer(), slot, number, now=now)
    told = Order(
        station=station.code,
        service=ServiceKind.HOME_VISIT,
        starts_at=arrival.starts_at,
        name=asked.name,
        note=asked.note,
        needs=tuple(sorted(asked.wishes.needs)),
    )
    made = orders.put_down(actor, told, slot, (station, number), now=now)
    visit = _visit(made, asked, arrival)
    session().add(visit)
    _taken_in(visit, arrival, asked.where.home, setting)
    _tell_visitee(made, visit, now=now)
    _want_interpreter(made, arrival, now=now)
    return made


def _want_interpreter(made: Appointment, arrival: Arrival, *, now: datetime) -> None:
    """Have somebody be found who signs or speaks what nobody of the team does."""
    if arrival.interpreter:
        key = f"visit.interpreter_wanted:{made.id}:{made.sequence}"
        told = {"appointment": made.id, "sequence": made.sequence}
        outbox.put("visit.interpreter_wanted", due_at=now, key=key, **told)


def _tell_visitee(found: Appointment, visit: HomeVisit, *, now: datetime) -> None:
    if visit.visitee_link_index:
        key = f"visit.visitee_told:{found.id}:{found.sequence}"
        due_at = quiet.waking(now, conventions.agreed().quiet)
        outbox.put("visit.visitee_told", due_at=due_at, key=key, appointment=found.id, sequence=found.sequence)


def _visit(made: Appointment, asked: VisitOrder, arrival: Arrival) -> HomeVisit:
    whom, spot = asked.whom, asked.where.home.spot
    is_own = whom.relation is Relation.SELF
    link = "" if is_own else secrets.token_urlsafe(16)
    return HomeVisit(
        appointment_id=made.id,
        team_id=arrival.team.id,
        on=arrival.on,
        window_from=arrival.earliest,
        window_until=arrival.latest,
        minutes=made.minutes,
        division_code=asked.where.home.division,
        address=asked.where.address.strip(),
        access_notes=asked.where.access_notes.strip(),
        position={"lat": spot.lat, "lon": spot.lon, "exact": spot.is_exact},
        reasons=[one.value for one in asked.reasons],
        wishes=asked.wishes.written(),
        visitee_name=made.name if is_own else whom.name.strip(),
        visitee_phone=made.phone if is_own else phone.normalise(whom.phone),
        relation=whom.relation.value,
        visitee_link=link,
        visitee_link_index=queries.link_index(link) if link else None,
        safety_notes="",
        told_arrival=arrival.earliest,
    )


def put_with(found: Appointment, visit: HomeVisit, arrival: Arrival, setting: Setting) -> None:
    """Put a visit with a team whose day is held and in which it fits."""
    home = Home(visit.division_code, kept.spot_of(visit.division_code, visit.position))
    found.station_id, found.starts_at = arrival.team.station_id, arrival.starts_at
    visit.team_id, visit.on = arrival.team.id, arrival.on
    visit.window_from, visit.window_until = arrival.earliest, arrival.latest
    _taken_in(visit, arrival, home, setting)


def _taken_in(visit: HomeVisit, arrival: Arrival, home: Home, setting: Setting) -> None:
    """Plan the day anew with one more in it. It fits: the day is held since that was seen."""
    team = arrival.team
    stop = Stop(visit.appointment_id, arrival.earliest, arrival.latest, visit.minutes)
    held = kept.read([team.id], arrival.on, arrival.on)[team.id, arrival.on].together_with(stop, home.spot)
    plan = kept.planned(held, team.base, setting.roads)
    visit.told_arrival = kept.arrivals(plan, held.stops)[visit.appointment_id]
    kept.write(team.id, arrival.on, held, plan)


@open_to(Audience.ANYONE)
def ordered_for(actor: Actor, link: str, *, now: datetime) -> tuple[Appointment, HomeVisit]:  # noqa: ARG001
    """Give what was ordered for somebody, to whoever has the link that was sent to them."""
    visit = session().scalar(select(HomeVisit).where(HomeVisit.visitee_link_index == queries.link_index(link)))
    found = session().get(Appointment, visit.appointment_id) if visit else None
    if visit is None or found is None or found.starts_at + queries.LINK_LIVES < now:
        raise NotFound("appointment_link_unknown")
    return found, visit


@open_to(Audience.ANYONE)
def undo(actor: Actor, link: str, *, now: datetime) -> Appointment:
    """Cancel what somebody else ordered for one; doing so twice changes nothing."""
    found, _ = ordered_for(actor, link, now=now)
    return booking.cancel(actor, found.link, now=now)
