"""Circuit stops (巡回): a dated place where help comes to people; between its days it is there and closed (B23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from core import audit, outbox, references
from core.calendar import china_day
from core.db import fresh_id, session
from core.errors import Checklist, NotFound, checklist
from core.identity import Actor, Permission, open_to
from core.jobs import recurs
from locator import coords, policy, queries, version, whereabouts
from locator.coords import Datum, Position
from locator.hours import line
from locator.hours.line import Fault
from locator.kinds import GeoQuality, PlatformLevel, Service, StationKind
from locator.models import Deviation, Station, Venue

NEVER_BUT_ANNOUNCED = "Mo-Su,PH off"
REASON = "巡回服务"
SOURCE = "巡回安排"
FARTHEST = timedelta(days=92)
LONGEST = {"name": 60, "address": 120, "phone": 40}


@dataclass(frozen=True, slots=True)
class Stop:
    """Where and when: a place in a division, a day, its hours as typed, and the number to ring."""

    region: str
    name: str
    address: str
    on: date
    spans: str
    phone: str
    position: Position | None = None


@open_to(Permission.DIRECTORY_EDIT)
def announce(actor: Actor, stop: Stop, *, now: datetime) -> Station:
    """Announce a stop: from now on it is found like any place, with its day. The same place again keeps its code."""
    _judge(actor, stop, china_day(now))
    at = version.advance(now=now)
    station = _place(stop)
    station.retired_on, station.changed_in, station.phone = None, at, stop.phone.strip()
    day = {"first_on": stop.on, "last_on": stop.on}
    session().add(Deviation(station_id=station.id, spans=_spans(stop.spans) or "", reason=REASON, **day))
    session().flush()
    audit.record(actor, "directory.stop_announced", f"station:{station.id}", now=now, on=stop.on.isoformat())
    outbox.put("directory.stop_announced", due_at=now, station=station.id, on=stop.on.isoformat())
    return station


@open_to(Permission.DIRECTORY_EDIT)
def ahead(actor: Actor, *, now: datetime) -> list[Any]:
    """Give the stops of one's region that lie ahead, by day."""
    return _ahead(china_day(now), policy.stations_kept_by(actor))


def of_station(station_id: str, *, now: datetime) -> list[Any]:
    """Give the days ahead of one stop."""
    return _ahead(china_day(now), Station.id == station_id)


def _ahead(today: date, which: ColumnElement[bool]) -> list[Any]:
    columns = (Station.id, Station.code, Station.name, Station.division_code, Venue.address)
    day = (Deviation.id.label("deviation_id"), Deviation.first_on.label("on"), Deviation.spans)
    joined = select(*columns, *day).join(Venue, Venue.id == Station.venue_id)
    found = joined.join(Deviation, Deviation.station_id == Station.id).where(
        which,
        Station.kind == StationKind.CIRCUIT_STOP.value,
        Station.retired_on.is_(None),
        Deviation.last_on >= today,
    )
    return list(session().execute(found.order_by(Deviation.first_on, Station.code)).all())


@recurs("directory.circuit_swept", every=timedelta(days=1))
def retire_past(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Take stops off the directory whose days are all over: nobody is to walk to where nobody comes any more."""
    today = china_day(now)
    still = exists().where(Deviation.station_id == Station.id, Deviation.last_on >= today)
    over = (Station.kind == StationKind.CIRCUIT_STOP.value, Station.retired_on.is_(None), ~still)
    gone = session().scalars(select(Station).where(*over)).all()
    if gone:
        at = version.advance(now=now)
        for station in gone:
            station.retired_on, station.changed_in = today, at


def _judge(actor: Actor, stop: Stop, today: date) -> None:
    with checklist() as check:
        for name, limit in LONGEST.items():
            said = getattr(stop, name).strip()
            check.require(said, "circuit_missing", name)
            check.require(len(said) <= limit, "cell_too_long", name, limit=limit)
        check.require(_keeps(actor, stop.region), "circuit_region_unfit", "region")
        check.require(today <= stop.on <= today + FARTHEST, "circuit_day_unfit", "on", days=FARTHEST.days)
        check.require(_spans(stop.spans), "deviation_spans_unread", "spans")
        _judge_place(stop, check)


def _judge_place(stop: Stop, check: Checklist) -> None:
    where = stop.position
    check.require(where is None or coords.in_china(where), "position_abroad", "position")
    standing = select(Deviation.id).join(Station, Station.id == Deviation.station_id)
    same = (Station.code == _code(stop), Deviation.first_on <= stop.on, Deviation.last_on >= stop.on)
    check.require(session().scalar(standing.where(*same)) is None, "circuit_day_taken", "on")


def _keeps(actor: Actor, region: str) -> bool:
    """Say whether a division is within an actor's region; one nobody knows is nobody's."""
    try:
        return queries.division(region).lineage.startswith(policy.reach(actor))
    except NotFound:
        return False


def _code(stop: Stop) -> str:
    return references.short_code_of(f"circuit {stop.region} {stop.name.strip()}")


def _place(stop: Stop) -> Station:
    """Give the station of a stop: the one that was there before, or a new one in a venue of its own."""
    code = _code(stop)
    found = session().scalar(select(Station).where(Station.code == code))
    if found is not None:
        return found
    venue = Venue(id=fresh_id(), name="", division_code=stop.region, address=stop.address.strip(), **_point(stop))
    session().add(venue)
    session().flush()
    station = Station(
        id=fresh_id(),
        code=code,
        venue_id=venue.id,
        name=stop.name.strip(),
        kind=StationKind.CIRCUIT_STOP.value,
        level=PlatformLevel.LIAISON.value,
        division_code=stop.region,
        phone=stop.phone.strip(),
        hours=NEVER_BUT_ANNOUNCED,
        hours_text="只在公布的日期开放",
        services=[Service.CIRCUIT.value],
        source=SOURCE,
    )
    session().add(station)
    session().flush()
    return station


def _point(stop: Stop) -> dict[str, Any]:
    """Give where it is: surveyed where a position was given, else the division's own point, shown as about."""
    if stop.position is not None:
        plain = stop.position.to(Datum.WGS84)
        return {"lat": plain.lat, "lon": plain.lon, "geo_quality": GeoQuality.SURVEYED.value}
    spot = whereabouts.of(queries.division(stop.region))
    return {"lat": spot.position.lat, "lon": spot.position.lon, "geo_quality": GeoQuality.INHERITED.value}


def _spans(typed: str) -> str | None:
    """Give the hours as they are kept; nothing where they cannot be read."""
    try:
        spans = line.parse_spans("".join(typed.split()))
    except Fault:
        return None
    return line.written(spans) if spans else None
