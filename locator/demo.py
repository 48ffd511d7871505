"""Demo stations: the whole of Hunan without an office anybody could mistake for a real one.

By the rules of the specification "demo:v1": every row is labelled, has the national hotline and no street; what varies
is told by a hash, so that the same divisions and points give the same rows, byte for byte. No clock, no chance.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core import references
from locator import words
from locator.gazetteer import Point, Row
from locator.kinds import Fact, PlatformLevel, Service, StationKind

PROVINCE = "43"
MARK = "〔演示〕"
SOURCE = "demo:v1"
IDS = "demo-"  # every id begins with it
HOTLINE = "12348"
SIZE = 1 + 14 * 2 + 122 * 2 + 1_947
COMMON = "WD 09:00-12:00,13:30-17:00"
SUMMER = f"May 01-Sep 30: WD 08:30-12:00,14:30-17:30; Oct 01-Apr 30: {COMMON}"
SATURDAY = f"{COMMON}; Sa 09:00-12:00"
HOURS = (COMMON,) * 8 + (SUMMER, SATURDAY)
HOME_VISIT_KM = (0, 5, 15)
FACTS = (  # in the order of the bits
    Fact.WHEELCHAIR_RAMP,
    Fact.ACCESSIBLE_TOILET,
    Fact.HEARING_LOOP_OR_SIGN_LANGUAGE,
    Fact.PARKING,
    Fact.LIFT,
    Fact.NURSING_ROOM,
    Fact.VIDEO_BOOTH,
    Fact.LOW_COUNTER,
)
TAKES_APPLICATIONS = {StationKind.LEGAL_AID_CENTRE, StationKind.PUBLIC_LEGAL_SERVICE_STATION}  # RULEBOOK JU-13
CENTRES = (StationKind.PUBLIC_LEGAL_SERVICE_CENTRE, StationKind.LEGAL_AID_CENTRE)
AT_LEVEL: Mapping[int, tuple[PlatformLevel, tuple[StationKind, ...]]] = {
    1: (PlatformLevel.PROVINCE_CENTRE, CENTRES[:1]),
    2: (PlatformLevel.CITY_CENTRE, CENTRES),
    3: (PlatformLevel.COUNTY_CENTRE, CENTRES),
    4: (PlatformLevel.TOWNSHIP_STATION, (StationKind.PUBLIC_LEGAL_SERVICE_STATION,)),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A demo station and the venue it has to itself, as rows of their tables."""

    venue: dict[str, Any]
    station: dict[str, Any]


def stations(divisions: Iterable[Row], points: Mapping[str, Point]) -> Iterator[Made]:
    """Make the demo stations of Hunan, in order of level and code."""
    known = {row.code: row for row in divisions if row.lineage.startswith(f"/{PROVINCE}/")}
    for row in sorted(known.values(), key=lambda one: (one.level, one.code)):
        if row.level in AT_LEVEL and row.status == "active":
            level, kinds = AT_LEVEL[row.level]
            for index, kind in enumerate(kinds):
                drawn = hashlib.sha256(f"{row.code}|{words.KINDS[kind]}|demo-v1".encode()).digest()
                which = f"{IDS}{row.code}-{index}"
                venue = _venue(which, row, points[row.code], drawn)
                yield Made(venue, _station(which, row, known, (level, kind), drawn))


def written(made: Iterable[Made]) -> bytes:
    """Write rows as bytes that can be compared: one line of JSON each."""
    rows = ({"venue": one.venue, "station": one.station} for one in made)
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def _venue(which: str, row: Row, point: Point, drawn: bytes) -> dict[str, Any]:
    return {
        "id": which,
        "division_code": row.code,
        "address": f"{row.full_name}（演示地址）",
        "lat": point.lat,
        "lon": point.lon,
        "datum": "WGS-84",
        "geo_quality": point.quality,
        "facts": {fact.value: {"there": bool(drawn[1] >> bit & 1)} for bit, fact in enumerate(FACTS)},
    }


def _station(
    which: str, row: Row, known: Mapping[str, Row], what: tuple[PlatformLevel, StationKind], drawn: bytes
) -> dict[str, Any]:
    level, kind = what
    parent = known.get(row.parent_code or "")
    county = row if row.level == 3 else parent if row.level == 4 else None  # noqa: PLR2004  # levels of RULEBOOK RC-1
    before = parent.name if parent and row.level > 2 else ""  # noqa: PLR2004
    visits = HOME_VISIT_KM[drawn[2] % 3]
    return {
        "id": which,
        "code": references.short_code_of(which),
        "venue_id": which,
        "name": f"{MARK}{before}{row.name}{words.KINDS[kind]}",
        "kind": kind.value,
        "level": level.value,
        "division_code": row.code,
        "phone": HOTLINE,
        "hours": HOURS[drawn[0] % 10],
        "services": _services(kind, visits, has_booth=bool(drawn[1] >> FACTS.index(Fact.VIDEO_BOOTH) & 1)),
        "languages": _languages(drawn[4] % 3, county.name if county else ""),
        "home_visit_km": visits,
        "slots_an_hour": drawn[3] % 4 + 1,
        "is_demo": True,
        "source": SOURCE,
    }


def _services(kind: StationKind, visits: int, *, has_booth: bool) -> list[str]:
    offered = {
        Service.CONSULTATION: True,
        Service.APPLICATIONS: kind in TAKES_APPLICATIONS,
        Service.HOME_VISIT: visits > 0,
        Service.VIDEO: has_booth,
    }
    return [service.value for service, is_offered in offered.items() if is_offered]


def _languages(drawn: int, county: str) -> list[str]:
    spoken = ["普通话"]
    if drawn >= 1:
        spoken.append("本地方言")
    if drawn == 2:  # noqa: PLR2004
        spoken += [f"{people}语" for people in ("苗", "土家") if f"{people}族" in county]
    return spoken
