"""What else there is when a time is taken: another time, another place, another way, in the same answer (B05)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from appointments import queries, seats
from appointments.offers import Offer
from appointments.rota import FreeDay, Slot
from core.calendar import ONE_DAY, china_day
from core.errors import NotFound
from locator import nearby
from locator.nearby import Near

DAYS_AHEAD, DAYS_BEFORE = 9, 2
NEIGHBOURS = 5


class AlternativeKind(StrEnum):
    """What is different about it."""

    TIME = "time"
    PLACE = "place"
    MODE = "mode"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A free time instead. `effort` is what it costs the person: minutes off the time they wanted, and the way."""

    kind: AlternativeKind
    station: Any
    offer: Offer
    slot: Slot
    effort: int
    near: Near | None = None


def instead_of(station: Any, offer: Offer, starts_at: datetime, *, now: datetime) -> list[Alternative]:
    """Give the best of each kind, the least effort first."""
    first = max(china_day(starts_at) - ONE_DAY * DAYS_BEFORE, china_day(now))
    offers = queries.offers_of(station)
    here = queries.free([station], offers, first, DAYS_AHEAD, now=now)
    found = [
        Alternative(_kind(one, offer), station, one, slot, _minutes_apart(slot, starts_at))
        for one in offers
        for slot in _nearest(here[seats.key(station.id, one.code)], starts_at)
    ]
    found += _elsewhere(station, offer, first, starts_at, now)
    best = [_best(one for one in found if one.kind is kind) for kind in AlternativeKind]
    return sorted((one for one in best if one), key=lambda one: one.effort)


def _kind(one: Offer, wanted: Offer) -> AlternativeKind:
    return AlternativeKind.TIME if one.code is wanted.code else AlternativeKind.MODE


def _elsewhere(station: Any, offer: Offer, first: date, starts_at: datetime, now: datetime) -> Sequence[Alternative]:
    try:
        near = nearby.around(station, NEIGHBOURS, now=now)
    except NotFound:  # nobody knows where it is
        return []
    ways = {one.station.id: one for one in near if offer in queries.offers_of(one.station.row)}
    rows = [way.station.row for way in ways.values()]
    free = queries.free(rows, [offer], first, DAYS_AHEAD, now=now)
    return [
        Alternative(AlternativeKind.PLACE, row, offer, slot, _minutes_apart(slot, starts_at) + way.ride_minutes, way)
        for row in rows
        for way in [ways[row.id]]
        for slot in _nearest(free[seats.key(row.id, offer.code)], starts_at)
    ]


def _nearest(days: Iterable[FreeDay], wanted: datetime) -> list[Slot]:
    slots = [slot for day in days for slot in day.slots]
    return sorted(slots, key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))[:1]


def _minutes_apart(slot: Slot, wanted: datetime) -> int:
    return abs(slot.starts_at - wanted) // timedelta(minutes=1)


def _best(found: Iterable[Alternative]) -> Alternative | None:
    return min(found, key=lambda one: one.effort, default=None)
