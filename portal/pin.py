"""Marking a home without a map: typed coordinates, one's position, or steps from the middle of the township (A35).

`read` takes what a form says, `nudged` moves it by a button, `shown` says in words where it lies, for whoever sees no
picture. It is never put into an address; four digits of a degree, some ten metres, are all that is kept of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from portal.asking import ask
from portal.forms import Reading, problem

NAMES = ("pin_lat", "pin_lon")
DIGITS = 4
STEP = 100  # metres
DEGREE = 111_320  # metres of latitude; longitude shrinks with the cosine
FARTHEST = 40_000  # as the service judges a point by the place it is said to be in
SMALLEST = 30  # metres: nearer than that is the middle itself
WAYS = {"north": (1, 0, "北"), "south": (-1, 0, "南"), "west": (0, -1, "西"), "east": (0, 1, "东")}
KILOMETRE = 1000
POINTS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")

Typed = Mapping[str, Any]
Point = tuple[float, float]


def read(form: Reading) -> dict[str, str]:
    """Read the fields as they were typed."""
    return {name: form.line(name, limit=16) for name in NAMES}


def moves(form: Mapping[str, str]) -> bool:
    """Say whether somebody only moved the pin, and is not done yet."""
    return "pin" in form


def nudged(typed: Typed, way: str, middle: Mapping[str, Any] | None) -> dict[str, str]:
    """Move the pin one step, from the middle where there was none; anything else takes it away."""
    at = point(typed) or (middle and (middle["lat"], middle["lon"]))
    if way not in WAYS or not at:
        return dict.fromkeys(NAMES, "")
    north, east, _ = WAYS[way]
    lat = at[0] + north * STEP / DEGREE
    lon = at[1] + east * STEP / (DEGREE * math.cos(math.radians(at[0])))
    return {"pin_lat": f"{lat:.{DIGITS}f}", "pin_lon": f"{lon:.{DIGITS}f}"}


def point(typed: Typed) -> Point | None:
    """Give the pin, where both figures are figures."""
    try:
        lat, lon = (round(float(typed[name]), DIGITS) for name in NAMES)
    except ValueError:
        return None
    return (lat, lon) if math.isfinite(lat) and math.isfinite(lon) else None


def problems(typed: Typed, middle: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Say what is wrong with what was typed: half a point, no figures, or far from the place that was chosen."""
    if not any(typed[name] for name in NAMES):
        return []
    at = point(typed)
    if at is None:
        return [problem("pin_unread", "pin_lat")]
    if middle is None or metres(at, (middle["lat"], middle["lon"])) > FARTHEST:
        return [problem("position_elsewhere", "pin_lat")]
    return []


def middle_of(region: str) -> Mapping[str, Any] | None:
    """Ask for the point of a place; none where nothing is chosen yet, or known."""
    found: Mapping[str, Any] | None = ask("DivisionMiddle", code=region)["division"]["middle"] if region else None
    return found


def shown(typed: Typed, middle: Mapping[str, Any] | None) -> str:
    """Say in words where the pin is."""
    at = point(typed)
    if at is None or middle is None:
        return ""
    base = middle["lat"], middle["lon"]
    far = metres(at, base)
    if far < SMALLEST:
        return f"现在标在{middle['name']}的中心。"
    return f"现在标在{middle['name']}中心的{_compass(base, at)}边，大约 {_distance(far)}。"


def metres(one: Point, other: Point) -> float:
    """Measure roughly: near enough for a few kilometres."""
    north = (one[0] - other[0]) * DEGREE
    east = (one[1] - other[1]) * DEGREE * math.cos(math.radians(other[0]))
    return math.hypot(north, east)


def _compass(base: Point, at: Point) -> str:
    east = (at[1] - base[1]) * math.cos(math.radians(base[0]))
    bearing = math.degrees(math.atan2(east, at[0] - base[0])) % 360
    return POINTS[round(bearing / 45) % len(POINTS)]


def _distance(far: float) -> str:
    return f"{round(far / 10) * 10} 米" if far < KILOMETRE else f"{far / KILOMETRE:.1f} 公里"
