"""What a place keeps to week by week: rules for sorts of days, the later one of two having the word.

A holiday is what the calendar names as a day off, the weekend days within and the swapped days included. Only a rule
for `PH` opens it. A weekend day that is worked goes by the rule for working days (`WD`) where there is one, else by
its own weekday.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.calendar import SATURDAY, Calendar
from locator.hours.season import Season
from locator.hours.span import ALL_DAY, DAY, Span

WORKING_DAYS, HOLIDAYS = "WD", "PH"
WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NAMES = (WORKING_DAYS, *WEEK, HOLIDAYS)
OFFICE_WEEK = frozenset(WEEK[:5])
EVERY_DAY = frozenset((*WEEK, HOLIDAYS))
WORTH_A_RANGE = 3
ALWAYS = "24/7"
NEVER = "off"


class DayKind(StrEnum):
    """What sort of day the calendar makes of one."""

    WORKING = "working"
    REST = "rest"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which days, in which seasons, and when then; no span means closed."""

    days: frozenset[str]
    spans: tuple[Span, ...]
    seasons: tuple[Season, ...] = ()

    def __str__(self) -> str:
        """Write it as the line does."""
        if self.days == EVERY_DAY and self.spans == (ALL_DAY,) and not self.seasons:
            return ALWAYS
        season = f"{','.join(map(str, self.seasons))}: " if self.seasons else ""
        return f"{season}{_written(self.days)} {','.join(map(str, self.spans)) or NEVER}"

    def is_in_season(self, day: date) -> bool:
        """Say whether it speaks of this part of the year."""
        return not self.seasons or any(season.holds(day) for season in self.seasons)

    def hides(self, earlier: Rule) -> bool:
        """Say whether nothing would be left of an earlier rule. Working days cover Monday to Friday."""
        covered = self.days | OFFICE_WEEK if WORKING_DAYS in self.days else self.days
        return earlier.days <= covered and self.seasons in {(), earlier.seasons}


@dataclass(frozen=True)
class Schedule:
    """All the rules of a place. `str` gives its one canonical line."""

    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        """Write the line."""
        return "; ".join(map(str, self.rules))

    @functools.cached_property
    def spills(self) -> bool:
        """Say whether any span goes on after midnight."""
        return any(span.closes > DAY for rule in self.rules for span in rule.spans)

    def on(self, day: date, kind: DayKind) -> tuple[Span, ...]:
        """Give the spans that begin on a day of this sort."""
        said = [rule for rule in self.rules if rule.is_in_season(day)]
        for names in _named(day.weekday(), kind):
            if matching := [rule for rule in said if not rule.days.isdisjoint(names)]:
                return matching[-1].spans
        return ()


def kind_of(day: date, calendar: Calendar) -> DayKind:
    """Say what sort of day the calendar makes of one."""
    if calendar.is_working(day):
        return DayKind.WORKING
    return DayKind.HOLIDAY if calendar.name(day) or day.weekday() < SATURDAY else DayKind.REST


def possible_kinds(day: date) -> Sequence[DayKind]:
    """Give what a day may become when its year is published."""
    if day.weekday() < SATURDAY:
        return (DayKind.WORKING, DayKind.HOLIDAY)
    return tuple(DayKind)


@functools.cache
def _named(weekday: int, kind: DayKind) -> tuple[frozenset[str], ...]:
    """Give the names a day goes by; the first lot that any rule speaks of counts."""
    own = WEEK[weekday]
    if kind is DayKind.HOLIDAY:
        return (frozenset({HOLIDAYS}),)
    if kind is DayKind.REST:
        return (frozenset({own}),)
    if weekday < SATURDAY:
        return (frozenset({WORKING_DAYS, own}),)
    return (frozenset({WORKING_DAYS}), frozenset({own}))


def runs(days: frozenset[str]) -> list[tuple[str, str]]:
    """Group names of weekdays that follow each other: first and last of each run."""
    made: list[tuple[str, str]] = []
    for name in (name for name in WEEK if name in days):
        if made and WEEK.index(name) == WEEK.index(made[-1][1]) + 1:
            made[-1] = (made[-1][0], name)
        else:
            made.append((name, name))
    return made


def _written(days: frozenset[str]) -> str:
    words = [WORKING_DAYS] if WORKING_DAYS in days else []
    for first, last in runs(days):
        between = WEEK[WEEK.index(first) : WEEK.index(last) + 1]
        words += [f"{first}-{last}"] if len(between) >= WORTH_A_RANGE else between
    if HOLIDAYS in days:
        words.append(HOLIDAYS)
    return ",".join(words)
