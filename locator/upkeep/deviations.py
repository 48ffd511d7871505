"""Days a station is closed or keeps other hours: they count at once, for a closure cannot wait for approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from core import audit, outbox
from core.calendar import china_day
from core.db import session
from core.errors import NotFound, checklist
from core.identity import Actor, Permission, open_to
from locator import keeping, policy, version
from locator.hours import line
from locator.hours.line import Fault
from locator.models import Deviation, Station

FARTHEST = timedelta(days=366)
LONGEST_REASON, LONGEST_SPANS = 80, 60


@dataclass(frozen=True, slots=True)
class NewDeviation:
    """From when until when, at what hours (none: closed), and why."""

    first_on: date
    last_on: date
    spans: str
    reason: str


@open_to(Permission.DIRECTORY_EDIT)
def add(actor: Actor, code: str, new: NewDeviation, *, now: datetime) -> Deviation:
    """Announce a closure or other hours."""
    station, today = keeping.changing(actor, code, now=now), china_day(now)
    reason, spans = new.reason.strip(), _spans(new.spans)
    with checklist() as check:
        in_order = check.require(new.first_on <= new.last_on, "deviation_ends_before_it_begins", "last_on")
        if in_order:
            check.require(new.last_on >= today, "deviation_over", "last_on")
            check.require(new.last_on <= today + FARTHEST, "deviation_too_far", "last_on")
            check.require(not _overlapping(station, new), "deviation_overlaps", "first_on")
        check.require(spans is not None and len(spans) <= LONGEST_SPANS, "deviation_spans_unread", "spans")
        check.require(reason, "reason_missing", "reason")
        check.require(len(reason) <= LONGEST_REASON, "cell_too_long", "reason", limit=LONGEST_REASON)
    days = {"first_on": new.first_on, "last_on": new.last_on}
    made = Deviation(station_id=station.id, spans=spans or "", reason=reason, **days)
    session().add(made)
    session().flush()
    audit.record(actor, "directory.deviation_added", f"station:{station.id}", now=now, deviation=made.id)
    told = {"first": new.first_on.isoformat(), "last": new.last_on.isoformat(), "why": reason}
    outbox.put("directory.closed", due_at=now, key=f"directory.closed:{made.id}", station=station.id, **told)
    return made


@open_to(Permission.DIRECTORY_EDIT)
def remove(actor: Actor, deviation_id: str, *, now: datetime) -> Station:
    """Take an announcement back."""
    at = version.advance(now=now)
    found = select(Deviation, Station).join(Station, Station.id == Deviation.station_id)
    row = session().execute(found.where(Deviation.id == deviation_id, policy.stations_kept_by(actor))).one_or_none()
    if row is None:
        raise NotFound("deviation_unknown")
    deviation, station = row
    session().delete(deviation)
    station.changed_in = at
    told = {"first": deviation.first_on.isoformat(), "last": deviation.last_on.isoformat(), "why": ""}
    outbox.put("directory.closed", due_at=now, key=f"directory.opened:{deviation.id}", station=station.id, **told)
    audit.record(actor, "directory.deviation_removed", f"station:{station.id}", now=now, deviation=deviation_id)
    return station


def announced(station_id: str, *, today: date) -> Sequence[Deviation]:
    """Give what is announced for a station from today on."""
    found = select(Deviation).where(Deviation.station_id == station_id, Deviation.last_on >= today)
    return session().scalars(found.order_by(Deviation.first_on, Deviation.id)).all()


def _overlapping(station: Station, new: NewDeviation) -> bool:
    beside = (Deviation.first_on <= new.last_on) & (Deviation.last_on >= new.first_on)
    return session().scalar(select(Deviation.id).where(Deviation.station_id == station.id, beside).limit(1)) is not None


def _spans(typed: str) -> str | None:
    """Give the hours as they are kept; nothing where they cannot be read, an empty text where there are none."""
    plain = "".join(typed.split())
    if not plain:
        return ""
    try:
        spans = line.parse_spans(plain)
    except Fault:
        return None
    return line.written(spans) if spans else ""
