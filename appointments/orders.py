"""What somebody orders, and the appointment that comes of it: put down, moved on, told about."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from appointments import policy, queries
from appointments.models import Appointment
from appointments.needs import AccessNeed
from appointments.offers import ServiceKind
from appointments.rota import Slot
from appointments.states import AppointmentState
from core import audit, outbox
from core.db import fresh_id, session
from core.errors import Checklist
from core.identity import Actor, ActorKind
from core.references import fresh

LONGEST_NAME, LONGEST_NOTE = 40, 200


class Reach(StrEnum):
    """How somebody wants to be told and reminded."""

    TEXT = "text"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody orders. `hold` is the secret of the time that is kept for them, where one is."""

    station: str
    service: ServiceKind
    starts_at: datetime
    name: str
    note: str = ""
    needs: tuple[AccessNeed, ...] = ()
    hold: str = ""
    reach: Reach = Reach.TEXT
    calling: Mapping[str, str] | None = None


def judge(order: Order, check: Checklist) -> None:
    """Say what is wrong with the words of an order."""
    check.require(order.name.strip(), "appointment_name_missing", "name")
    check.require(len(order.name) <= LONGEST_NAME, "appointment_name_long", "name", limit=LONGEST_NAME)
    check.require(len(order.note) <= LONGEST_NOTE, "appointment_note_long", "note", limit=LONGEST_NOTE)


def put_down(actor: Actor, order: Order, slot: Slot, whose: tuple[Any, str], *, now: datetime) -> Appointment:
    """Put an appointment down for a place that was taken: at a station, for a number."""
    made = drawn_up(actor, order, slot, whose, now=now)
    session().add(made)
    stands(actor, made, "appointment.booked", now=now)
    return made


def drawn_up(actor: Actor, order: Order, slot: Slot, whose: tuple[Any, str], *, now: datetime) -> Appointment:
    """Write an appointment that is not put down yet: there may be no place for it."""
    station, number = whose
    link = secrets.token_urlsafe(16)
    return Appointment(
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
        sequence=0,
        link=link,
        link_index=queries.link_index(link),
        created_at=now,
        changed_at=now,
        reach=order.reach.value,
        calling=dict(order.calling) if order.calling else None,
        confirmed_at=None,
    )


def moved_on(actor: Actor, found: Appointment, act: str, *, now: datetime) -> None:
    """Count a change, put it on record, and leave the text that tells of it."""
    found.sequence += 1
    found.changed_at = now
    stands(actor, found, act, now=now)


def stands(actor: Actor, found: Appointment, act: str, *, now: datetime) -> None:
    """Put on record how an appointment stands, and leave the text that tells of it."""
    session().flush()
    audit.record(actor, act, f"appointment:{found.id}", now=now, sequence=found.sequence)
    told = f"appointment.told:{found.id}:{found.sequence}"
    outbox.put("appointment.told", due_at=now, key=told, appointment=found.id, sequence=found.sequence)
