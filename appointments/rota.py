"""When somebody can be seen: reckoned from hours, holidays, announcements and shifts; nothing is stored ahead. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from appointments.offers import Offer
from core.calendar import ONE_DAY, SATURDAY, Calendar, china_day, china_midnight
from locator.hours.day import Deviation, deviation_on, spans
from locator.hours.schedule import Schedule
from locator.hours.span import ALL_DAY, Span

HOUR = 60
FRIDAY, MONDAY = 4, 0
UNPUBLISHED = "{year}年节假日安排待公布，时间可能有变"
SHIFTED = "调休上班"


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch that comes back on weekdays (0 is Monday): so many at a time, one after the other."""

    weekdays: frozenset[int]
    first_on: date
    last_on: date | None
    span: Span
    slot_minutes: int
    capacity: int

    def holds(self, day: date, calendar: Calendar) -> bool:
        """Say whether it is worked on a day. A shifted Saturday goes as a Friday, a shifted Sunday as a Monday."""
        return self.is_kept(day) and _weekday(day, calendar) in self.weekdays

    def is_kept(self, day: date) -> bool:
        """Say whether it is in force on a day, whatever weekday that is."""
        return self.first_on <= day <= (self.last_on or date.max)


@dataclass(frozen=True, slots=True)
class Hours:
    """What is known of one station: its hours, what was announced, how many it sees an hour, and its shifts.

    `duty` is when a duty lawyer is there, by day, where the service is theirs and a roster is kept: it has the word,
    and a day it does not name has nobody (FEATURES B26).
    """

    calendar: Calendar
    schedule: Schedule | None
    deviations: Sequence[Deviation] = ()
    slots_an_hour: int = 0
    shifts: Sequence[Shift] = ()
    duty: Mapping[date, Sequence[Span]] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A time with places: as many as there are in all."""

    starts_at: datetime
    minutes: int
    capacity: int

    @property
    def ends_at(self) -> datetime:
        """Give when it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class FreeDay:
    """The free times of a day; the note says why it is not as usual, or not sure."""

    date: date
    note: str
    slots: tuple[Slot, ...]


def slots_on(hours: Hours, offer: Offer, day: date) -> tuple[Slot, ...]:
    """Give all the times of a day, taken or not. Shifts in force on a day stand in for the station's usual pace.

    A feast of a year whose arrangement is not published takes no orders at all, whatever the hours say.
    """
    if hours.schedule is None or _is_unsure_feast(day, hours.calendar):
        return ()
    midnight = china_midnight(day)
    found: dict[int, Slot] = {}
    for open_span in _open_on(hours, hours.schedule, offer, day):
        for start, pace in _starts(_paces(hours, offer, day), open_span):
            before = found[start].capacity if start in found else 0
            at = midnight + timedelta(minutes=start)
            found[start] = Slot(at, pace.minutes, pace.capacity + before)
    return tuple(found[start] for start in sorted(found))


def free_days(
    hours: Hours, offer: Offer, days: Sequence[date], taken: Mapping[datetime, int], *, now: datetime
) -> Iterator[FreeDay]:
    """Give what is free on days: no sooner than the notice, no later than the horizon, and not what is full."""
    earliest, last = now + offer.notice, last_day(offer, now=now)
    for day in days:
        slots = slots_on(hours, offer, day) if day <= last else ()
        free = tuple(one for one in slots if one.starts_at >= earliest and taken.get(one.starts_at, 0) < one.capacity)
        yield FreeDay(day, note(day, hours.calendar), free)


def slot_at(hours: Hours, offer: Offer, starts_at: datetime, *, now: datetime) -> Slot | None:
    """Give the time that begins then, taken or not; nothing where there is none, or none any more."""
    day = china_day(starts_at)
    if starts_at < now + offer.notice or day > last_day(offer, now=now):
        return None
    return next((one for one in slots_on(hours, offer, day) if one.starts_at == starts_at), None)


def last_day(offer: Offer, *, now: datetime) -> date:
    """Give the last day that can be ordered for."""
    return china_day(now) + timedelta(days=offer.horizon_days)


def week(first: date, days: int) -> list[date]:
    """Give so many days from one on."""
    return [first + ONE_DAY * ahead for ahead in range(days)]


def note(day: date, calendar: Calendar) -> str:
    """Say what is not as usual about a day."""
    if calendar.is_provisional(day):
        return UNPUBLISHED.format(year=day.year)
    return SHIFTED if day.weekday() >= SATURDAY and calendar.is_working(day) else ""


@dataclass(frozen=True, slots=True)
class _Pace:
    span: Span
    step: int
    minutes: int
    capacity: int


def _starts(paces: Sequence[_Pace], open_span: Span) -> Iterator[tuple[int, _Pace]]:
    for pace in paces:
        start, end = max(pace.span.opens, open_span.opens), min(pace.span.closes, open_span.closes)
        while start + pace.minutes <= end:
            yield start, pace
            start += pace.step


def _open_on(hours: Hours, schedule: Schedule, offer: Offer, day: date) -> Sequence[Span]:
    """Give when the door is open. What is offered beyond the hours goes by its shifts, unless the day is closed."""
    announced = deviation_on(day, hours.deviations)
    if offer.beyond_hours and announced is None:
        return (ALL_DAY,)
    return spans(schedule, day, hours.calendar, hours.deviations)


def _paces(hours: Hours, offer: Offer, day: date) -> list[_Pace]:
    if hours.duty is not None:
        return [_Pace(span, offer.minutes, offer.minutes, 1) for span in hours.duty.get(day, ())]
    if any(one.is_kept(day) for one in hours.shifts):
        held = [one for one in hours.shifts if one.holds(day, hours.calendar)]
        return [_Pace(one.span, one.slot_minutes, one.slot_minutes, one.capacity) for one in held]
    pace = min(hours.slots_an_hour, offer.most_an_hour)
    if pace <= 0:
        return []
    step = max(offer.minutes, HOUR // pace)
    return [_Pace(ALL_DAY, step, offer.minutes, max(1, pace * step // HOUR))]


def _is_unsure_feast(day: date, calendar: Calendar) -> bool:
    return calendar.is_provisional(day) and bool(calendar.name(day))


def _weekday(day: date, calendar: Calendar) -> int:
    if day.weekday() >= SATURDAY and calendar.is_working(day):
        return FRIDAY if day.weekday() == SATURDAY else MONDAY
    return day.weekday()
