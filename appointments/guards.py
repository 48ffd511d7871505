"""What stands before an order: whose number it is, how many orders a number may have, whether there is such a time."""

from __future__ import annotations

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
from appointments.offers import Offer
from appointments.rota import Slot
from appointments.states import AppointmentState
from core.db import session
from core.errors import Problem, Rejected
from core.identity import ANYONE, Actor, ActorKind


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


def taken(station: Any, offer: Offer, starts_at: datetime, *, now: datetime) -> Taken:
    """Say that a time is taken, and what else there is."""
    return Taken(Problem("slot_taken", "starts_at"), alternatives.instead_of(station, offer, starts_at, now=now))


def slot_at(station: Any, offer: Offer, starts_at: datetime, *, now: datetime) -> Slot | None:
    """Give the time that begins then, taken or not, where it can be ordered at this moment."""
    hours = queries.hours_of([station], [offer.code], now=now)[seats.key(station.id, offer.code)]
    return rota.slot_at(hours, offer, starts_at, now=now)


def number_of(actor: Actor, proof: Proof, *, now: datetime) -> str | Problem:
    """Say at which number somebody is to be reached: their account's, or the one they prove is theirs."""
    number = own_number(actor) or codes.weigh(ANYONE, proof.request, phone.normalise(proof.code), now=now)
    if not isinstance(number, Problem):
        throttle.count("appointment_number", number, now=now)  # its row also lets one order of a number in at a time
    return number


def own_number(actor: Actor) -> str | None:
    """Give the number of somebody with an account."""
    return people.phone_of(actor.id) if actor.kind is ActorKind.CITIZEN and actor.id else None


def require_room(station: Any, offer: Offer, slot: Slot, number: str, *, now: datetime) -> None:
    """Refuse a second order for one time, and more orders than a number may have ahead."""
    index = policy.index_of(number)
    require_no_other(station, offer, slot, index)
    ahead = (Appointment.phone_index == index, Appointment.service == offer.code.value, Appointment.starts_at > now)
    standing = select(func.count()).where(*ahead, Appointment.state == AppointmentState.BOOKED.value)
    if (session().scalar(standing) or 0) >= offer.most_open:
        reject("appointments_too_many", limit=offer.most_open)


def require_no_other(station: Any, offer: Offer, slot: Slot, index: str) -> None:
    """Refuse a second order of the same number for the same time; the unique index has the last word."""
    same = (
        Appointment.phone_index == index,
        Appointment.station_id == station.id,
        Appointment.service == offer.code.value,
        Appointment.starts_at == slot.starts_at,
        Appointment.state != AppointmentState.CANCELLED.value,
    )
    if session().scalar(select(Appointment.id).where(*same)) is not None:
        reject("slot_yours")


def reject(code: str, **params: int) -> NoReturn:
    """Refuse a time, with what can be put right."""
    raise Rejected((Problem(code, "starts_at", params),))
