"""How long people of each township are on the way to the nearest station they can walk into. Estimates (C16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from locator import gazetteer, needs, shown, snapshot, timely
from locator.nearest.asked import Wanted
from locator.needs import Need
from locator.region import Region
from locator.snapshot import Directory
from locator.travel import Mode


class Among(StrEnum):
    """Which stations the way is measured to."""

    ANY = "ANY"
    ACCESSIBLE = "ACCESSIBLE"
    LATE = "LATE"


NEEDED = {Among.ANY: None, Among.ACCESSIBLE: Need.WHEELCHAIR_RAMP, Among.LATE: Need.OPEN_AFTER_18}


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


def spots(towns: Iterable[Region], among: Among, *, now: datetime) -> Iterator[Spot]:
    """Measure the way from each township that has a point to the nearest station of some sort."""
    directory, points = snapshot.current(now=now), gazetteer.points()
    wanted = _wanted(directory, NEEDED[among], now)
    for town in towns:
        if point := points.get(town.code):
            hits = directory.index.nearest((point.lat, point.lon), 1, wanted)
            land = directory.travel.terrain(town.code)
            minutes = {mode: directory.travel.minutes(hits[0].metres, mode, land) for mode in Mode} if hits else None
            yield Spot(town, point.lat, point.lon, minutes)


def _wanted(directory: Directory, need: Need | None, now: datetime) -> Wanted:
    asked = [need] if need else []
    open_then = timely.schedules(directory, asked, now, shown.working_days()) if need in needs.OPENINGS else None
    return Wanted(all_of=needs.bits(asked), any_of=(needs.WALK_IN,), schedules=open_then)
