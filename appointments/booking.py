"""Ordering a time, changing it, giving it back. Nobody is promised a place that somebody else has (FEATURES B03)."""

from __future__ import annotations

from datetime import datetime

from accounts import throttle
from appointments import approvals, guards, holds, offering, orders, policy, queries, seats
from appointments.aftercare import missed
from appointments.guards import Proof, Taken
from appointments.models import Appointment
from appointments.offers import ServiceKind, menu
from appointments.orders import Order
from appointments.states import AppointmentState
from appointments.visits import leaving
from core import audit
from core.db import session
from core.errors import Conflict, NotFound, Problem, checklist
from core.identity import Actor, Audience, open_to
from locator import queries as places


@open_to(Audience.ANYONE)
def book(actor: Actor, order: Order, proof: Proof, *, now: datetime) -> Appointment | Taken | Problem:
    """Order a time: signed in, or with the code that was texted to one's number.

    A wrong code is returned, not raised, for the try must be counted. Where the time is taken nothing is kept, so
    that the code is still good for another.
    """
    with checklist() as check:
        orders.judge(order, check)
    station = places.station(code=order.station)
    offer = queries.offered(station, order.service)
    held = holds.of_slot(order.hold, station.id, offer.code, order.starts_at, now=now)
    slot = guards.slot_at(station, offer, order.starts_at, now=held.made_at if held else now)
    if slot is None or (held is None and seats.is_full(station.id, offer.code, slot, now=now)):
        if slot is not None and (own := guards.own_number(actor)):
            guards.require_no_other(station, offer, slot, policy.index_of(own))
        return guards.taken(station, offer, order.starts_at, now=now)
    with session().begin_nested() as part:
        number = guards.number_of(actor, proof, now=now)
        if isinstance(number, Problem):
            return number
        guards.require_room(station, offer, slot, number, now=now)
        missed.require_room(order.needs, number, now=now)
        made = orders.drawn_up(actor, order, slot, (station, number), now=now)
        has_place = holds.turn_in(held.id) if held else seats.take_for(made, slot, now=now)
        if not has_place:
            part.rollback()
    if not has_place:
        return guards.taken(station, offer, order.starts_at, now=now)
    session().add(made)
    orders.stands(actor, made, "appointment.booked", now=now)
    if offer.needs_approval:
        approvals.ask(made, now=now)
    return made


@open_to(Audience.ANYONE)
def change(actor: Actor, link: str, starts_at: datetime, *, now: datetime) -> Appointment | Taken:
    """Move an appointment to another time at the same place, for whoever has its personal link."""
    found = locked(link, now=now)
    station, offer = places.station(which=found.station_id), menu()[ServiceKind(found.service)]
    if offer.code is ServiceKind.HOME_VISIT:  # a team's day is changed by `visits.ordering`
        raise NotFound("service_not_offered")
    if found.state != AppointmentState.BOOKED:
        raise Conflict("appointment_not_open")
    if now > found.starts_at - offer.change_until:
        raise Conflict("appointment_too_late_to_change", minutes=offer.change_until_minutes)
    with checklist() as check:
        check.require(starts_at != found.starts_at, "slot_same", "starts_at")
    throttle.count("appointment_number", found.phone, now=now)
    slot = guards.slot_at(station, offer, starts_at, now=now)
    if slot is not None:
        guards.require_no_other(station, offer, slot, found.phone_index)
    if slot is None or not seats.take(station.id, offer.code, slot, now=now):
        return guards.taken(station, offer, starts_at, now=now)
    offering.pass_on(offering.place_of(found), now=now)
    found.starts_at, found.minutes = slot.starts_at, slot.minutes
    found.confirmed_at = None
    orders.moved_on(actor, found, "appointment.changed", now=now)
    if offer.needs_approval:
        approvals.ask(found, now=now)
    return found


@open_to(Audience.ANYONE)
def cancel(actor: Actor, link: str, *, now: datetime) -> Appointment:
    """Give an appointment back, for whoever has its personal link; doing so twice changes nothing."""
    found = locked(link, now=now)
    offer = menu()[ServiceKind(found.service)]
    if found.state == AppointmentState.CANCELLED:
        return found
    if found.state != AppointmentState.BOOKED:
        raise Conflict("appointment_not_open")
    if now > found.starts_at - offer.cancel_until:
        raise Conflict("appointment_too_late_to_cancel")
    found.state = AppointmentState.CANCELLED.value
    session().flush()
    if offer.code is ServiceKind.HOME_VISIT:
        leaving.leave(found, now=now)
    else:
        offering.pass_on(offering.place_of(found), now=now)
    orders.moved_on(actor, found, "appointment.cancelled", now=now)
    return found


@open_to(Audience.ANYONE)
def confirm(actor: Actor, link: str, *, now: datetime) -> Appointment:
    """Say that one will come, for whoever has the personal link; doing so twice changes nothing."""
    found = locked(link, now=now)
    if found.state != AppointmentState.BOOKED or now > found.starts_at:
        raise Conflict("appointment_not_open")
    if found.confirmed_at is None:
        found.confirmed_at = now
        audit.record(actor, "appointment.confirmed", f"appointment:{found.id}", now=now)
    return found


def locked(link: str, *, now: datetime) -> Appointment:
    """Give the appointment of a link, held until the transaction ends."""
    found = queries.by_link(link, now=now)
    session().refresh(found, with_for_update=True)
    return found
