"""The legal clock: when something is due (RULEBOOK 1.6; 民法典第二百零一、二百零三条).

Day 1 is the day after the event. Days on which the clock stands still are not counted. `target` is the promise to
people, without rolling; `legal` is the last lawful day, rolled on where the last day is one of rest.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from applications.rule import TimeLimit, Unit
from applications.rulebook import RuleBook, rulebook
from core.calendar import ONE_DAY, Calendar, bundled, china_day


@dataclass(frozen=True, slots=True)
class Span:
    """A time the clock stood still; `end` is None while it does. Both are moments."""

    start: datetime
    end: datetime | None = None


class Deadline(NamedTuple):
    """When something is due."""

    rule: str
    target: date
    legal: date
    provisional: bool = False  # counted with days whose arrangement is not published
    paused_since: datetime | None = None  # the clock stands still; the dates are as if it went on today

    def days_left(self, today: date) -> int:
        """Count the days until the target; negative when it is past."""
        return (self.target - today).days

    def is_overdue(self, today: date) -> bool:
        """Say whether the lawful time is over."""
        return self.paused_since is None and today > self.legal


@dataclass(frozen=True, slots=True)
class LegalClock:
    """Counts by the rules, on a calendar."""

    rules: RuleBook
    calendar: Calendar

    def due(self, rule: str, event: datetime, *, now: datetime, stopped: Iterable[Span] = ()) -> Deadline:
        """Say when what follows from an event is due."""
        limit = self.rules.limit(rule)
        spans = tuple(stopped) if limit.pauses else ()
        deadline = due_on(limit, china_day(event), self.calendar, standing_still(spans, now))
        open_since = next((one.start for one in spans if one.end is None), None)
        if open_since is None or china_day(open_since) > deadline.target:
            return deadline
        return Deadline(rule, deadline.target, deadline.legal, deadline.provisional, open_since)

    def decision(self, received_at: datetime, *, now: datetime, stopped: Iterable[Span] = ()) -> Deadline:
        """Say when an application must be decided (TL-REV)."""
        return self.due("TL-REV", received_at, now=now, stopped=stopped)

    def supplement(self, issued_at: datetime, days: int | None = None) -> Deadline:
        """Say until when missing papers may be handed in; the notice may name its own number of days (TL-SUP)."""
        return due_on(self.rules.limit("TL-SUP"), china_day(issued_at), self.calendar, days=days)

    def assignment(self, decided_on: date) -> Deadline:
        """Say when a lawyer must be assigned (TL-ASG)."""
        return due_on(self.rules.limit("TL-ASG"), decided_on, self.calendar)

    def agreement(self, assigned_on: date) -> Deadline:
        """Say when lawyer and recipient must have signed (TL-AGR)."""
        return due_on(self.rules.limit("TL-AGR"), assigned_on, self.calendar)

    def objection(self, filed_on: date) -> Deadline:
        """Say when an objection must be decided (TL-OBJ)."""
        return due_on(self.rules.limit("TL-OBJ"), filed_on, self.calendar)


def due_on(
    limit: TimeLimit,
    event: date,
    calendar: Calendar,
    uncounted: frozenset[date] = frozenset(),
    *,
    days: int | None = None,
) -> Deadline:
    """Count a limit from the day of an event, leaving out the uncounted days."""
    count = limit.days if days is None else days
    if limit.unit is Unit.MONTH:
        target = add_months(event, count)
    else:
        target = event
        while count:
            target += ONE_DAY
            if target not in uncounted and (limit.unit is Unit.CALENDAR or calendar.is_working(target)):
                count -= 1
    legal = calendar.roll(target) if limit.roll else target
    return Deadline(limit.id, target, legal, _leans_on_unpublished(limit, event, legal, calendar))


def standing_still(spans: Iterable[Span], now: datetime) -> frozenset[date]:
    """List the days that are not counted: from the day after the clock stopped to the day it went on."""
    days = set()
    for span in spans:
        day, last = china_day(span.start), china_day(span.end or now)
        while day < last:
            day += ONE_DAY
            days.add(day)
    return frozenset(days)


def add_months(day: date, count: int) -> date:
    """Count months on; where the month has no such day, its last (民法典第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _leans_on_unpublished(limit: TimeLimit, event: date, legal: date, calendar: Calendar) -> bool:
    if limit.unit is Unit.WORKING:
        return calendar.is_provisional_between(event + timedelta(days=1), legal)
    return limit.roll and calendar.is_provisional(legal)


def decided_by(received_on: date, calendar: Calendar | None = None) -> Deadline:
    """Say when an application received on a day must be decided, if the clock never stops."""
    return due_on(rulebook().limit("TL-REV"), received_on, calendar or bundled())


def lawyer_by(decided_on: date, calendar: Calendar | None = None) -> Deadline:
    """Say when a lawyer must be assigned after a grant on a day."""
    return due_on(rulebook().limit("TL-ASG"), decided_on, calendar or bundled())
