"""How long people of each township are on the way to the nearest station they can walk into. Estimates (C16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from locator import gazetteer, needs, snapshot
from locator.nearest.asked import Wanted
from locator.region import Region
from locator.travel import Mode

OPEN_TO_ALL = Wanted(any_of=(needs.WALK_IN,))


@dataclass(frozen=True, slots=True)
class Spot:
    """A township, where it is, and the minutes to the nearest station; none where there is no station at all."""

    region: Region
    lat: float
    lon: float
    minutes: Mapping[Mode, int] | None

    def is_near(self, mode: Mode, most: int) -> bool:
        """Say whether a station is reached in time."""
        return self.minutes is not None and self.minutes[mode] <= most


def spots(towns: Iterable[Region], *, now: datetime) -> Iterator[Spot]:
    """Measure the way from each township that has a point."""
    directory, points = snapshot.current(now=now), gazetteer.points()
    for town in towns:
        if point := points.get(town.code):
            hits = directory.index.nearest((point.lat, point.lon), 1, OPEN_TO_ALL)
            land = directory.travel.terrain(town.code)
            minutes = {mode: directory.travel.minutes(hits[0].metres, mode, land) for mode in Mode} if hits else None
            yield Spot(town, point.lat, point.lon, minutes)
