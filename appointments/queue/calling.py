"""Calling the next one: two windows never call the same number (B27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from appointments import attendance
from appointments.models import Appointment
from appointments.models.ticket import Ticket
from appointments.queue import expected, line
from appointments.queue.arrival import attended_station
from appointments.queue.states import NEXT, TicketState
from appointments.states import AppointmentState
from core import audit, outbox, settings, sms
from core.calendar import china_day
from core.db import session
from core.errors import Conflict, NotFound, checklist
from core.identity import Actor, Permission, open_to
from core.jobs import handles, recurs
from locator import policy as places

LONGEST_WINDOW = 20
SWEPT_DAYS = 31  # a worker may have rested for long
SOON = "快到您了（{number} 号），请回到大厅。现在的情况：{address}"
NOW = "请 {number} 号到“{window}”。{address}"


@open_to(Permission.APPOINTMENTS_ATTEND)
def of_today(actor: Actor, code: str, *, now: datetime) -> Sequence[Ticket]:
    """Give the tickets of today at a station of one's region: who is called, who waits in order, who missed it."""
    station = attended_station(actor, code)
    day = china_day(now)
    called = select(Ticket).where(line.of_day(station.id, day, TicketState.CALLED)).order_by(Ticket.called_at)
    missed = select(Ticket).where(line.of_day(station.id, day, TicketState.MISSED)).order_by(Ticket.number)
    rows = session().scalars
    return [*rows(called), *line.waiting(station.id, now=now), *rows(missed)]


@open_to(Permission.APPOINTMENTS_ATTEND)
def call_next(actor: Actor, code: str, window: str, *, now: datetime) -> Ticket | None:
    """Call the next one to a window; whoever this person called before is done. Nobody where nobody waits.

    The texts are an errand's: rows of those who still wait are not touched here, for windows would wait in a ring.
    """
    with checklist() as check:
        check.require(window.strip(), "queue_window_missing", "window")
        check.require(len(window) <= LONGEST_WINDOW, "queue_window_long", "window", limit=LONGEST_WINDOW)
    station = attended_station(actor, code)
    day = china_day(now)
    mine = (line.of_day(station.id, day, TicketState.CALLED), Ticket.called_by == actor.id)
    for row in session().scalars(select(Ticket).where(*mine).with_for_update()).all():
        _put(actor, row, TicketState.SERVED, now)
    session().flush()
    first = (
        select(Ticket.id).where(line.of_day(station.id, day, TicketState.WAITING)).order_by(*line.order(now)).limit(1)
    )
    told = {"state": TicketState.CALLED.value, "called_at": now, "called_by": actor.id, "window": window.strip()}
    taken = (
        update(Ticket)
        .where(Ticket.id == first.with_for_update(skip_locked=True).scalar_subquery())
        .values(**told)
        .returning(Ticket.id)
        .execution_options(synchronize_session=False)
    )
    called = session().scalar(taken)
    if called is None:
        return None
    row = session().get_one(Ticket, called, populate_existing=True)
    audit.record(actor, "queue.called", f"ticket:{row.id}", now=now)
    outbox.put("queue.moved", due_at=now, station=station.id, ticket=row.id)
    return row


@open_to(Permission.APPOINTMENTS_ATTEND)
def mark(actor: Actor, ticket_id: str, state: TicketState, *, now: datetime) -> Ticket:
    """Say what became of a number: done, not there when called, back in the queue."""
    mine = Ticket.station_id.in_(places.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))
    row = session().scalar(select(Ticket).where(Ticket.id == ticket_id, mine).with_for_update())
    if row is None:
        raise NotFound("ticket_unknown")
    if state not in NEXT[TicketState(row.state)]:
        raise Conflict("ticket_state_unfit")
    _put(actor, row, state, now)
    audit.record(actor, f"queue.{state.value}", f"ticket:{row.id}", now=now)
    return row


@handles("queue.moved")
def tell(payload: dict[str, Any], *, now: datetime) -> None:
    """Text who was called where to go, and those who wait outside that their turn is near, once each."""
    called = session().get_one(Ticket, payload["ticket"])
    if called.state == TicketState.CALLED and called.phone:
        sms.send(called.phone, NOW.format(number=called.number, window=called.window, address=address(called)))
    near = [one.id for one in line.waiting(payload["station"], now=now)[: expected.rules().text_when_ahead + 1]]
    asked = select(Ticket).where(Ticket.id.in_(near), Ticket.texted_at.is_(None), Ticket.state == TicketState.WAITING)
    for row in session().scalars(asked.order_by(Ticket.id).with_for_update(skip_locked=True)).all():
        if row.phone:
            row.texted_at = now
            sms.send(row.phone, SOON.format(number=row.number, address=address(row)))


@recurs("queue.swept", every=timedelta(days=1))
def forget(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget the telephone numbers of the days before; whoever still waited then has left (P6)."""
    today = china_day(now)
    before = (Ticket.on < today, Ticket.on >= today - timedelta(days=SWEPT_DAYS))
    session().execute(update(Ticket).where(*before).values(phone=""))
    still = Ticket.state.in_([TicketState.WAITING.value, TicketState.CALLED.value])
    session().execute(update(Ticket).where(*before, still).values(state=TicketState.LEFT.value))


def address(row: Ticket) -> str:
    """Give the address of a ticket's personal link."""
    return f"{settings.current().public_url}/queue/of/{row.link}"


def _put(actor: Actor, row: Ticket, state: TicketState, now: datetime) -> None:
    """Bring a ticket into a state, and the order it is for with it."""
    row.state = state.value
    row.over_at = now if state in {TicketState.SERVED, TicketState.LEFT} else None
    if state == TicketState.WAITING:
        row.turn_at, row.is_booked, row.called_at, row.texted_at = now, False, None, None
    order = session().get(Appointment, row.appointment_id) if row.appointment_id else None
    if state == TicketState.SERVED and order is not None and order.state == AppointmentState.ARRIVED:
        attendance.mark(actor, order.id, AppointmentState.DONE, now=now)
