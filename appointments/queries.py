"""Asking what is free, and what was ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import literal, select, tuple_

from appointments import policy, rota, seats
from appointments.models import Appointment, Rota
from appointments.offers import Offer, ServiceKind, menu
from appointments.rota import FreeDay, Hours, Shift, Slot
from appointments.states import AppointmentState
from core.calendar import ONE_DAY, china_day, instant
from core.crypto import blind_index
from core.db import Instant, session
from core.errors import Malformed, NotFound
from core.identity import Actor, Audience, open_to
from locator import announcements, queries, shown, snapshot, staffing
from locator.hours.span import Span
from locator.kinds import RESTRICTED

LONGEST_LOOK = 31  # days anybody may ask for at once
UNDER_WAY = timedelta(hours=1)
LINK_LIVES = timedelta(days=1)  # after the time it is about


@dataclass(frozen=True, slots=True)
class Free:
    """What is free at a station for a service."""

    station: Any
    offer: Offer
    days: Sequence[FreeDay]
    last_on: date


def offers_of(station: Any) -> list[Offer]:
    """Give what can be ordered at a station by itself."""
    if station.retired_on or station.kind in RESTRICTED:
        return []
    return [one for one in menu().values() if one.is_bookable and one.station_service in station.services]


def offered(station: Any, kind: ServiceKind) -> Offer:
    """Give a service that can be ordered at a station, or raise `NotFound`."""
    found = next((one for one in offers_of(station) if one.code is kind), None)
    if found is None:
        raise NotFound("service_not_offered")
    return found


def free_times(code: str, kind: ServiceKind, first: date, days: int, *, now: datetime) -> Free:
    """Give the free times of some days, empty days too."""
    if not 1 <= days <= LONGEST_LOOK:
        raise Malformed("page_size", limit=LONGEST_LOOK)
    station = queries.station(code=code)
    offer = offered(station, kind)
    found = free([station], [offer], first, days, now=now)[seats.key(station.id, kind)]
    return Free(station, offer, found, rota.last_day(offer, now=now))


def next_free(code: str, *, now: datetime) -> tuple[Offer, Slot] | None:
    """Give the next time somebody can be seen at a station, whichever service that is; nothing where none is."""
    station = queries.station(code=code)
    offers = offers_of(station)
    found = free([station], offers, china_day(now), LONGEST_LOOK, now=now)
    first = [(one, slot) for one in offers for slot in earliest(found[seats.key(station.id, one.code)])]
    return min(first, key=lambda pair: pair[1].starts_at, default=None)


def earliest(days: Iterable[FreeDay]) -> list[Slot]:
    """Give the first free time, if there is any."""
    return [slot for day in days for slot in day.slots][:1]


def free(
    stations: Sequence[Any], offers: Sequence[Offer], first: date, days: int, *, now: datetime
) -> Mapping[str, list[FreeDay]]:
    """Give what is free at several stations, by `station service`, in three statements and the calendar."""
    ids, kinds = [one.id for one in stations], [one.code for one in offers]
    asked = rota.week(first, days)
    known, used = hours_of(stations, kinds, now=now), seats.taken(ids, kinds, first, days, now=now)
    return {
        name: list(rota.free_days(known[name], offer, asked, used.get(name, {}), now=now))
        for station in stations
        for offer in offers
        for name in [seats.key(station.id, offer.code)]
    }


def hours_of(stations: Sequence[Any], kinds: Sequence[ServiceKind], *, now: datetime) -> Mapping[str, Hours]:
    """Give what is known of the hours of stations, by `station service`."""
    ids = [one.id for one in stations]
    announced = announcements.not_over(china_day(now) - ONE_DAY, ids)
    shifts = _shifts(ids, kinds)
    duty = _duty(stations, kinds, now=now)
    working = shown.working_days()
    return {
        name: Hours(
            calendar=working,
            schedule=snapshot.read(station.hours),
            deviations=announced.get(station.id, ()),
            slots_an_hour=station.slots_an_hour,
            shifts=shifts.get(name, ()),
            duty=duty.get(station.id) if menu()[kind].by_duty else None,
        )
        for station in stations
        for kind in kinds
        for name in [seats.key(station.id, kind)]
    }


def _duty(
    stations: Sequence[Any], kinds: Sequence[ServiceKind], *, now: datetime
) -> Mapping[str, Mapping[date, Sequence[Span]]]:
    """Give when duty lawyers are there, where any of the services is theirs (FEATURES B26)."""
    theirs = {menu()[kind].station_service for kind in kinds if menu()[kind].by_duty}
    ids = [one.id for one in stations if theirs.intersection(one.services)]
    return staffing.rosters(ids, china_day(now)) if ids else {}


def _shifts(ids: Sequence[str], kinds: Sequence[ServiceKind]) -> Mapping[str, Sequence[Shift]]:
    wanted = (Rota.station_id.in_(ids), Rota.service.in_([kind.value for kind in kinds]))
    found: dict[str, list[Shift]] = {}
    for row in session().execute(select(*Rota.__table__.c).where(*wanted).order_by(Rota.opens, Rota.id)):
        shift = Shift(
            weekdays=frozenset(map(int, row.weekdays)),
            first_on=row.first_on,
            last_on=row.last_on,
            span=Span(row.opens, row.closes),
            slot_minutes=row.slot_minutes,
            capacity=row.capacity,
        )
        found.setdefault(seats.key(row.station_id, row.service), []).append(shift)
    return found


def link_index(link: str) -> str:
    """Hash the secret of a link."""
    return blind_index(link, "appointment.link")


def by_link(link: str, *, now: datetime) -> Appointment:
    """Give the appointment a personal link is for, to whoever has it; nothing once it is over."""
    found = session().scalar(select(Appointment).where(Appointment.link_index == link_index(link)))
    if found is None or found.starts_at + LINK_LIVES < now:
        raise NotFound("appointment_link_unknown")
    return found


@open_to(Audience.CITIZEN)
def mine(actor: Actor, *, first: int, after: Sequence[Any] | None = None) -> Sequence[Appointment]:
    """Give one's own appointments, the latest first: `first` and one more, after the key (moment, id)."""
    order = tuple_(Appointment.starts_at, Appointment.id)
    found = select(Appointment).where(policy.visible_to(actor))
    if after is not None:
        found = found.where(order < _key(after))
    newest = (Appointment.starts_at.desc(), Appointment.id.desc())
    return session().scalars(found.order_by(*newest).limit(first + 1)).all()


@open_to(Audience.CITIZEN)
def coming(actor: Actor, *, now: datetime) -> Appointment | None:
    """Give one's own next appointment, be it under way; nothing where none is ordered."""
    still = (policy.visible_to(actor), Appointment.state == AppointmentState.BOOKED.value)
    ahead = select(Appointment).where(*still, Appointment.starts_at > now - UNDER_WAY)
    return session().scalar(ahead.order_by(Appointment.starts_at, Appointment.id).limit(1))


def stations_of(rows: Iterable[Appointment]) -> Mapping[str, Any]:
    """Give the stations of appointments by their ids, in one statement."""
    ids = sorted({one.station_id for one in rows})
    return {row.id: row for row in queries.stations_by_id(ids, retired_too=True)} if ids else {}


def _key(after: Sequence[Any]) -> Any:
    if [type(part) for part in after] != [str, str]:
        raise Malformed("cursor_unknown")
    try:
        return tuple_(literal(instant(after[0]), Instant()), literal(after[1]))
    except ValueError:
        raise Malformed("cursor_unknown") from None
