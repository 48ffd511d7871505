"""How long a team is on the road: the estimate of the house, the pace of the county, and the last steps to the door."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from appointments.visits.rules import Road
from locator.nearest import geodesic
from locator.travel import Mode, Terrain, Travel


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees of WGS-84, the land round it, and whether it stands for a whole township or village."""

    lat: float
    lon: float
    terrain: Terrain
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Roads:
    """What ways are estimated with. `pace` is what was learned in the county: 1 is as estimated."""

    travel: Travel
    road: Road
    pace: float = 1.0

    def minutes(self, one: Spot, other: Spot) -> int:
        """Estimate the minutes between two doors, over the harder of two lands; never too few."""
        metres = geodesic.metres(geodesic.spot(one.lat, one.lon), geodesic.spot(other.lat, other.lon))
        driven = max(self.travel.minutes(metres, Mode.DRIVE, land) for land in {one.terrain, other.terrain})
        unsure = self.road.unsure_minutes * (not (one.is_exact and other.is_exact))
        return math.ceil(driven * self.pace) + self.road.door_minutes + unsure

    def between(self, spots: Sequence[Spot]) -> list[list[int]]:
        """Estimate every way between spots."""
        size = range(len(spots))
        return [[0 if one == other else self.minutes(spots[one], spots[other]) for other in size] for one in size]
