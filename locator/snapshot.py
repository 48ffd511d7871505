"""The directory in memory: what a search needs of every standing station, as one version of the directory had it.

It never changes; when the directory's version moves, a new one takes its place. Whoever finds it moved waits until the
new one stands: nobody is shown a place that was closed before they asked (docs/decisions/0013).
"""

from __future__ import annotations

import functools
import json
import threading
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, select

from core import deadline, settings
from core.calendar import ONE_DAY, Calendar, china_day
from core.db import session
from locator import announcements, gazetteer, needs, travel, version
from locator.announcements import Announced
from locator.hours import wording
from locator.hours.day import Deviation
from locator.hours.line import Fault, parse
from locator.hours.schedule import Schedule
from locator.models import Division, Station, Venue
from locator.nearest.asked import Points
from locator.nearest.index import Index
from locator.needs import Need
from locator.travel import Mode, Terrain, Travel

SECONDS = 60.0  # a build of 700,000 rows may take: as long as nothing was asked before
AT_A_TIME = 5_000
REMEMBERED = 65_536  # different ways of saying what a station has
TERRAINS = tuple(Terrain)
Hours = tuple[Schedule | None, tuple[Deviation, ...]]
READ = (
    select(
        Station.id,
        Station.kind,
        Station.division_code,
        Station.hours,
        cast(Station.services, String).label("services"),
        cast(Station.languages, String).label("languages"),
        Venue.lat,
        Venue.lon,
        cast(Venue.facts, String).label("facts"),
        Division.lineage,
    )
    .join(Venue, Venue.id == Station.venue_id)
    .join(Division, Division.code == Station.division_code)
    .where(Station.retired_on.is_(None))
    .order_by(Station.id)
)
_lock = threading.Lock()
_kept: dict[str, Directory] = {}


class Ids:
    """Ids in one block of bytes: 22 each, where a list of texts would take 80."""

    WIDTH = 22

    def __init__(self) -> None:
        """Start with none."""
        self._block = bytearray()

    def append(self, given: str) -> None:
        """Keep one more."""
        self._block += given.encode().ljust(self.WIDTH, b"\0")

    def __len__(self) -> int:
        """Give their number."""
        return len(self._block) // self.WIDTH

    def __getitem__(self, place: int) -> str:
        """Give one by its place."""
        start = place * self.WIDTH
        return self._block[start : start + self.WIDTH].rstrip(b"\0").decode()


@dataclass(frozen=True)
class Directory:
    """Every standing station that has a point, ready to be searched."""

    version: int
    ids: Ids
    points: Points
    index: Index
    hours: tuple[Hours, ...]
    languages: Mapping[str, int]
    announced: Announced
    travel: Travel
    timely: dict[datetime, tuple[Calendar, dict[Need, int]]] = field(default_factory=dict)  # filled by locator.timely

    def weights(self, mode: Mode) -> tuple[float, ...]:
        """Give the minutes a metre takes, by class of weight."""
        return tuple(self.travel.weight(mode, terrain) for terrain in TERRAINS)


def forget() -> None:
    """Forget every directory, as when a database was put back."""
    _kept.clear()


def current(*, now: datetime) -> Directory:
    """Give the directory as it is now: one statement, and a build where it has moved on."""
    database = str(session().get_bind().engine.url)
    wanted = version.current()
    kept = _kept.get(database)
    if kept is not None and kept.version == wanted:
        return kept
    with _lock:
        kept = _kept.get(database)
        if kept is None or kept.version < wanted:
            with deadline.running(SECONDS):
                kept = _kept[database] = _build(version.current(), china_day(now))
    return kept


def _build(at: int, today: date) -> Directory:
    building = _Building(announcements.not_over(today - ONE_DAY))
    for some in session().execute(READ.execution_options(yield_per=AT_A_TIME)).partitions():
        for row in some:
            building.take(row)
    del building.mask, building.terrain  # they hold what holds them, and all that was read, until much later
    points = Points(building.lat, building.lon, building.masks, building.schedules, building.classes)
    return Directory(
        version=at,
        ids=building.ids,
        points=points,
        index=Index(points),
        hours=tuple((read(line), announced) for line, announced in building.hours),
        languages=building.languages,
        announced=building.announced,
        travel=building.travel,
    )


class _Building:
    """Takes rows in, column by column."""

    def __init__(self, announced: Announced) -> None:
        self.announced = announced
        self.travel = travel.load(settings.current().rules_dir)
        self.ids = Ids()
        self.lat, self.lon = array("d"), array("d")
        self.masks: list[int] = []
        self.schedules, self.classes = array("I"), array("B")
        self.hours: dict[tuple[str, tuple[Deviation, ...]], int] = {}
        self.languages: dict[str, int] = {}
        self.towns = gazetteer.points()
        self.mask = functools.lru_cache(REMEMBERED)(self._mask)
        self.terrain = functools.lru_cache(REMEMBERED)(self._terrain)

    def take(self, row: Any) -> None:
        """Take in a station that has a point, or whose division has one."""
        lat, lon = row.lat, row.lon
        if lat is None:
            town = next((self.towns[step] for step in _steps(row.lineage) if step in self.towns), None)
            if town is None:
                return
            lat, lon = town.lat, town.lon
        self.ids.append(row.id)
        self.lat.append(lat)
        self.lon.append(lon)
        self.masks.append(self.mask(row.kind, row.services, row.languages, row.facts))
        hours = (row.hours, self.announced.get(row.id, ()))
        self.schedules.append(self.hours.setdefault(hours, len(self.hours)))
        self.classes.append(self.terrain(row.division_code))

    def _mask(self, kind: str, services: str, languages: str, facts: str) -> int:
        spoken = 0
        for language in json.loads(languages):
            spoken |= self.languages.setdefault(language, 1 << needs.FIRST_LANGUAGE + len(self.languages))
        return needs.offered(kind, json.loads(services), json.loads(facts)) | spoken

    def _terrain(self, code: str) -> int:
        return TERRAINS.index(self.travel.terrain(code))


def _steps(lineage: str) -> list[str]:
    return lineage.strip("/").split("/")[::-1]


def read(line: str) -> Schedule | None:
    """Read hours; nothing where there are none, or none that can be read."""
    try:
        return parse(line) if line else None
    except Fault:
        return None


@functools.lru_cache(REMEMBERED)
def worded(line: str) -> str:
    """Say hours in plain words; nothing where they cannot be read. Many stations keep the same hours."""
    schedule = read(line)
    return wording.words(schedule) if schedule else ""
