"""All schedules at once: which are open, as the bits of one number, for an index to sift places by.

Bit `n` stands for the `n`th line. A day is worked out once; what is asked of it after that is a search in a short
list. What was announced for one place alone is not in here: see `availability`.
"""

from __future__ import annotations

import functools
import itertools
import operator
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from core.calendar import Calendar, china_day
from locator.hours.availability import Window, keeps_evenings, right_now, tonight, weekend
from locator.hours.day import spans
from locator.hours.line import parse
from locator.hours.schedule import Schedule

DAYS_KEPT = 16
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Table:
    """One day: from which minute on which schedules are open."""

    minutes: tuple[int, ...]
    open: tuple[int, ...]

    def within(self, window: Window) -> int:
        """Give those open at any minute of a window."""
        first = bisect_right(self.minutes, window.first) - 1
        end = bisect_right(self.minutes, window.end - 1)
        return functools.reduce(operator.or_, self.open[first:end])


@dataclass(frozen=True, eq=False)
class Clock:
    """The schedules of a directory under one calendar. Make a new one when either changes."""

    schedules: tuple[Schedule, ...]
    calendar: Calendar
    _tables: dict[date, _Table] = field(default_factory=dict, repr=False)
    _evenings: dict[date, int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, lines: Iterable[str], calendar: Calendar) -> Clock:
        """Make a clock of lines; they must be readable."""
        return cls(tuple(map(parse, lines)), calendar)

    def open_now(self, moment: datetime) -> int:
        """Give those open at a moment."""
        return self._within(right_now(moment))

    def open_tonight(self, moment: datetime) -> int:
        """Give those open later than 18:00 and than now, today."""
        return self._within(tonight(moment))

    def open_this_weekend(self, moment: datetime) -> int:
        """Give those open in what is left of this week's Saturday and Sunday."""
        return functools.reduce(operator.or_, map(self._within, weekend(moment)))

    def open_evenings(self, moment: datetime) -> int:
        """Give those open after 18:00 on some day of an ordinary week at this time of the year."""
        day = china_day(moment)
        return _remembered(self._evenings, day, self._keeping_evenings)

    def _keeping_evenings(self, day: date) -> int:
        return sum(1 << bit for bit, one in enumerate(self.schedules) if keeps_evenings(one, day))

    def _within(self, window: Window) -> int:
        return _remembered(self._tables, window.day, self._table).within(window)

    def _table(self, day: date) -> _Table:
        turns: defaultdict[int, int] = defaultdict(int, {0: 0})
        for bit, schedule in enumerate(self.schedules):
            for span in spans(schedule, day, self.calendar):
                turns[span.opens] ^= 1 << bit
                turns[span.closes] ^= 1 << bit
        minutes = sorted(turns)
        return _Table(tuple(minutes), tuple(itertools.accumulate((turns[one] for one in minutes), operator.xor)))


def _remembered(kept: dict[date, T], day: date, work_out: Callable[[date], T]) -> T:
    """Give what is known of a day; a few days are kept, and threads may work the same one out twice."""
    if (known := kept.get(day)) is not None:
        return known
    if len(kept) >= DAYS_KEPT:
        kept.clear()
    made = kept[day] = work_out(day)
    return made
