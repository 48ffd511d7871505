"""Which days are worked in China, and how sure we are of it (RULEBOOK 9, FEATURES G13).

Days off and shifted working days of each year are published in the November before. Years that are not published
go by the statute and the weekends, and whatever is counted with them is marked provisional.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from core import logs
from core.db import Model, session
from core.jobs import recurs
from core.rows import Rows

CHINA = ZoneInfo("Asia/Shanghai")
AHEAD, LAST_SUMMER_TIME = timedelta(hours=8), 1991  # how far China's clocks are ahead, the same all year since
FILE = Path(__file__).with_name("calendar_days.toml")
SATURDAY = 5
ALARM_DAYS = 90
ONE_DAY = timedelta(days=1)
STATUTE = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}


class DayStatus(StrEnum):
    """Whether the State Council has published the arrangement."""

    PUBLISHED = "published"
    PROVISIONAL = "provisional"


class CalendarDay(Model):
    """A day that is not what its weekday says. A year with published rows is a published year."""

    __tablename__ = "calendar_day"

    date: Mapped[date] = mapped_column(Date, primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(16))


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of one day."""

    date: date
    is_working: bool
    name: str
    source: str = ""
    status: DayStatus = DayStatus.PUBLISHED


@dataclass(frozen=True)
class Calendar:
    """Working days and days of rest. Pure: everything it knows was given to it."""

    days: Mapping[date, Day] = field(repr=False)

    @functools.cached_property
    def published(self) -> frozenset[int]:
        """Name the years whose arrangement is published."""
        return frozenset(one.date.year for one in self.days.values() if one.status is DayStatus.PUBLISHED)

    @functools.cached_property
    def known(self) -> frozenset[int]:
        """Name the years we have any days of."""
        return frozenset(day.year for day in self.days)

    def is_working(self, day: date) -> bool:
        """Say whether a day is worked."""
        if one := self.days.get(day):
            return one.is_working
        return day.weekday() < SATURDAY and not self._is_statutory(day)

    def is_provisional(self, day: date) -> bool:
        """Say whether the day's arrangement is still to be published."""
        return day.year not in self.published

    def name(self, day: date) -> str:
        """Name the feast, or the shifted working day; empty for ordinary days."""
        if one := self.days.get(day):
            return one.name
        return STATUTE[day.month, day.day] if self._is_statutory(day) else ""

    def roll(self, day: date) -> date:
        """Give the first working day that is not before this one."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_days(self, day: date, days: int) -> date:
        """Count calendar days on; the first counted is the day after."""
        return day + timedelta(days=days)

    def add_working_days(self, day: date, days: int) -> date:
        """Count working days on; the first counted is the first working day after."""
        for _ in range(days):
            day = self.roll(day + ONE_DAY)
        return day

    def is_provisional_between(self, first: date, last: date) -> bool:
        """Say whether any day of a stretch is still to be published."""
        return any(year not in self.published for year in range(first.year, last.year + 1))

    def covered_until(self) -> date | None:
        """Give the last day whose arrangement is published."""
        return date(max(self.published), 12, 31) if self.published else None

    def days_left(self, today: date) -> int:
        """Count the published days that lie ahead; the alarm rings when they are few."""
        until = self.covered_until()
        return max((until - today).days, 0) if until else 0

    def _is_statutory(self, day: date) -> bool:
        # Feasts of the lunar calendar are left out where nothing is published: a date too early is on the safe side.
        return day.year not in self.known and (day.month, day.day) in STATUTE


def china_day(moment: datetime) -> date:
    """Give the day it is in China at a moment; legal days never come from anywhere else."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    if moment.tzinfo is UTC and moment.year > LAST_SUMMER_TIME:
        return (moment + AHEAD).date()  # the same, five times quicker: lists ask for many days
    return moment.astimezone(CHINA).date()


def instant(written: str) -> datetime:
    """Read a moment as `isoformat` writes it, in UTC. Raises `ValueError` without a zone, or off the calendar."""
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as off:
        raise ValueError("no such moment") from off


def china_midnight(day: date) -> datetime:
    """Give the moment a day begins in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


def of(days: Iterable[Day]) -> Calendar:
    """Make a calendar of these days."""
    return Calendar({one.date: one for one in days})


@functools.cache
def bundled() -> Calendar:
    """Give the calendar that comes with the code."""
    return of(_read(tomllib.loads(FILE.read_text("utf-8"))))


def load() -> Calendar:
    """Give the calendar as staff have it; the bundled one stands in for years they have nothing for."""
    return _with_bundled(tuple(_days().all()))


@functools.lru_cache(maxsize=8)
def _with_bundled(rows: tuple[Any, ...]) -> Calendar:
    kept = [_day(row) for row in rows]
    years = {one.date.year for one in kept}
    return of([*(one for one in bundled().days.values() if one.date.year not in years), *kept])


@functools.cache
def _days() -> Rows:
    return Rows(select(*CalendarDay.__table__.columns).order_by(CalendarDay.date))


def seed() -> int:
    """Bring the table up to the bundled days: years it lacks, and years published since. Say how many years."""
    kept = load_rows()
    taken = 0
    for year in sorted(bundled().known):
        ours = [one for one in bundled().days.values() if one.date.year == year]
        theirs = {one.status for one in kept if one.date.year == year}
        if not theirs or (year in bundled().published and DayStatus.PUBLISHED not in theirs):
            adopt(year, ours)
            taken += 1
    return taken


def adopt(year: int, days: Iterable[Day]) -> None:
    """Replace a year's days, as when its arrangement is published."""
    chosen = [one for one in days if one.date.year == year]
    session().execute(delete(CalendarDay).where(CalendarDay.date.between(date(year, 1, 1), date(year, 12, 31))))
    session().add_all(_row(one) for one in chosen)
    session().flush()


@recurs("calendar.looked_at", every=timedelta(days=1))
def look_ahead(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Say so when the published days run out: next year's notice must be taken in (RULEBOOK CA-4)."""
    left = load().days_left(china_day(now))
    if left < ALARM_DAYS:
        logs.get("calendar").warning("calendar.runs_out", count=left)


def load_rows() -> list[Day]:
    """Give the days the table holds."""
    return [_day(row) for row in _days().all()]


def _day(row: Any) -> Day:
    return Day(row.date, row.is_working, row.name, row.source, DayStatus(row.status))


def _row(one: Day) -> CalendarDay:
    return CalendarDay(
        date=one.date, is_working=one.is_working, name=one.name, source=one.source, status=one.status.value
    )


def _read(years: Mapping[str, Any]) -> Iterable[Day]:
    for year in years.values():
        status, source = DayStatus(year["status"]), year["source"]
        for span in year["off"]:
            day = span["first"]
            while day <= span["last"]:
                yield Day(day, is_working=False, name=span["name"], source=source, status=status)
                day += ONE_DAY
        for day in year["working"]:
            yield Day(day, is_working=True, name="调休上班", source=source, status=status)
