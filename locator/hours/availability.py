"""What people filter by: open now, tonight, this weekend, and whether evenings are kept at all (FEATURES B24, C03)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.calendar import CHINA, ONE_DAY, SATURDAY, Calendar, china_day
from locator.hours.day import Deviation, spans
from locator.hours.schedule import DayKind, Schedule
from locator.hours.span import DAY

EVENING = 18 * 60


@dataclass(frozen=True, slots=True)
class Availability:
    """When somebody is there, seen from a moment. Tonight is after 18:00; what is over no longer counts."""

    now: bool
    tonight: bool
    weekend: bool
    evenings: bool


def availability(
    schedule: Schedule, deviations: Sequence[Deviation], moment: datetime, calendar: Calendar
) -> Availability:
    """Say when somebody is there: for one place with all that was announced for it."""
    return Availability(
        now=_is_open_in(schedule, deviations, right_now(moment), calendar),
        tonight=is_open_tonight(schedule, deviations, moment, calendar),
        weekend=is_open_this_weekend(schedule, deviations, moment, calendar),
        evenings=keeps_evenings(schedule, china_day(moment)),
    )


def is_open_tonight(schedule: Schedule, deviations: Sequence[Deviation], moment: datetime, calendar: Calendar) -> bool:
    """Say whether it is open at any time after 18:00 that is still to come today."""
    return _is_open_in(schedule, deviations, tonight(moment), calendar)


def is_open_this_weekend(
    schedule: Schedule, deviations: Sequence[Deviation], moment: datetime, calendar: Calendar
) -> bool:
    """Say whether it is open at any time of this week's Saturday or Sunday that is still to come."""
    return any(_is_open_in(schedule, deviations, window, calendar) for window in weekend(moment))


def keeps_evenings(schedule: Schedule, day: date) -> bool:
    """Say whether it is open after 18:00 on some day of an ordinary week at this time of the year."""
    monday = day - timedelta(days=day.weekday())
    days = (monday + timedelta(days=ahead) for ahead in range(SATURDAY))
    return any(span.closes > EVENING for one in days for span in schedule.on(one, DayKind.WORKING))


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a day, in minutes."""

    day: date
    first: int
    end: int


def right_now(moment: datetime) -> Window:
    """Give the minute it is."""
    minute = _minute(moment)
    return Window(china_day(moment), minute, minute + 1)


def tonight(moment: datetime) -> Window:
    """Give what is left of this evening."""
    return Window(china_day(moment), max(EVENING, _minute(moment)), DAY)


def weekend(moment: datetime) -> Iterator[Window]:
    """Give what is left of this week's Saturday and Sunday."""
    today = china_day(moment)
    saturday = today + timedelta(days=SATURDAY - today.weekday())
    for day in (saturday, saturday + ONE_DAY):
        if day >= today:
            yield Window(day, _minute(moment) if day == today else 0, DAY)


def _minute(moment: datetime) -> int:
    here = moment.astimezone(CHINA)
    return here.hour * 60 + here.minute


def _is_open_in(schedule: Schedule, deviations: Sequence[Deviation], window: Window, calendar: Calendar) -> bool:
    open_ = spans(schedule, window.day, calendar, deviations)
    return any(span.opens < window.end and span.closes > window.first for span in open_)
