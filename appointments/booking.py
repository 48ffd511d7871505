"""Ordering a time, changing it, giving it back. Nobody is promised a place that somebody else has (FEATURES B03)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import func, select

from accounts import codes, phone, throttle
from accounts import queries as people
from appointments import alternatives, policy, queries, rota, seats
from appointments.alternatives import Alternative
from appointments.models import Appointment
from appointments.needs import AccessNeed
from appointments.offers import Offer, ServiceKind, menu
from appointments.rota import Slot
from appointments.states import AppointmentState
from core import audit, outbox
from core.db import fresh_id, session
from core.errors import Checklist, Conflict, Problem, Rejected, checklist
from core.identity import ANYONE, Actor, ActorKind, Audience, open_to
from core.references import fresh
from locator import queries as places

LONGEST_NAME, LONGEST_NOTE = 40, 200


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody orders."""

    station: str
    service: ServiceKind
    starts_at: datetime
    name: str
    note: str = ""
    needs: tuple[AccessNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """That a number is theirs, for whoever has not signed in: the code that was texted, and what it answers."""

    request: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The time is not to be had (any more), and what there is instead."""

    problem: Problem
    instead: Sequence[Alternative]


@open_to(Audience.ANYONE)
def book(actor: Actor, order: Order, proof: Proof, *, now: datetime) -> Appointment | Taken | Problem:
    """Order a time: signed in, or with the code that was texted to one's number.

    A wrong code is returned, not raised, for the try must be counted. Where the time is taken nothing is kept, so
    that the code is still good for another.
    """
    with checklist() as check:
        _judge(order, check)
    station = places.station(code=order.station)
    offer = queries.offered(station, order.service)
    slot = _free(station, offer, order.starts_at, now)
    if slot is None or seats.is_full(station.id, offer.code, slot):
        if slot is not None and (own := _own_number(actor)):
            _require_no_other(station, offer, slot, policy.index_of(own))
        return _taken(station, offer, order.starts_at, now)
    with session().begin_nested() as part:
        number = _number(actor, proof, now)
        if isinstance(number, Problem):
            return number
        _require_room(station, offer, slot, number, now)
        has_place = seats.take(station.id, offer.code, slot)
        if not has_place:
            part.rollback()
    if not has_place:
        return _taken(station, offer, order.starts_at, now)
    return _added(actor, order, slot, (station, number), now)


@open_to(Audience.ANYONE)
def change(actor: Actor, link: str, starts_at: datetime, *, now: datetime) -> Appointment | Taken:
    """Move an appointment to another time at the same place, for whoever has its personal link."""
    found = _locked(link, now)
    station, offer = places.station(which=found.station_id), menu()[ServiceKind(found.service)]
    if found.state != AppointmentState.BOOKED:
        raise Conflict("appointment_not_open")
    if now > found.starts_at - offer.change_until:
        raise Conflict("appointment_too_late_to_change", minutes=offer.change_until_minutes)
    with checklist() as check:
        check.require(starts_at != found.starts_at, "slot_same", "starts_at")
    throttle.count("appointment_number", found.phone, now=now)
    slot = _free(station, offer, starts_at, now)
    if slot is not None:
        _require_no_other(station, offer, slot, found.phone_index)
    if slot is None or not seats.take(station.id, offer.code, slot):
        return _taken(station, offer, starts_at, now)
    seats.give_back(found.station_id, found.service, found.starts_at)
    found.starts_at, found.minutes = slot.starts_at, slot.minutes
    _moved_on(actor, found, "appointment.changed", now)
    return found


@open_to(Audience.ANYONE)
def cancel(actor: Actor, link: str, *, now: datetime) -> Appointment:
    """Give an appointment back, for whoever has its personal link; doing so twice changes nothing."""
    found = _locked(link, now)
    offer = menu()[ServiceKind(found.service)]
    if found.state == AppointmentState.CANCELLED:
        return found
    if found.state != AppointmentState.BOOKED:
        raise Conflict("appointment_not_open")
    if now > found.starts_at - offer.cancel_until:
        raise Conflict("appointment_too_late_to_cancel")
    seats.give_back(found.station_id, found.service, found.starts_at)
    found.state = AppointmentState.CANCELLED.value
    _moved_on(actor, found, "appointment.cancelled", now)
    return found


def _judge(order: Order, check: Checklist) -> None:
    check.require(order.name.strip(), "appointment_name_missing", "name")
    check.require(len(order.name) <= LONGEST_NAME, "appointment_name_long", "name", limit=LONGEST_NAME)
    check.require(len(order.note) <= LONGEST_NOTE, "appointment_note_long", "note", limit=LONGEST_NOTE)


def _number(actor: Actor, proof: Proof, now: datetime) -> str | Problem:
    """Say at which number somebody is to be reached: their account's, or the one they prove is theirs."""
    number = _own_number(actor) or codes.weigh(ANYONE, proof.request, phone.normalise(proof.code), now=now)
    if not isinstance(number, Problem):
        throttle.count("appointment_number", number, now=now)  # its row also lets one order of a number in at a time
    return number


def _own_number(actor: Actor) -> str | None:
    return people.phone_of(actor.id) if actor.kind is ActorKind.CITIZEN and actor.id else None


def _require_room(station: Any, offer: Offer, slot: Slot, number: str, now: datetime) -> None:
    """Refuse a second order for one time, and more orders than a number may have ahead."""
    index = policy.index_of(number)
    _require_no_other(station, offer, slot, index)
    ahead = (Appointment.phone_index == index, Appointment.service == offer.code.value, Appointment.starts_at > now)
    standing = select(func.count()).where(*ahead, Appointment.state == AppointmentState.BOOKED.value)
    if (session().scalar(standing) or 0) >= offer.most_open:
        _reject("appointments_too_many", limit=offer.most_open)


def _free(station: Any, offer: Offer, starts_at: datetime, now: datetime) -> Slot | None:
    hours = queries.hours_of([station], [offer.code], now=now)[seats.key(station.id, offer.code)]
    return rota.slot_at(hours, offer, starts_at, now=now)


def _require_no_other(station: Any, offer: Offer, slot: Slot, index: str) -> None:
    """Refuse a second order of the same number for the same time; the unique index has the last word."""
    same = (
        Appointment.phone_index == index,
        Appointment.station_id == station.id,
        Appointment.service == offer.code.value,
        Appointment.starts_at == slot.starts_at,
        Appointment.state != AppointmentState.CANCELLED.value,
    )
    if session().scalar(select(Appointment.id).where(*same)) is not None:
        _reject("slot_yours")


def _taken(station: Any, offer: Offer, starts_at: datetime, now: datetime) -> Taken:
    return Taken(Problem("slot_taken", "starts_at"), alternatives.instead_of(station, offer, starts_at, now=now))


def _added(actor: Actor, order: Order, slot: Slot, whose: tuple[Any, str], now: datetime) -> Appointment:
    station, number = whose
    link = secrets.token_urlsafe(16)
    made = Appointment(
        id=fresh_id(),
        reference=fresh("YY"),
        person_id=actor.id if actor.kind is ActorKind.CITIZEN else None,
        phone=number,
        phone_index=policy.index_of(number),
        name=order.name.strip(),
        note=order.note.strip(),
        needs=[one.value for one in order.needs],
        station_id=station.id,
        service=order.service.value,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        state=AppointmentState.BOOKED.value,
        sequence=-1,
        link=link,
        link_index=queries.link_index(link),
        created_at=now,
        changed_at=now,
    )
    session().add(made)
    _moved_on(actor, made, "appointment.booked", now)
    return made


def _moved_on(actor: Actor, found: Appointment, act: str, now: datetime) -> None:
    """Count a change, put it on record, and leave the text that tells of it."""
    found.sequence += 1
    found.changed_at = now
    session().flush()
    audit.record(actor, act, f"appointment:{found.id}", now=now, sequence=found.sequence)
    told = f"appointment.told:{found.id}:{found.sequence}"
    outbox.put("appointment.told", due_at=now, key=told, appointment=found.id, sequence=found.sequence)


def _locked(link: str, now: datetime) -> Appointment:
    """Give the appointment of a link, held until the transaction ends."""
    found = queries.by_link(link, now=now)
    session().refresh(found, with_for_update=True)
    return found


def _reject(code: str, **params: int) -> NoReturn:
    raise Rejected((Problem(code, "starts_at", params),))
