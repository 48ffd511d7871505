"""Duty lawyers: shifts of a station, laid out from a weekly pattern, and the alarm where nobody stands in one (B26)."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select, func, select

from core import audit, calendar, logs, outbox, settings
from core.calendar import china_day, china_midnight
from core.db import session
from core.errors import NotFound, checklist
from core.identity import Actor, Permission, open_to
from core.jobs import recurs
from locator import keeping, policy
from locator.hours.span import Span
from locator.models import DutyShift, Station

BUNDLED = Path(__file__).parent / "rules" / "staffing.toml"
CLOCK = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)")
DAY_MINUTES = 1440
SATURDAY = 5
WEEK = 7
LONGEST = {"lawyer": 40, "firm": 80, "work_number": 24}
MOST_GAPS = 200


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as a gap, and how far ahead a roster goes."""

    alarm_days: int
    horizon_days: int
    shortest_minutes: int
    longest_minutes: int
    substitute_hours: int = 24  # files of places written before need not say it


@dataclass(frozen=True, slots=True)
class Lawyer:
    """Who is on duty: name, firm and work number, and nothing else of theirs. No name is a gap."""

    lawyer: str = ""
    firm: str = ""
    work_number: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shift that comes back every week: on these weekdays (0 is Monday), from one day to another."""

    weekdays: frozenset[int]
    opens: str
    closes: str
    first_on: date
    last_on: date
    who: Lawyer


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What came of a pattern: shifts made, gaps filled, and days left as they were because somebody is on duty."""

    made: int
    filled: int
    left: int


@functools.cache
def _rules(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    return Rules(**tomllib.loads(file.read_text("utf-8"))["roster"])


def rules() -> Rules:
    """Give the rules of this place."""
    return _rules(settings.current().rules_dir)


def minutes(text: str) -> int | None:
    """Read a time of day as people type it; nothing where it is none."""
    found = CLOCK.fullmatch(text.strip())
    total = int(found[1]) * 60 + int(found[2]) if found else DAY_MINUTES + 1
    return total if total <= DAY_MINUTES else None


def clock(count: int) -> str:
    """Write minutes since midnight as a time of day."""
    return f"{count // 60:02}:{count % 60:02}"


def on_duty(station_ids: Iterable[str], first: date, days: int = 1) -> dict[str, list[DutyShift]]:
    """Give who is on duty at several stations, by day and hour, in one statement. Gaps are nobody's business."""
    wanted = DutyShift.station_id.in_(sorted(set(station_ids))) & (DutyShift.lawyer != "")
    found = select(DutyShift).where(wanted, *_between(first, days)).order_by(DutyShift.on, DutyShift.opens)
    by_station: dict[str, list[DutyShift]] = defaultdict(list)
    for shift in session().scalars(found):
        by_station[shift.station_id].append(shift)
    return by_station


def rosters(station_ids: Iterable[str], first: date) -> dict[str, dict[date, list[Span]]]:
    """Give when somebody is on duty from a day on, at the stations that keep a roster then; a gap is nobody."""
    columns = (DutyShift.station_id, DutyShift.on, DutyShift.opens, DutyShift.closes, DutyShift.lawyer)
    found = select(*columns).where(DutyShift.station_id.in_(sorted(set(station_ids))), DutyShift.on >= first)
    by_station: dict[str, dict[date, list[Span]]] = {}
    for row in session().execute(found.order_by(DutyShift.on, DutyShift.opens)):
        days = by_station.setdefault(row.station_id, {})
        if row.lawyer:
            days.setdefault(row.on, []).append(Span(row.opens, row.closes))
    return by_station


@open_to(Permission.DIRECTORY_EDIT)
def week(actor: Actor, code: str, first: date) -> Sequence[DutyShift]:
    """Give the shifts of a week of a station one keeps, gaps and all."""
    mine = DutyShift.station_id == keeping.kept(actor, code).id
    found = select(DutyShift).where(mine, *_between(first, WEEK))
    return session().scalars(found.order_by(DutyShift.on, DutyShift.opens)).all()


@open_to(Permission.DIRECTORY_EDIT)
def lay_out(actor: Actor, code: str, pattern: Pattern, *, now: datetime) -> LaidOut:
    """Make the shifts of a weekly pattern, not on holidays. Gaps are filled; who is on duty already stays."""
    station = keeping.held(actor, code)
    opens, closes = _judge(pattern, china_day(now))
    standing = defaultdict(list)
    for shift in session().scalars(select(DutyShift).where(DutyShift.station_id == station.id, *_of(pattern))):
        standing[shift.on].append(shift)
    made = filled = left = 0
    for day in _days(pattern):
        same = next((one for one in standing[day] if (one.opens, one.closes) == (opens, closes)), None)
        if same is not None and not same.lawyer:
            _put(same, pattern.who)
            filled += 1
        elif any(one.opens < closes and opens < one.closes for one in standing[day]):
            left += 1
        else:
            shift = DutyShift(station_id=station.id, on=day, opens=opens, closes=closes)
            _put(shift, pattern.who)
            session().add(shift)
            made += 1
    session().flush()
    audit.record(actor, "duty.laid_out", f"station:{station.id}", now=now, made=made, filled=filled)
    return LaidOut(made, filled, left)


@open_to(Permission.DIRECTORY_EDIT)
def assign(actor: Actor, shift_id: str, who: Lawyer, *, now: datetime) -> DutyShift:
    """Put somebody else on a shift; nobody makes it a gap, and whoever ordered is told if it stays one."""
    shift = _found(actor, shift_id)
    with checklist() as check:
        for name, limit in LONGEST.items():
            check.require(len(getattr(who, name)) <= limit, "duty_too_long", name, limit=limit)
    _put(shift, who)
    if not who.lawyer:
        _lost(shift, max(now, china_midnight(shift.on) - timedelta(hours=rules().substitute_hours)))
    audit.record(actor, "duty.assigned", f"station:{shift.station_id}", now=now, shift=shift.id, gap=not who.lawyer)
    return shift


@open_to(Permission.DIRECTORY_EDIT)
def cancel(actor: Actor, shift_id: str, *, now: datetime) -> None:
    """Take a shift off the roster."""
    shift = _found(actor, shift_id)
    session().delete(shift)
    _lost(shift, now)
    audit.record(actor, "duty.cancelled", f"station:{shift.station_id}", now=now, on=shift.on.isoformat())


@open_to(Permission.DIRECTORY_EDIT)
def gaps(actor: Actor, *, now: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give the shifts of the region that come soon and have nobody, the next first."""
    near = _gaps(china_day(now)).where(policy.stations_kept_by(actor))
    return session().execute(near.order_by(DutyShift.on, DutyShift.opens, Station.code).limit(MOST_GAPS)).all()


@recurs("duty.gaps_looked_at", every=timedelta(days=1))
def look_for_gaps(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Ring the alarm once a day while shifts that come soon have nobody; the desk lists which."""
    count = session().scalar(select(func.count()).select_from(_gaps(china_day(now)).subquery()))
    if count:
        logs.get("staffing").warning("duty.gaps", count=count)


def _lost(shift: DutyShift, due_at: datetime) -> None:
    """Leave word that nobody is there after all: at once, or when there is no more time to find a substitute."""
    outbox.put("directory.duty_lost", due_at=due_at, station=shift.station_id, on=shift.on.isoformat())


def _gaps(today: date) -> Select[*tuple[Any, ...]]:
    columns = (DutyShift.id, DutyShift.on, DutyShift.opens, DutyShift.closes)
    named = (Station.code.label("station_code"), Station.name.label("station_name"))
    soon = _between(today, rules().alarm_days + 1)
    joined = select(*columns, *named).join(Station, Station.id == DutyShift.station_id)
    return joined.where(DutyShift.lawyer == "", Station.retired_on.is_(None), *soon)


def _between(first: date, days: int) -> tuple[Any, Any]:
    return DutyShift.on >= first, DutyShift.on < first + timedelta(days=days)


def _of(pattern: Pattern) -> tuple[Any, Any]:
    return _between(pattern.first_on, (pattern.last_on - pattern.first_on).days + 1)


def _days(pattern: Pattern) -> Iterator[date]:
    working = calendar.load()
    day = pattern.first_on
    while day <= pattern.last_on:
        if day.weekday() in pattern.weekdays and (day.weekday() >= SATURDAY or working.is_working(day)):
            yield day
        day += calendar.ONE_DAY


def _judge(pattern: Pattern, today: date) -> tuple[int, int]:
    opens, closes, limits = minutes(pattern.opens), minutes(pattern.closes), rules()
    with checklist() as check:
        check.require(pattern.weekdays, "duty_weekdays_missing", "weekdays")
        check.require(opens is not None, "duty_time_unfit", "opens")
        check.require(closes is not None, "duty_time_unfit", "closes")
        if opens is not None and closes is not None:
            fits = limits.shortest_minutes <= closes - opens <= limits.longest_minutes
            figures = {"shortest": limits.shortest_minutes, "longest": limits.longest_minutes // 60}
            check.require(fits, "duty_span_unfit", "closes", **figures)
        in_order = today <= pattern.first_on <= pattern.last_on
        check.require(in_order, "duty_days_order", "last_on")
        horizon = today + timedelta(days=limits.horizon_days)
        check.require(pattern.last_on <= horizon, "duty_too_far", "last_on", days=limits.horizon_days)
        for name, limit in LONGEST.items():
            check.require(len(getattr(pattern.who, name)) <= limit, "duty_too_long", name, limit=limit)
    return opens or 0, closes or 0


def _put(shift: DutyShift, who: Lawyer) -> None:
    shift.lawyer, shift.firm, shift.work_number = who.lawyer, who.firm, who.work_number


def _found(actor: Actor, shift_id: str) -> DutyShift:
    mine = select(DutyShift).join(Station, Station.id == DutyShift.station_id)
    wanted = mine.where(DutyShift.id == shift_id, policy.stations_kept_by(actor)).with_for_update(of=DutyShift)
    shift = session().scalars(wanted).one_or_none()
    if shift is None:
        raise NotFound("duty_shift_unknown")
    return shift
