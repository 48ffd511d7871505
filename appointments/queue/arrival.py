"""Coming to a station: a number for whoever ordered a time, and for whoever just comes, from one roll (B27)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from accounts import phone, throttle
from appointments.models import Appointment
from appointments.models.ticket import QueueDay, Ticket
from appointments.offers import ServiceKind
from appointments.queue import expected, hall, line
from appointments.queue.hall import Read
from appointments.queue.line import Held
from appointments.queue.states import TicketState
from appointments.states import AppointmentState
from core import audit, references
from core.calendar import CHINA, china_day
from core.db import fresh_id, session
from core.errors import Conflict, NotFound, Problem, Rejected, checklist
from core.identity import Actor, Audience, Permission, open_to
from locator import announcements, shown, snapshot
from locator import policy as places
from locator import queries as directory
from locator.hours.day import spans

HERE = frozenset({AppointmentState.BOOKED.value, AppointmentState.ARRIVED.value, AppointmentState.NO_SHOW.value})


@open_to(Audience.ANYONE)
def come(actor: Actor, code: str, read: Read, reference: str, *, address: str, now: datetime) -> Held:
    """Take a number in the hall: for the time one ordered, where its number is told, else as one comes.

    Every try is counted, so that the word of the day cannot be guessed.
    """
    throttle.count_address("queue_address", address, now=now)
    entry = hall.entered(code, read.sign, now=now)
    entry.require(read.word, code, now=now)
    station = entry.station
    if reference.strip():
        row = _for_order(_ordered_here(station.id, reference), now)
    else:
        _require_open(station, now)
        row = _numbered(station.id, now)
    audit.record(actor, "queue.came", f"ticket:{row.id}", now=now)
    return line.held(row, now=now)


@open_to(Permission.APPOINTMENTS_ATTEND)
def add(actor: Actor, code: str, reference: str, number: str, *, now: datetime) -> Held:
    """Give a number at the counter: for an order, or to whoever just comes; a mobile they name is texted."""
    mobile = phone.normalise(number)
    with checklist() as check:
        check.require(not mobile or phone.is_mobile(mobile), "phone_not_mobile", "phone")
    station = attended_station(actor, code)
    row = _for_order(_ordered_here(station.id, reference), now) if reference.strip() else _numbered(station.id, now)
    row.phone = mobile or row.phone
    audit.record(actor, "queue.added", f"ticket:{row.id}", now=now)
    return line.held(row, now=now)


@open_to(Audience.ANYONE)
def text_me(actor: Actor, link: str, *, now: datetime) -> Held:
    """Ask for a text when one's turn is near: to the number the time was ordered with."""
    row = _locked(link)
    order = session().get(Appointment, row.appointment_id) if row.appointment_id else None
    if order is None or row.state != TicketState.WAITING:
        raise Conflict("queue_no_number_to_text")
    row.phone = order.phone
    audit.record(actor, "queue.text_wanted", f"ticket:{row.id}", now=now)
    return line.held(row, now=now)


@open_to(Audience.ANYONE)
def leave(actor: Actor, link: str, *, now: datetime) -> Held:
    """Leave the queue; doing so twice changes nothing."""
    row = _locked(link)
    if row.state == TicketState.WAITING:
        row.state, row.over_at = TicketState.LEFT.value, now
        session().flush()
        audit.record(actor, "queue.left", f"ticket:{row.id}", now=now)
    return line.held(row, now=now)


def attended_station(actor: Actor, code: str) -> Any:
    """Give a station at which an actor attends to people; for a stranger there is none."""
    station = directory.station(code=code)
    if not places.keeps(actor, station.id, Permission.APPOINTMENTS_ATTEND):
        raise NotFound("station_unknown")
    return station


def _ordered_here(station_id: str, reference: str) -> Appointment:
    """Find an order at this place by the number people quote."""
    found = session().scalar(select(Appointment).where(Appointment.reference == references.tidy(reference)))
    if found is None or found.station_id != station_id:
        raise Rejected((Problem("queue_order_unknown", "reference"),))
    return found


def _for_order(order: Appointment, now: datetime) -> Ticket:
    """Give the number of an order: the one it has, or a new one; the order counts as arrived."""
    row = session().scalar(select(Ticket).where(Ticket.appointment_id == order.id))
    if row is not None:
        return row
    given = expected.rules()
    session().refresh(order, with_for_update=True)  # it may be given back or moved at this moment
    is_expected = order.state in HERE and order.service != ServiceKind.HOME_VISIT
    if not is_expected or china_day(order.starts_at) != china_day(now):
        raise Rejected((Problem("queue_order_unfit", "reference"),))
    if now < order.starts_at - timedelta(minutes=given.early_minutes):
        raise Rejected((Problem("queue_too_early", "reference", {"minutes": given.early_minutes}),))
    is_late = now > order.starts_at + timedelta(minutes=given.late_minutes)
    order.state, order.changed_at = AppointmentState.ARRIVED.value, now
    return _numbered(order.station_id, now, order=order, turn_at=now if is_late else order.starts_at)


def _numbered(
    station_id: str,
    now: datetime,
    *,
    order: Appointment | None = None,
    turn_at: datetime | None = None,
) -> Ticket:
    """Hand out the next number of the day. Whoever comes at the same moment waits for the row."""
    link = secrets.token_urlsafe(16)
    row = Ticket(
        id=fresh_id(),
        station_id=station_id,
        on=china_day(now),
        number=_next_number(station_id, now),
        appointment_id=order.id if order else None,
        state=TicketState.WAITING.value,
        is_booked=order is not None and turn_at == order.starts_at,
        turn_at=turn_at or now,
        arrived_at=now,
        phone="",
        link=link,
        link_index=line.link_index(link),
    )
    session().add(row)
    session().flush()
    return row


def _next_number(station_id: str, now: datetime) -> int:
    make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    first = make(QueueDay).values(station_id=station_id, on=china_day(now), last_number=1)
    counted = first.on_conflict_do_update(
        index_elements=["station_id", "on"], set_={"last_number": QueueDay.last_number + 1}
    ).returning(QueueDay.last_number)
    number: int = session().execute(counted, execution_options={"populate_existing": True}).scalar_one()
    return number


def _require_open(station: Any, now: datetime) -> None:
    """Give no number for a day, or an hour, on which nobody will be there; where nobody knows, the hall knows best."""
    schedule = snapshot.read(station.hours)
    if schedule is None:
        return
    announced = announcements.not_over(china_day(now), [station.id]).get(station.id, ())
    here = now.astimezone(CHINA)
    minute = here.hour * 60 + here.minute
    before = expected.rules().opens_before_minutes
    today = spans(schedule, china_day(now), shown.working_days(), announced)
    if not today or not today[0].opens - before <= minute < today[-1].closes:
        raise Rejected((Problem("queue_closed", "reference"),))


def _locked(link: str) -> Ticket:
    row = line.by_link(link)
    session().refresh(row, with_for_update=True)
    return row
