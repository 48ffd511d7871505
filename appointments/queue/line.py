"""Who waits, in which order, and how a day has gone so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from appointments.models.ticket import Ticket
from appointments.queue import expected
from appointments.queue.expected import Wait
from appointments.queue.states import TicketState
from core.calendar import china_day
from core.crypto import blind_index
from core.db import session
from core.errors import NotFound
from locator import queries as places

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Held:
    """A ticket as its holder sees it: how many are before them, and how long that may take."""

    row: Ticket
    station: Any
    ahead: int
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class Board:
    """What everybody in the hall may see: numbers and windows, and no names."""

    station: Any
    called: Sequence[Ticket]
    waiting: int
    wait: Wait


def order(now: datetime) -> tuple[Any, ...]:
    """Give the order people are called in: times that were ordered and have come first, then as they came."""
    is_due = case((and_(Ticket.is_booked, Ticket.turn_at <= now), 0), else_=1)
    return (is_due, Ticket.turn_at, Ticket.number)


def of_day(station_id: str, day: date, *states: TicketState) -> ColumnElement[bool]:
    """Say which tickets are meant: of a station and day, in some states."""
    return and_(Ticket.station_id == station_id, Ticket.on == day, Ticket.state.in_([one.value for one in states]))


def waiting(station_id: str, *, now: datetime) -> Sequence[Ticket]:
    """Give who waits at a station now, in order."""
    asked = select(Ticket).where(of_day(station_id, china_day(now), TicketState.WAITING)).order_by(*order(now))
    return session().scalars(asked).all()


def held(row: Ticket, *, now: datetime) -> Held:
    """Show a ticket to its holder."""
    station = places.station(which=row.station_id)
    if row.state != TicketState.WAITING or row.on != china_day(now):
        return Held(row, station, 0, None)
    ids = [one.id for one in waiting(row.station_id, now=now)]
    if row.id not in ids:  # called at this moment
        return Held(row, station, 0, None)
    ahead = ids.index(row.id)
    return Held(row, station, ahead, _wait(row.station_id, ahead, now))


def board(code: str, *, now: datetime) -> Board:
    """Give what stands on the large display of a station."""
    station = places.station(code=code)
    day = china_day(now)
    newest = (
        select(Ticket)
        .where(of_day(station.id, day, TicketState.CALLED))
        .order_by(Ticket.called_at.desc(), Ticket.number)
    )
    called = session().scalars(newest.limit(MOST_SHOWN)).all()
    count = (
        session().scalar(select(func.count()).select_from(Ticket).where(of_day(station.id, day, TicketState.WAITING)))
        or 0
    )
    return Board(station, called, count, _wait(station.id, count, now))


def by_link(link: str) -> Ticket:
    """Give the ticket a personal link is for, to whoever has it."""
    found = session().scalar(select(Ticket).where(Ticket.link_index == link_index(link)))
    if found is None:
        raise NotFound("ticket_unknown")
    return found


def link_index(link: str) -> str:
    """Hash the secret of a link."""
    return blind_index(link, "ticket.link")


def _wait(station_id: str, ahead: int, now: datetime) -> Wait:
    """Reckon the wait from the talks of today and the windows that are at work."""
    called = Ticket.called_at.is_not(None)
    columns = (Ticket.called_at, Ticket.over_at, Ticket.called_by)
    asked = select(*columns).where(of_day(station_id, china_day(now), TicketState.CALLED, TicketState.SERVED), called)
    rows = session().execute(asked).all()
    talks = [(row.over_at - row.called_at) / timedelta(minutes=1) for row in rows if row.over_at]
    since = now - timedelta(minutes=expected.rules().window_minutes)
    at_work = {row.called_by for row in rows if row.called_at >= since}
    return expected.wait(ahead, len(at_work), talks)
