"""The way to a place as people are told it: how far, which way, and about how long."""

from __future__ import annotations

import math
from dataclasses import dataclass

from locator.travel import Mode, Terrain, Travel

KILOMETRE = 1_000
STEP = 10  # metres: nobody counts single ones
POINTS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
Degrees = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Way:
    """From one point to another, in WGS-84; with a point that is approximate, whole kilometres are all that is said."""

    start: Degrees
    end: Degrees
    exact: float
    terrain: Terrain
    travel: Travel
    is_approximate: bool

    @property
    def metres(self) -> float:
        """Give the distance as far as it is known."""
        return round(self.exact / KILOMETRE) * KILOMETRE if self.is_approximate else round(self.exact, 1)

    @property
    def distance_text(self) -> str:
        """Say the distance."""
        if self.is_approximate:
            whole = round(self.exact / KILOMETRE)
            return f"约 {whole} 公里" if whole else "1 公里以内"
        metres = round(self.exact / STEP) * STEP
        if metres < KILOMETRE:
            return f"{metres} 米"
        kilometres = self.exact / KILOMETRE
        return f"{kilometres:.1f} 公里" if kilometres < 100 else f"{kilometres:.0f} 公里"  # noqa: PLR2004

    @property
    def bearing(self) -> int:
        """Give the direction to set out in, in degrees from north."""
        lat, there = math.radians(self.start[0]), math.radians(self.end[0])
        turn = math.radians(self.end[1] - self.start[1])
        east = math.sin(turn) * math.cos(there)
        north = math.cos(lat) * math.sin(there) - math.sin(lat) * math.cos(there) * math.cos(turn)
        return round(math.degrees(math.atan2(east, north))) % 360

    @property
    def bearing_text(self) -> str:
        """Say the direction."""
        return POINTS[round(self.bearing / 45) % len(POINTS)]

    @property
    def walk_minutes(self) -> int:
        """Estimate the time on foot."""
        return self._minutes(Mode.WALK)

    @property
    def ride_minutes(self) -> int:
        """Estimate the time by bicycle."""
        return self._minutes(Mode.RIDE)

    @property
    def drive_minutes(self) -> int:
        """Estimate the time by car."""
        return self._minutes(Mode.DRIVE)

    def _minutes(self, mode: Mode) -> int:
        return self.travel.minutes(self.exact, mode, self.terrain)
