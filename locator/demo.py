"""Demo places: the whole of Hunan without an office anybody could mistake for a real one.

By the rules of the specification "demo:v1": every row is labelled, has the national hotline and no street; what varies
is told by a hash, so that the same divisions and points give the same rows, byte for byte. No clock, no chance.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from locator import words
from locator.gazetteer import Point, Row
from locator.kinds import PlaceKind, PlatformLevel

PROVINCE = "43"
MARK = "〔演示〕"
SOURCE = "demo:v1"
HOTLINE = "12348"
SIZE = 1 + 14 * 2 + 122 * 2 + 1_947
COMMON = "工作日 09:00-12:00，13:30-17:00"
SUMMER = "工作日 08:30-12:00，14:30-17:30（夏令）"
SATURDAY = f"{COMMON}；周六 09:00-12:00"
HOURS = (COMMON,) * 8 + (SUMMER, SATURDAY)
HOME_VISIT_KM = (0, 5, 15)
TAKES_APPLICATIONS = {PlaceKind.LEGAL_AID_CENTRE, PlaceKind.PUBLIC_LEGAL_SERVICE_STATION}  # RULEBOOK JU-13
CENTRES = (PlaceKind.PUBLIC_LEGAL_SERVICE_CENTRE, PlaceKind.LEGAL_AID_CENTRE)
AT_LEVEL: Mapping[int, tuple[PlatformLevel, tuple[PlaceKind, ...]]] = {
    1: (PlatformLevel.PROVINCE_CENTRE, CENTRES[:1]),
    2: (PlatformLevel.CITY_CENTRE, CENTRES),
    3: (PlatformLevel.COUNTY_CENTRE, CENTRES),
    4: (PlatformLevel.TOWNSHIP_STATION, (PlaceKind.PUBLIC_LEGAL_SERVICE_STATION,)),
}


def places(divisions: Iterable[Row], points: Mapping[str, Point]) -> Iterator[dict[str, Any]]:
    """Make the demo places of Hunan as rows of the table, in order of level and code."""
    known = {row.code: row for row in divisions if row.lineage.startswith(f"/{PROVINCE}/")}
    for row in sorted(known.values(), key=lambda one: (one.level, one.code)):
        if row.level in AT_LEVEL and row.status == "active":
            level, kinds = AT_LEVEL[row.level]
            for index, kind in enumerate(kinds):
                yield _place(row, known, points[row.code], (level, kind, index))


def written(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write rows as bytes that can be compared: one line of JSON each."""
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def _place(
    row: Row, known: Mapping[str, Row], point: Point, what: tuple[PlatformLevel, PlaceKind, int]
) -> dict[str, Any]:
    level, kind, index = what
    parent = known.get(row.parent_code or "")
    drawn = hashlib.sha256(f"{row.code}|{words.KINDS[kind]}|demo-v1".encode()).digest()
    county = row if row.level == 3 else parent if row.level == 4 else None  # noqa: PLR2004  # levels of RULEBOOK RC-1
    before = parent.name if parent and row.level > 2 else ""  # noqa: PLR2004
    return {
        "id": f"demo-{row.code}-{index}",
        "name": f"{MARK}{before}{row.name}{words.KINDS[kind]}",
        "kind": kind.value,
        "level": level.value,
        "division_code": row.code,
        "address": f"{row.full_name}（演示地址）",
        "phone": HOTLINE,
        "lat": point.lat,
        "lon": point.lon,
        "datum": "WGS-84",
        "geo_quality": point.quality,
        "hours": HOURS[drawn[0] % 10],
        "facts": {name: bool(drawn[1] >> bit & 1) for bit, name in enumerate(words.ACCESSIBILITY)},
        "languages": _languages(drawn[4] % 3, county.name if county else ""),
        "home_visit_km": HOME_VISIT_KM[drawn[2] % 3],
        "slots_an_hour": drawn[3] % 4 + 1,
        "takes_applications": kind in TAKES_APPLICATIONS,
        "is_demo": True,
        "source": SOURCE,
    }


def _languages(drawn: int, county: str) -> list[str]:
    spoken = ["普通话"]
    if drawn >= 1:
        spoken.append("本地方言")
    if drawn == 2:  # noqa: PLR2004
        spoken += [f"{people}语" for people in ("苗", "土家") if f"{people}族" in county]
    return spoken
