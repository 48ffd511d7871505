"""Which orders no longer fit: nobody would be there, or fewer places are left than were promised (FEATURES B02)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from appointments import queries, rota, seats
from appointments.models import Appointment
from appointments.offers import ServiceKind, menu
from appointments.rota import Hours
from appointments.states import AppointmentState
from core.calendar import china_day, china_midnight
from core.db import session
from locator import queries as places

BY_HOURS = frozenset(ServiceKind) - {ServiceKind.HOME_VISIT}  # visits go by their teams
MOST = 500


@dataclass(frozen=True, slots=True)
class Stretch:
    """Services of a station on some days, the last one among them (none: for good)."""

    station_id: str
    services: tuple[ServiceKind, ...] = tuple(sorted(BY_HOURS))
    first: date = date.min
    last: date | None = None


def ordered(stretch: Stretch, *, now: datetime, lock: bool = False) -> Sequence[Appointment]:
    """Give the orders that still lie ahead there, those who came first first; held until the end where they change."""
    begin = max(now, china_midnight(stretch.first)) if stretch.first > date.min else now
    asked = select(Appointment).where(
        Appointment.station_id == stretch.station_id,
        Appointment.service.in_([one.value for one in BY_HOURS.intersection(stretch.services)]),
        Appointment.starts_at > begin - timedelta(microseconds=1),
        Appointment.state == AppointmentState.BOOKED.value,
    )
    if stretch.last is not None:
        asked = asked.where(Appointment.starts_at < china_midnight(stretch.last) + timedelta(days=1))
    asked = asked.order_by(Appointment.created_at, Appointment.id).limit(MOST)
    return session().scalars(asked.with_for_update() if lock else asked).all()


def misfits(rows: Iterable[Appointment], hours: Mapping[str, Hours]) -> list[Appointment]:
    """Give the orders that find no place any more, by time. Of those at one time who ordered last has to move."""
    at_a_time: dict[tuple[str, str, datetime], list[Appointment]] = defaultdict(list)
    for row in rows:
        at_a_time[row.station_id, row.service, row.starts_at].append(row)
    found: list[Appointment] = []
    for (station_id, service, starts_at), those in at_a_time.items():
        known = hours[seats.key(station_id, service)]
        slots = rota.slots_on(known, menu()[ServiceKind(service)], china_day(starts_at))
        places_left = next((slot.capacity for slot in slots if slot.starts_at == starts_at), 0)
        found += those[places_left:]
    return sorted(found, key=lambda row: (row.starts_at, row.id))


def now_unfit(stretch: Stretch, *, now: datetime, lock: bool = False) -> list[Appointment]:
    """Give the orders that do not fit what is known at this moment."""
    rows = ordered(stretch, now=now, lock=lock)
    return misfits(rows, hours_for(stretch, now=now)) if rows else []


def hours_for(stretch: Stretch, *, now: datetime) -> dict[str, Hours]:
    """Give what is known of the station's hours, by `station service`."""
    station: Any = places.station(which=stretch.station_id)
    return dict(queries.hours_of([station], list(stretch.services), now=now))
