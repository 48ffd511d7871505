"""Whom a call for help goes to: the nearest place where somebody is now, else the one that opens first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.errors import Malformed, NotFound, Problem, Rejected
from locator import nearby, origin, queries, whereabouts
from locator.coords import Datum, Position
from locator.nearby import Near
from locator.wish import Order, Wish

LOOKED_AT = 8
DIGITS = 2  # of a degree: a kilometre, which is enough to come and too little to find somebody by


@dataclass(frozen=True, slots=True)
class Answering:
    """Which station answers, and from when on somebody is there."""

    station_id: str
    answered_from: datetime


def nearest(position: Position | None, region: str, *, now: datetime) -> Answering:
    """Find who answers. An open door counts most, then the county that was named, then a named person, then the way."""
    try:
        start = origin.at(_coarse(position), region or None)
    except (NotFound, Malformed):
        raise Rejected((Problem("help_place_missing", "place"),)) from None
    found = nearby.Search(Wish(order=Order.DISTANCE), start, now=now).page(LOOKED_AT)[:LOOKED_AT]
    if not found:
        raise Rejected((Problem("help_nobody_near", "place"),))
    first = min(enumerate(found), key=lambda pair: _rank(pair[0], pair[1], region, now))[1]
    return Answering(first.station.id, _from(first, now))


def rounded(position: Position | None, region: str) -> dict[str, Any]:
    """Give where somebody is, as coarsely as it is kept."""
    if position is None:
        return {"region": region}
    coarse = _coarse(position)
    return {"lat": coarse.lat, "lon": coarse.lon, "datum": coarse.datum.value} if coarse else {}


def named(where: Mapping[str, Any]) -> str:
    """Name where somebody is, as coarsely as it was kept: staff know places, not degrees."""
    if "lat" in where:
        code = whereabouts.division_at(Position(where["lat"], where["lon"], Datum(where["datum"])))
        known = queries.regions([code]).get(code)
        return f"{known.full_name}一带" if known else f"{where['lat']}, {where['lon']}"
    return queries.division(where["region"]).full_name if where.get("region") else ""


def _coarse(position: Position | None) -> Position | None:
    if position is None:
        return None
    return Position(round(position.lat, DIGITS), round(position.lon, DIGITS), position.datum)


def _rank(place: int, near: Near, region: str, now: datetime) -> tuple[Any, ...]:
    is_open = near.station.opening is not None and near.station.opening.is_open
    begins = now if is_open else _from(near, now)
    is_elsewhere = not near.station.division_code.startswith(region)
    return (not is_open, begins, is_elsewhere, near.station.contact_person is None, place)


def _from(near: Near, now: datetime) -> datetime:
    """Say from when on somebody is there; where nobody knows, from now on: the clock must not wait for a guess."""
    opening = near.station.opening
    if opening is None or opening.is_open or opening.opens_at is None:
        return now
    return max(now, opening.opens_at)
