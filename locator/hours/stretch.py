"""When a place is open from a day on: stretches without a break, as far ahead as long holidays reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.calendar import ONE_DAY, Calendar, china_midnight
from locator.hours.day import Deviation, spans
from locator.hours.schedule import Schedule

HORIZON = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one moment up to another, over midnight too."""

    opens_at: datetime
    closes_at: datetime


def stretches(
    schedule: Schedule, deviations: Sequence[Deviation], first: date, calendar: Calendar
) -> Iterator[Stretch]:
    """Give the stretches from a day on, in order, up to the horizon."""
    current: Stretch | None = None
    for one in _pieces(schedule, deviations, first, calendar):
        if current and one.opens_at == current.closes_at:
            current = Stretch(current.opens_at, one.closes_at)
            continue
        if current:
            yield current
        current = one
    if current:
        yield current


def _pieces(schedule: Schedule, deviations: Sequence[Deviation], first: date, calendar: Calendar) -> Iterator[Stretch]:
    day = first
    while day < first + HORIZON:
        midnight = china_midnight(day)
        for span in spans(schedule, day, calendar, deviations):
            yield Stretch(midnight + timedelta(minutes=span.opens), midnight + timedelta(minutes=span.closes))
        day += ONE_DAY
