"""When a place will be full at the pace orders come in, which days are, and which shift would help (FEATURES B30)."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from appointments import queries, rota, rotas, seats
from appointments.fitting import BY_HOURS
from appointments.models import Appointment
from appointments.offers import Offer, ServiceKind
from appointments.rota import Hours, Slot
from core import logs, settings
from core.calendar import CHINA, ONE_DAY, china_day
from core.db import session
from core.identity import Actor, Permission, open_to
from core.jobs import recurs
from locator import policy as places
from locator import queries as directory

MOST_STATIONS = 100
log = logs.get("appointments")


@dataclass(frozen=True, slots=True)
class Rules:
    """From how many days the pace is taken, how many are looked ahead, and what is worth saying."""

    look_back_days: int
    look_ahead_days: int
    alarm_days: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A shift that would help: weekdays (1 is Monday), times, minutes each, how many at a time."""

    weekdays: tuple[int, ...]
    opens: str
    closes: str
    slot_minutes: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How a service of a station stands: places ahead, those left, orders a day, and in how many days it is full."""

    station: Any
    offer: Offer
    places: int
    free: int
    a_day: float
    full_in: int | None
    full_on: tuple[date, ...]
    by_roster: bool
    suggestion: Suggestion | None

    @property
    def is_alarm(self) -> bool:
        """Say whether it is worth saying."""
        return bool(self.full_on) or (self.full_in is not None and self.full_in <= rules().alarm_days)


@functools.cache
def _rules(folder: str) -> Rules:
    stands_in = Path(folder) / rotas.BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else rotas.BUNDLED
    return Rules(**tomllib.loads(file.read_text("utf-8"))["forecast"])


def rules() -> Rules:
    """Give the rules of this place."""
    return _rules(settings.current().rules_dir)


@open_to(Permission.APPOINTMENTS_ATTEND)
def of_region(actor: Actor, *, now: datetime) -> list[Forecast]:
    """Give the services of one's region that people order, the soonest full first."""
    here = Appointment.station_id.in_(places.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))
    return sorted(_forecasts(now, here), key=_urgency)


@recurs("appointments.looked_ahead", every=timedelta(hours=1))
def ring(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Ring the alarm while any day of the week ahead is full somewhere; the desk lists which, and what would help."""
    full = sum(bool(one.full_on) for one in _forecasts(now))
    if full:
        log.warning("appointments.full", count=full)


def _urgency(one: Forecast) -> tuple[Any, ...]:
    soon = one.full_in if one.full_in is not None else math.inf
    return (not one.is_alarm, soon, one.station.code, one.offer.code)


def _forecasts(now: datetime, *here: Any) -> Iterator[Forecast]:
    """Reckon them for all that were ordered lately, in a handful of statements however many there are."""
    given, first = rules(), china_day(now) + ONE_DAY
    ordered = _ordered(now - timedelta(days=given.look_back_days), *here)
    stations = directory.stations_by_id({station for station, _ in ordered}) if ordered else []
    kinds = sorted({kind for _, kind in ordered})
    known = queries.hours_of(stations, kinds, now=now) if stations else {}
    ids = [one.id for one in stations]
    taken = seats.taken(ids, kinds, first, given.look_ahead_days, now=now) if stations else {}
    days = rota.week(first, given.look_ahead_days)
    for station in stations:
        for offer in queries.offers_of(station):
            if count := ordered.get((station.id, offer.code)):
                name = seats.key(station.id, offer.code)
                slots = [slot for day in days for slot in rota.slots_on(known[name], offer, day)]
                yield _forecast(station, offer, known[name], slots, taken.get(name, {}), count / given.look_back_days)


def _ordered(since: datetime, *here: Any) -> Mapping[tuple[str, ServiceKind], int]:
    """Count the orders of late by station and service, the busiest stations first; cancelled ones do not count."""
    count = func.count()
    asked = (
        select(Appointment.station_id, Appointment.service, count)
        .where(Appointment.created_at >= since, Appointment.state != "cancelled", *here)
        .where(Appointment.service.in_([one.value for one in BY_HOURS]))
        .group_by(Appointment.station_id, Appointment.service)
        .order_by(count.desc(), Appointment.station_id)
        .limit(MOST_STATIONS)
    )
    return {(row[0], ServiceKind(row[1])): row[2] for row in session().execute(asked)}


def _forecast(
    station: Any, offer: Offer, hours: Hours, slots: Sequence[Slot], taken: Mapping[datetime, int], a_day: float
) -> Forecast:
    left = {slot: max(0, slot.capacity - taken.get(slot.starts_at, 0)) for slot in slots}
    free = sum(left.values())
    by_day: dict[date, int] = {}
    for slot, count in left.items():
        day = china_day(slot.starts_at)
        by_day[day] = by_day.get(day, 0) + count
    return Forecast(
        station=station,
        offer=offer,
        places=sum(slot.capacity for slot in slots),
        free=free,
        a_day=a_day,
        full_in=math.ceil(free / a_day) if slots else None,
        full_on=tuple(day for day, count in by_day.items() if not count),
        by_roster=hours.duty is not None,
        suggestion=_suggested(hours, slots, left) if slots and hours.duty is None else None,
    )


def _suggested(hours: Hours, slots: Sequence[Slot], left: Mapping[Slot, int]) -> Suggestion:
    """Suggest one more at a time on the busiest weekday; where no shifts are kept yet, on all days as they are now."""
    busiest = min(slots, key=lambda slot: (left[slot] / slot.capacity, slot.starts_at))
    day = china_day(busiest.starts_at)
    has_shifts = any(shift.is_kept(day) for shift in hours.shifts)
    those = [slot for slot in slots if china_day(slot.starts_at) == day] if has_shifts else slots
    weekdays = sorted({china_day(slot.starts_at).isoweekday() for slot in those})
    starts = [slot.starts_at.astimezone(CHINA) for slot in those]
    ends = [slot.ends_at.astimezone(CHINA) for slot in those]
    return Suggestion(
        weekdays=tuple(weekdays),
        opens=min(f"{one:%H:%M}" for one in starts),
        closes=max(f"{one:%H:%M}" for one in ends),
        slot_minutes=busiest.minutes,
        capacity=1 if has_shifts else busiest.capacity + 1,
    )
