"""Which divisions have a station, what the stations offer, and who is too far from any (FEATURES C16)."""

from __future__ import annotations

import functools
import threading
import tomllib
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from core import deadline, settings
from core.calendar import china_day
from core.db import session
from core.errors import Malformed, NotFound
from core.identity import Actor, Permission, open_to
from locator import gazetteer, queries, reach, snapshot, version, words
from locator.hours.availability import keeps_evenings
from locator.kinds import DivisionStatus, StationKind
from locator.models import Division, Station, Venue
from locator.reach import Among, Spot
from locator.region import Region
from locator.travel import Mode

BUNDLED = Path(__file__).parent / "rules" / "coverage.toml"
LEVELS = {1: "省", 2: "市（州）", 3: "县（市、区）", 4: "乡镇（街道）", 5: "村（社区）"}
MODES = {Mode.WALK: "步行", Mode.RIDE: "骑车", Mode.DRIVE: "开车"}
AMONG = {Among.ANY: "任何服务点", Among.ACCESSIBLE: "有轮椅坡道的", Among.LATE: "18:00 以后也开门的"}
PROVINCE, TOWNSHIP = 1, 4
EVENINGS = "open_after_18"
SECONDS = 20.0  # a whole province takes one or two
MOST_KEPT = 32
_lock = threading.Lock()
_kept: OrderedDict[tuple[str, str, int, date], Report] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Rules:
    """What is measured against."""

    target_percent: int
    near_minutes: int


@dataclass(frozen=True, slots=True)
class Level:
    """The divisions of one level: how many there are, how many have a station, and which have none."""

    number: int
    name: str
    total: int
    missing: tuple[Region, ...]

    @property
    def built(self) -> int:
        """Count those with a station."""
        return self.total - len(self.missing)

    @property
    def percent(self) -> float:
        """Give the built rate, rounded down: nothing is whole before it is."""
        return self.built * 1000 // self.total / 10


@dataclass(frozen=True, slots=True)
class Trait:
    """Something stations have: how many have it, and how many divisions of each level have such a station."""

    code: str
    label: str
    stations: int
    by_level: Mapping[int, int]


@dataclass(frozen=True)
class Report:
    """A region as one version of the directory had it, on one day."""

    region: Region
    version: int
    day: date
    stations: int
    levels: tuple[Level, ...]
    traits: tuple[Trait, ...]
    reached: Mapping[Among, tuple[Spot, ...]]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Give the townships, with the way to any station."""
        return self.reached[Among.ANY]

    def level(self, number: int) -> Level:
        """Give a level. Raises `Malformed` where the region has none of it."""
        found = next((one for one in self.levels if one.number == number), None)
        if found is None:
            raise Malformed("coverage_level_unknown")
        return found


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of the schematic map, and how long the way is from there; of a county, from its farthest township."""

    code: str
    name: str
    lat: float
    lon: float
    minutes: int | None


@functools.cache
def _rules(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    return Rules(**tomllib.loads(file.read_text("utf-8"))["coverage"])


def rules() -> Rules:
    """Give the rules of this place."""
    return _rules(settings.current().rules_dir)


def forget() -> None:
    """Forget every report, as when a database was put back."""
    with _lock:
        _kept.clear()


@open_to(Permission.STATISTICS_READ)
def report(actor: Actor, region_code: str, *, now: datetime) -> Report:
    """Report on one's own region or one below it. Worked out once for each version of the directory and day."""
    own = queries.regions([actor.region, region_code])
    region, mine = own.get(region_code), own.get(actor.region)
    if region is None or mine is None or not region.lineage.startswith(mine.lineage):
        raise NotFound("division_unknown")
    key = (str(session().get_bind().engine.url), region.code, version.current(), china_day(now))
    with _lock:
        found = _kept.get(key)
    if found is None:
        with deadline.running(SECONDS):
            found = _made(region, key[2], now)
        _keep(key, found)
    return found


def drawn(made: Report, mode: Mode, among: Among = Among.ANY) -> Iterable[Dot]:
    """Give the points of a map: the counties of a province, the townships of anything smaller."""
    ways = [(one, one.minutes[mode] if one.minutes else None) for one in made.reached[among]]
    if made.region.level > PROVINCE:
        return [Dot(one.region.code, one.region.name, one.lat, one.lon, way) for one, way in ways]
    points, farthest = gazetteer.points(), defaultdict[str, list[int | None]](list)
    for one, way in ways:
        farthest[one.region.parent_code or ""].append(way)
    counties = queries.regions(farthest)
    return [
        Dot(code, counties[code].name, points[code].lat, points[code].lon, _longest(those))
        for code, those in sorted(farthest.items())
        if code in points
    ]


def _longest(ways: Sequence[int | None]) -> int | None:
    return None if None in ways else max(way for way in ways if way is not None)


def _keep(key: tuple[str, str, int, date], made: Report) -> None:
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def _made(region: Region, at: int, now: datetime) -> Report:
    day, within = china_day(now), Division.lineage.startswith(region.lineage)
    active = select(*queries.COLUMNS).where(within, Division.status == DivisionStatus.ACTIVE)
    divisions = [Region(*row) for row in session().execute(active.order_by(Division.level, Division.code))]
    columns = (Station.division_code, Station.hours, Venue.facts)
    joined = select(*columns).join(Venue, Venue.id == Station.venue_id)
    stands = (Station.retired_on.is_(None), Station.kind != StationKind.CIRCUIT_STOP.value)  # a day is no office
    standing = joined.join(Division, Division.code == Station.division_code).where(within, *stands)
    stations = session().execute(standing).all()
    built = {row.division_code for row in stations}
    by_level: dict[int, list[Region]] = defaultdict(list)
    for one in divisions:
        by_level[one.level].append(one)
    return Report(
        region=region,
        version=at,
        day=day,
        stations=len(stations),
        levels=tuple(
            Level(number, LEVELS[number], len(those), tuple(one for one in those if one.code not in built))
            for number, those in sorted(by_level.items())
        ),
        traits=tuple(_traits(stations, {one.code: one.level for one in divisions}, day)),
        reached={among: tuple(reach.spots(by_level[TOWNSHIP], among, now=now)) for among in Among},
    )


def _traits(stations: Sequence[Row[*tuple[Any, ...]]], levels: Mapping[str, int], day: date) -> Iterable[Trait]:
    having: dict[str, list[str]] = defaultdict(list)
    late = functools.cache(lambda line: _is_late(line, day))
    for row in stations:
        for code, fact in row.facts.items():
            if fact["there"]:
                having[code].append(row.division_code)
        if late(row.hours):
            having[EVENINGS].append(row.division_code)
    named = {EVENINGS: "平时 18:00 以后也开门", **{code.value: label for code, label in words.ACCESSIBILITY.items()}}
    for code, label in named.items():
        counts: dict[int, int] = defaultdict(int)
        for division in set(having[code]):
            counts[levels.get(division, 0)] += 1
        yield Trait(code, label, len(having[code]), counts)


def _is_late(line: str, day: date) -> bool:
    schedule = snapshot.read(line)
    return schedule is not None and keeps_evenings(schedule, day)
