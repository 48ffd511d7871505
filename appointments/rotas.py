"""Laying out when a service is given: which weekdays, when, how long, for how many; and who would be affected (B02)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from appointments import fitting, queries, refitting, rota, seats
from appointments.displaced import WHY
from appointments.fitting import Stretch
from appointments.models import Appointment, Rota
from appointments.offers import Offer, ServiceKind
from appointments.rota import Hours, Shift
from core import audit, settings
from core.calendar import ONE_DAY, china_day
from core.db import fresh_id, session
from core.errors import Checklist, NotFound, checklist
from core.identity import Actor, Permission, open_to
from locator import keeping
from locator import policy as places
from locator import queries as directory
from locator.hours.span import Span
from locator.staffing import minutes

BUNDLED = Path(__file__).parent / "rules" / "rotas.toml"
WEEK = 7


@dataclass(frozen=True, slots=True)
class Rules:
    """What a shift may be like, and when a forecast asks for another one."""

    shortest_minutes: int
    longest_minutes: int
    most_at_a_time: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A shift as somebody wants it: weekdays (0 is Monday), times as typed, minutes each, how many at a time, days."""

    weekdays: frozenset[int]
    opens: str
    closes: str
    slot_minutes: int
    capacity: int
    first_on: date
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of it: times in its first week, and the orders that would not fit any more."""

    times: int
    affected: Sequence[Appointment]


@functools.cache
def _rules(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    return Rules(**tomllib.loads(file.read_text("utf-8"))["rota"])


def rules() -> Rules:
    """Give the rules of this place."""
    return _rules(settings.current().rules_dir)


@open_to(Permission.DIRECTORY_EDIT)
def of_station(actor: Actor, code: str, *, now: datetime) -> Sequence[Rota]:
    """Give the shifts of a station one keeps that are not over, by service and time."""
    mine = Rota.station_id == keeping.kept(actor, code).id
    is_left = Rota.last_on.is_(None) | (Rota.last_on >= china_day(now))
    order = (Rota.service, Rota.first_on, Rota.opens, Rota.id)
    return session().scalars(select(Rota).where(mine, is_left).order_by(*order)).all()


@open_to(Permission.DIRECTORY_EDIT)
def preview(
    actor: Actor, code: str, service: ServiceKind, plan: Plan, *, shift_id: str | None = None, now: datetime
) -> Preview:
    """Say what would come of a shift before anything is kept."""
    station, offer = _place(actor, code, service)
    old = _own(actor, shift_id) if shift_id else None
    made = _judged(plan, today=_earliest(old, now))
    known = _known(station, offer, now)
    after = replace(known, shifts=_with(known, old, made))
    first_week = [made.first_on + ONE_DAY * ahead for ahead in range(WEEK)]
    times = sum(len(rota.slots_on(after, offer, day)) for day in first_week)
    return Preview(times, _unfit(station, offer, after, now))


@open_to(Permission.DIRECTORY_EDIT)
def put(
    actor: Actor, code: str, service: ServiceKind, plan: Plan, *, shift_id: str | None = None, now: datetime
) -> Rota:
    """Make a shift, or change one from a day on: until then it stays as it was. Whoever does not fit is told."""
    station, offer = _place(actor, code, service)
    keeping.held(actor, code)
    old = _own(actor, shift_id) if shift_id else None
    made = _judged(plan, today=_earliest(old, now))
    row = old
    if row is None or row.first_on < made.first_on:
        if row is not None:
            row.last_on = made.first_on - ONE_DAY
        row = Rota(id=fresh_id(), station_id=station.id, service=service.value)
        session().add(row)
    row.weekdays = "".join(str(day) for day in sorted(made.weekdays))
    row.first_on, row.last_on = made.first_on, made.last_on
    row.opens, row.closes = made.span.opens, made.span.closes
    row.slot_minutes, row.capacity = made.slot_minutes, made.capacity
    session().flush()
    refitting.later(Stretch(station.id, (offer.code,), china_day(now)), WHY, now=now)
    audit.record(actor, "rota.put", f"station:{station.id}", now=now, shift=row.id, service=service.value)
    return row


@open_to(Permission.DIRECTORY_EDIT)
def preview_end(actor: Actor, shift_id: str, last_on: date, *, now: datetime) -> Sequence[Appointment]:
    """Give the orders that would not fit any more if a shift ended after a day."""
    row = _own(actor, shift_id)
    station = directory.station(which=row.station_id)
    offer = queries.offered(station, ServiceKind(row.service))
    known = _known(station, offer, now)
    left = tuple(one for one in known.shifts if one != _shift(row))
    kept = replace(_shift(row), last_on=last_on)
    return _unfit(station, offer, replace(known, shifts=(*left, kept) if last_on >= row.first_on else left), now)


@open_to(Permission.DIRECTORY_EDIT)
def end(actor: Actor, shift_id: str, last_on: date, *, now: datetime) -> None:
    """End a shift after a day; one that has not begun by then goes. Whoever does not fit is told."""
    row, yesterday = _own(actor, shift_id), china_day(now) - ONE_DAY
    with checklist() as check:
        check.require(last_on >= yesterday, "rota_past", "last_on")
        check.require(row.last_on is None or last_on <= row.last_on, "rota_over_by_then", "last_on")
    if last_on < row.first_on:
        session().delete(row)
    else:
        row.last_on = last_on
    session().flush()
    refitting.later(Stretch(row.station_id, (ServiceKind(row.service),), last_on), WHY, now=now)
    audit.record(actor, "rota.ended", f"station:{row.station_id}", now=now, shift=row.id, on=last_on.isoformat())


def _place(actor: Actor, code: str, service: ServiceKind) -> tuple[Any, Offer]:
    """Give a station one keeps, and one of its services that goes by hours."""
    station = directory.station(which=keeping.kept(actor, code).id)
    offer = queries.offered(station, service)
    if offer.code not in fitting.BY_HOURS:
        raise NotFound("service_not_offered")
    return station, offer


def _own(actor: Actor, shift_id: str) -> Rota:
    """Give a shift of a station one keeps, held until the transaction ends; for a stranger there is none."""
    mine = Rota.station_id.in_(places.ids_kept_by(actor, Permission.DIRECTORY_EDIT))
    found = session().scalar(select(Rota).where(Rota.id == shift_id, mine).with_for_update())
    if found is None:
        raise NotFound("rota_unknown")
    return found


def _earliest(old: Rota | None, now: datetime) -> date:
    """Give the first day a shift may be for: today, or the day it began."""
    today = china_day(now)
    return min(today, old.first_on) if old else today


def _judged(plan: Plan, *, today: date) -> Shift:
    """Give the shift that is meant, or say all that is wrong with it at once."""
    limits = rules()
    opens, closes = minutes(plan.opens), minutes(plan.closes)
    with checklist() as check:
        check.require(plan.weekdays, "rota_weekdays_missing", "weekdays")
        check.require(opens is not None, "rota_time_unfit", "opens")
        check.require(closes is not None, "rota_time_unfit", "closes")
        figures = {"shortest": limits.shortest_minutes, "longest": limits.longest_minutes}
        fits = limits.shortest_minutes <= plan.slot_minutes <= limits.longest_minutes
        check.require(fits, "rota_minutes_unfit", "slot_minutes", **figures)
        some = 1 <= plan.capacity <= limits.most_at_a_time
        check.require(some, "rota_capacity_unfit", "capacity", limit=limits.most_at_a_time)
        check.require(plan.first_on >= today, "rota_past", "first_on")
        check.require(plan.last_on is None or plan.first_on <= plan.last_on, "rota_days_order", "last_on")
        if opens is not None and closes is not None and fits:
            _judge_span(closes - opens, plan.slot_minutes, check)
    span = Span(opens or 0, closes or 0)
    return Shift(plan.weekdays, plan.first_on, plan.last_on, span, plan.slot_minutes, plan.capacity)


def _judge_span(length: int, slot_minutes: int, check: Checklist) -> None:
    check.require(length >= slot_minutes, "rota_span_unfit", "closes", minutes=slot_minutes)


def _known(station: Any, offer: Offer, now: datetime) -> Hours:
    return queries.hours_of([station], [offer.code], now=now)[seats.key(station.id, offer.code)]


def _with(known: Hours, old: Rota | None, made: Shift) -> tuple[Shift, ...]:
    """Give the shifts as they would be: the old one as far as the day the new one begins, and the new one."""
    if old is None:
        return (*known.shifts, made)
    left = [one for one in known.shifts if one != _shift(old)]
    if old.first_on < made.first_on:
        left.append(replace(_shift(old), last_on=made.first_on - timedelta(days=1)))
    return (*left, made)


def _unfit(station: Any, offer: Offer, after: Hours, now: datetime) -> list[Appointment]:
    rows = fitting.ordered(Stretch(station.id, (offer.code,)), now=now)
    return fitting.misfits(rows, {seats.key(station.id, offer.code): after})


def _shift(row: Rota) -> Shift:
    days = frozenset(map(int, row.weekdays))
    span = Span(row.opens, row.closes)
    return Shift(days, row.first_on, row.last_on, span, row.slot_minutes, row.capacity)
