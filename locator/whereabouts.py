"""Where a division is, and in which province a position lies, without asking anybody (FEATURES C12)."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from core.errors import Malformed, NotFound
from locator import gazetteer
from locator.coords import Datum, Position
from locator.nearest.asked import EVERYTHING, Points, Ranking
from locator.nearest.index import Index
from locator.region import Region

HOME = "43"
COUNTY_DIGITS = 6
FARTHEST = 300_000  # metres from any county's seat: beyond is the sea, or another country


@dataclass(frozen=True, slots=True)
class Spot:
    """The point of a division, or of the one round it that has one."""

    position: Position
    code: str


def of(region: Region) -> Spot:
    """Give a division's point: its own, else that of the smallest division round it."""
    known = _known()
    for code in reversed(region.steps):
        if code in known:
            lat, lon = known[code]
            return Spot(Position(lat, lon, Datum.WGS84), code)
    raise NotFound("place_without_point")


def division_at(position: Position) -> str:
    """Give the code of the county (in Hunan: the township) whose seat is nearest; refuse the open sea."""
    plain = position.to(Datum.WGS84)
    codes, index = _seats()
    hits = index.nearest((plain.lat, plain.lon), 1, EVERYTHING, Ranking(within=FARTHEST))
    if not hits:
        raise Malformed("position_nowhere")
    return codes[hits[0].number]


def is_outside(code: str) -> bool:
    """Say whether a division lies in another province."""
    return not code.startswith(HOME)


@functools.cache
def _known() -> dict[str, tuple[float, float]]:
    return gazetteer.centres() | {code: (point.lat, point.lon) for code, point in gazetteer.points().items()}


@functools.cache
def _seats() -> tuple[list[str], Index]:
    points = {code: at for code, at in sorted(_known().items()) if len(code) >= COUNTY_DIGITS}
    nothing = [0] * len(points)
    lat, lon = zip(*points.values(), strict=True)
    return list(points), Index(Points(lat, lon, nothing, nothing, nothing))
