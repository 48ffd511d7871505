"""Where something is, said with the datum it was said in: browsers, WeChat and Baidu each mean another spot.

WGS-84 is what satellites say, GCJ-02 what Chinese maps and WeChat say (some 600 m off), BD-09 what Baidu says (900 m
more). The forward formulas are the published ones; the inverses are solved, not approximated, to a micrometre.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Malformed

SOUTH, NORTH, WEST, EAST = 0.8293, 55.8271, 72.004, 137.8347  # where GCJ-02 differs from WGS-84
CHINA_SOUTH, CHINA_NORTH, CHINA_WEST, CHINA_EAST = 3, 54, 73, 136  # the country itself, in whole degrees
KRASOVSKY_AXIS, KRASOVSKY_E2 = 6_378_245.0, 0.006_693_421_622_965_943  # the ellipsoid the formula was made with
BAIDU_TURN = math.pi * 3000 / 180
BAIDU_LAT, BAIDU_LON = 0.006, 0.0065
STEPS = 8  # each takes off all but some hundredths of what is left: four would do for a micrometre
GRID = 2  # decimals of a degree: about a kilometre
LARGEST_LAT, LARGEST_LON = 90, 180
Pair = tuple[float, float]


class Datum(StrEnum):
    """The frame a coordinate is in."""

    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees, in the frame it names."""

    lat: float
    lon: float
    datum: Datum

    def to(self, datum: Datum) -> Position:
        """Say the same spot in another frame; outside China's box all frames agree."""
        if self.datum is datum or not in_china(self):
            return Position(self.lat, self.lon, datum)
        pair = (self.lat, self.lon)
        if self.datum is Datum.BD09:
            pair = _solved(_baidu, pair)
        if self.datum is Datum.WGS84:
            pair = _gcj(pair)
        if datum is Datum.BD09:
            pair = _baidu(pair)
        if datum is Datum.WGS84:
            pair = _solved(_gcj, pair)
        return Position(*pair, datum)


def located(lat: float, lon: float, datum: Datum) -> Position:
    """Take a position from outside; refuse what cannot be one, and say what is probably wrong with it."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise Malformed("position_out_of_range")
    if CHINA_WEST <= lat <= CHINA_EAST and CHINA_SOUTH <= lon <= CHINA_NORTH:
        raise Malformed("position_swapped")
    if abs(lat) > LARGEST_LAT or abs(lon) > LARGEST_LON:
        raise Malformed("position_out_of_range")
    if lat == 0 and lon == 0:  # what a device says that does not know
        raise Malformed("position_empty")
    return Position(lat, lon, datum)


def in_china(position: Position) -> bool:
    """Say whether a position is in the box the Chinese frames hold in; it reaches well beyond the borders."""
    return SOUTH <= position.lat <= NORTH and WEST <= position.lon <= EAST


def rounded(position: Position) -> Position:
    """Give the middle of the square kilometre, as statistics may keep it: nobody's doorstep."""
    plain = position.to(Datum.WGS84)
    return Position(round(plain.lat, GRID), round(plain.lon, GRID), Datum.WGS84)


def _solved(forward: Callable[[Pair], Pair], wanted: Pair) -> Pair:
    """Find what `forward` turns into `wanted`: each step takes off what is still too much."""
    lat, lon = wanted
    for _ in range(STEPS):
        got_lat, got_lon = forward((lat, lon))
        lat, lon = lat - (got_lat - wanted[0]), lon - (got_lon - wanted[1])
    return lat, lon


def _gcj(pair: Pair) -> Pair:
    lat, lon = pair
    north, east = _shift(lon - 105.0, lat - 35.0)
    rad = math.radians(lat)
    root = 1 - KRASOVSKY_E2 * math.sin(rad) ** 2
    meridian = KRASOVSKY_AXIS * (1 - KRASOVSKY_E2) / (root * math.sqrt(root))
    parallel = KRASOVSKY_AXIS / math.sqrt(root) * math.cos(rad)
    return lat + math.degrees(north / meridian), lon + math.degrees(east / parallel)


def _shift(x: float, y: float) -> Pair:
    """Give the metres a point is moved north and east, from its degrees off 105° E and 35° N."""
    pi, sin, root = math.pi, math.sin, math.sqrt(abs(x))
    common = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    return north, east


def _baidu(pair: Pair) -> Pair:
    y, x = pair
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * BAIDU_TURN)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * BAIDU_TURN)
    return radius * math.sin(angle) + BAIDU_LAT, radius * math.cos(angle) + BAIDU_LON
