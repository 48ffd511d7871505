"""The offline pack of a county: its stations and those above it, in a few KB, and only what changed since (C17)."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from core.calendar import china_day
from core.crypto import fingerprint
from core.db import session
from core.errors import NotFound
from locator import announcements, contacts, queries, snapshot, version, words
from locator.kinds import Fact, Service, StationKind
from locator.models import Division, Station, Venue
from locator.region import Region

FORMAT = 1
COUNTY = 3
FACTS, SERVICES = tuple(Fact), tuple(Service)
PLACES = 5  # decimals of a degree: a metre
CODES_CHARACTERS = 16
REMEMBERED = 256
COLUMNS = ("code", "name", "kind", "division", "address", "phone", "hours", "facts", "services", "lat", "lon", "rest")
READ = (
    select(Station, Venue.address, Venue.transport, Venue.lat, Venue.lon, Venue.facts)
    .join(Venue, Venue.id == Station.venue_id)
    .join(Division, Division.code == Station.division_code)
    .order_by(Division.level, Station.division_code, Station.code)
)


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it is sent. `tag` names what is in it: the same words, the same tag."""

    body: bytes
    tag: str


def pack(county: str, *, now: datetime, since: int | None = None) -> Pack:
    """Give the pack of a county, whole or what changed since a version of it; a version ahead of ours gets it whole."""
    region = queries.regions([county]).get(county) if county.isascii() and county.isdigit() else None
    if region is None or region.level != COUNTY:
        raise NotFound("county_unknown")
    current = version.current()
    at = (str(session().get_bind().engine.url), current, china_day(now))
    return _made(region, since if since is None or since <= current else None, at)


@functools.lru_cache(REMEMBERED)
def _made(region: Region, since: int | None, at: tuple[str, int, date]) -> Pack:
    rows = _rows(region)
    newest = max((row.Station.changed_in for row in rows), default=0)
    whole = since is None or since > newest
    standing = [row for row in rows if row.Station.retired_on is None]
    wanted = [row for row in standing if whole or row.Station.changed_in > (since or 0)]
    gone = [] if whole else [row.Station.code for row in rows if row.Station.retired_on and _is_new(row, since)]
    said = {
        "format": FORMAT,
        "county": {"code": region.code, "name": region.full_name},
        "version": newest,
        "since": None if whole else since,
        "columns": COLUMNS,
        "factNames": [words.ACCESSIBILITY[one] for one in FACTS],
        "serviceNames": [words.SERVICES[one] for one in SERVICES],
        "kindNames": {one: words.KINDS[StationKind(one)] for one in sorted({row.Station.kind for row in wanted})},
        "hoursNote": words.HOURS_NOTE,
        **_told(wanted, at[2]),
        "gone": gone,
        "count": len(standing),
        "codes": fingerprint(",".join(sorted(row.Station.code for row in standing)).encode())[:CODES_CHARACTERS],
    }
    if any(row.Station.is_demo for row in standing):
        said["demo"] = words.DEMO_NOTE
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return Pack(body, fingerprint(body)[: 2 * CODES_CHARACTERS])


def _rows(region: Region) -> Sequence[Row[*tuple[Any, ...]]]:
    above = Station.division_code.in_(region.steps[:-1])
    return session().execute(READ.where(above | Division.lineage.startswith(region.lineage))).all()


def _is_new(row: Row[*tuple[Any, ...]], since: int | None) -> bool:
    return bool(row.Station.changed_in > (since or 0))


def _told(rows: Sequence[Row[*tuple[Any, ...]]], today: date) -> Mapping[str, Any]:
    """Write rows short: what many share (hours, kinds) stands once, what most lack stands last."""
    ids = [row.Station.id for row in rows]
    closures, people = announcements.not_over(today, ids), contacts.of_stations(ids, day=today)
    lines: dict[tuple[str, str], int] = {}
    told = []
    for row in rows:
        one = row.Station
        rest = {
            "transport": row.transport,
            "homeVisitKm": one.home_visit_km,
            "contact": people[one.id].name if one.id in people else "",
            "closures": [
                [each.first.isoformat(), each.last.isoformat(), ",".join(map(str, each.spans)), each.reason]
                for each in closures.get(one.id, ())
            ],
        }
        told.append(
            [
                one.code,
                one.name,
                one.kind,
                one.division_code,
                row.address,
                one.phone,
                lines.setdefault((one.hours, one.hours_text), len(lines)),
                _bits(FACTS, {code for code, fact in row.facts.items() if fact["there"]}),
                _bits(SERVICES, one.services),
                None if row.lat is None else round(row.lat, PLACES),
                None if row.lon is None else round(row.lon, PLACES),
                {name: value for name, value in rest.items() if value},
            ]
        )
    return {"hours": [[line, text or snapshot.worded(line)] for line, text in lines], "stations": told}


def _bits(names: Sequence[str], there: Iterable[str]) -> int:
    known = set(there)
    return sum(1 << place for place, name in enumerate(names) if name in known)
