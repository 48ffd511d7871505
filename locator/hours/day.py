"""The hours of one day of the calendar: by the rules, unless something else was announced for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.calendar import ONE_DAY, Calendar
from locator.hours.schedule import Schedule, kind_of, possible_kinds
from locator.hours.span import DAY, Span, have_overlap, joined


@dataclass(frozen=True, slots=True)
class Deviation:
    """Days that are not as usual: closed (no spans), or open at other times. Of two, the later given has the word."""

    first: date
    last: date
    spans: tuple[Span, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        """Hold that it does not end before it begins, and covers no minute twice."""
        if self.last < self.first:
            raise ValueError("a deviation ends no earlier than it begins")
        if have_overlap(self.spans):
            raise ValueError("the spans of a deviation do not overlap")

    def holds(self, day: date) -> bool:
        """Say whether it speaks of a day."""
        return self.first <= day <= self.last

    @property
    def is_closed(self) -> bool:
        """Say whether nobody is there at all."""
        return not self.spans


def deviation_on(day: date, deviations: Sequence[Deviation]) -> Deviation | None:
    """Find what was announced for a day."""
    return next((one for one in reversed(deviations) if one.holds(day)), None)


def beginning_on(
    schedule: Schedule, day: date, calendar: Calendar, deviations: Sequence[Deviation]
) -> tuple[Span, ...]:
    """Give the spans that begin on a day, as they are: they may end after midnight."""
    if announced := deviation_on(day, deviations):
        return announced.spans
    return schedule.on(day, kind_of(day, calendar))


def spans(schedule: Schedule, day: date, calendar: Calendar, deviations: Sequence[Deviation] = ()) -> tuple[Span, ...]:
    """Give when it is open between midnight and midnight, with what spills over from the day before."""
    own = beginning_on(schedule, day, calendar, deviations)
    made = [Span(span.opens, min(span.closes, DAY)) for span in own]
    if schedule.spills or deviations:
        before = beginning_on(schedule, day - ONE_DAY, calendar, deviations)
        made += [Span(0, span.closes - DAY) for span in before if span.closes > DAY]
    return joined(made)


def is_unsure(schedule: Schedule, day: date, calendar: Calendar, deviations: Sequence[Deviation]) -> bool:
    """Say whether a day's hours may still change when the holidays of its year are published."""
    if not calendar.is_provisional(day) or deviation_on(day, deviations):
        return False
    return len({schedule.on(day, kind) for kind in possible_kinds(day)}) > 1
