"""Distances on the WGS-84 ellipsoid, between points given by their place in space (ECEF, metres).

Under 20 km the way over the ground follows from the straight line alone: everywhere the ellipsoid bends in circles of
6,335 to 6,400 km, which leaves less than 0.1 mm open. Under 300 km it is the arc that bends as the ellipsoid does in
its middle; beyond, Vincenty's inverse; where that does not settle, on opposite sides of the earth, geopy. None was
found to be more than 0.1 mm from geopy, over China or anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from geopy.distance import geodesic

AXIS = 6_378_137.0
FLATTENING = 1 / 298.257_223_563
POLAR_AXIS = AXIS * (1 - FLATTENING)
E2 = FLATTENING * (2 - FLATTENING)
TIGHTEST, WIDEST = POLAR_AXIS**2 / AXIS, AXIS**2 / POLAR_AXIS  # radii of curvature: the least and the greatest
AXIS_BEND, POLAR_BEND = 1 / AXIS**2, 1 / POLAR_AXIS**2
BEND = (1 / TIGHTEST**2 + 1 / WIDEST**2) / 48
NEAR, FAR = 20_000.0, 300_000.0
SETTLED = 1e-13  # radians: less than a micrometre
MOST_STEPS = 20
Spot = tuple[float, float, float]


def spot(lat: float, lon: float) -> Spot:
    """Place a point given in degrees."""
    phi, lam = math.radians(lat), math.radians(lon)
    sin = math.sin(phi)
    normal = AXIS / math.sqrt(1 - E2 * sin * sin)
    out = normal * math.cos(phi)
    return out * math.cos(lam), out * math.sin(lam), normal * (1 - E2) * sin


def exact(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Measure as the oracle does, which takes twenty times as long: what is equal there is equal."""
    return float(geodesic((lat, lon), (other_lat, other_lon)).m)


def metres(one: Spot, other: Sequence[float]) -> float:
    """Measure the way over the ground; a tenth of a millimetre from the oracle."""
    line = math.dist(one, other)
    if line < NEAR:
        return line * (1 + line * line * BEND)
    if line < FAR:
        return _arc(one, other)
    found = _vincenty(one, other)
    return exact(*_degrees(one), *_degrees(other)) if found is None else found


def _arc(one: Spot, other: Sequence[float]) -> float:
    (x, y, z), (there_x, there_y, there_z) = one, other
    dx, dy, dz = there_x - x, there_y - y, there_z - z
    line = dx * dx + dy * dy + dz * dz
    out, up = ((x + there_x) ** 2 + (y + there_y) ** 2) / 4, (z + there_z) ** 2 / 4
    onto = out * AXIS_BEND + up * POLAR_BEND  # how deep the middle lies, as a share
    slope = (out * AXIS_BEND * AXIS_BEND + up * POLAR_BEND * POLAR_BEND) / onto
    bend = (line - dz * dz) * AXIS_BEND + dz * dz * POLAR_BEND
    angle = bend * bend / (line * slope)  # of the arc, about, and squared
    return math.sqrt(line) * (1 + angle * (1 / 24 + angle * 3 / 640))


def _vincenty(one: Spot, other: Sequence[float]) -> float | None:
    """Solve the inverse problem (Vincenty 1975); None where it does not settle."""
    (x, y, z), (there_x, there_y, there_z) = one, other
    u1, u2 = z / POLAR_AXIS, there_z / POLAR_AXIS  # sines of the reduced latitudes, and their cosines:
    c1, c2 = math.hypot(x, y) / AXIS, math.hypot(there_x, there_y) / AXIS
    apart = math.atan2(x * there_y - y * there_x, x * there_x + y * there_y)
    lam = apart
    for _ in range(MOST_STEPS):
        sin_lam, cos_lam = math.sin(lam), math.cos(lam)
        sin_sigma = math.hypot(c2 * sin_lam, c1 * u2 - u1 * c2 * cos_lam)
        cos_sigma = u1 * u2 + c1 * c2 * cos_lam
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = c1 * c2 * sin_lam / sin_sigma
        cos2 = 1 - sin_alpha * sin_alpha
        middle = cos_sigma - 2 * u1 * u2 / cos2 if cos2 > 0 else 0.0
        c = FLATTENING / 16 * cos2 * (4 + FLATTENING * (4 - 3 * cos2))
        bent = sigma + c * sin_sigma * (middle + c * cos_sigma * (2 * middle * middle - 1))
        before, lam = lam, apart + (1 - c) * FLATTENING * sin_alpha * bent
        if abs(lam - before) < SETTLED:
            return _length(cos2, sigma, sin_sigma, cos_sigma, middle)
    return None


def _length(cos2: float, sigma: float, sin_sigma: float, cos_sigma: float, middle: float) -> float:
    u = cos2 * (AXIS * AXIS - POLAR_AXIS * POLAR_AXIS) / (POLAR_AXIS * POLAR_AXIS)
    a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
    m2 = middle * middle
    tail = cos_sigma * (2 * m2 - 1) - b / 6 * middle * (4 * sin_sigma * sin_sigma - 3) * (4 * m2 - 3)
    return POLAR_AXIS * a * (sigma - b * sin_sigma * (middle + b / 4 * tail))


def _degrees(point: Sequence[float]) -> tuple[float, float]:
    x, y, z = point
    lat = math.atan2(z, (1 - E2) * math.hypot(x, y))
    return math.degrees(lat), math.degrees(math.atan2(y, x))
