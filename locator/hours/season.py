"""A part of every year, from one day to another; it may reach over New Year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
A_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True, order=True)
class Season:
    """From one (month, day) to another, both included; the 29th of February may be either."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __post_init__(self) -> None:
        """Hold that both are days of a calendar."""
        for month, day in (self.first, self.last):
            date(A_LEAP_YEAR, month, day)

    def __str__(self) -> str:
        """Write it as a line does: May 01-Sep 30."""
        first, last = (f"{MONTHS[month - 1]} {day:02}" for month, day in (self.first, self.last))
        return first if first == last else f"{first}-{last}"

    def holds(self, day: date) -> bool:
        """Say whether a day is part of it."""
        one = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= one <= self.last
        return one >= self.first or one <= self.last

    @property
    def rest(self) -> Season:
        """Give the rest of the year."""
        first = date(A_LEAP_YEAR, *self.last) + timedelta(days=1)
        last = date(A_LEAP_YEAR, *self.first) - timedelta(days=1)
        return Season((first.month, first.day), (last.month, last.day))
