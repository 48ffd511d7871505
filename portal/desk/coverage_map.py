"""A schematic map: points where they lie, no borders, nothing from elsewhere; shapes tell them apart, not colours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, EDGE = 640.0, 480.0, 14.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on paper."""

    x: float
    y: float
    name: str
    is_near: bool


def marks(spots: Sequence[Mapping[str, Any]], near: int) -> list[Mark]:
    """Lay points out: north is up, and a degree of longitude is as much shorter as it is there."""
    if not spots:
        return []
    lats, lons = [one["lat"] for one in spots], [one["lon"] for one in spots]
    narrow = math.cos(math.radians((min(lats) + max(lats)) / 2))
    wide, high = (max(lons) - min(lons)) * narrow, max(lats) - min(lats)
    scale = min((WIDTH - 2 * EDGE) / (wide or 1), (HEIGHT - 2 * EDGE) / (high or 1))
    left, top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return [
        Mark(
            x=round(left + (one["lon"] - min(lons)) * narrow * scale, 1),
            y=round(top + (max(lats) - one["lat"]) * scale, 1),
            name=one["name"],
            is_near=one["minutes"] is not None and one["minutes"] <= near,
        )
        for one in spots
    ]
