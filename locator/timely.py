"""Which schedules of a directory are open now, this evening, this weekend, or late on ordinary days (C03, B24)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.calendar import Calendar
from locator.hours.availability import Availability, availability
from locator.needs import OPENINGS, Need
from locator.snapshot import Directory

NAMES = {
    Need.OPEN_NOW: "now",
    Need.OPEN_TONIGHT: "tonight",
    Need.OPEN_THIS_WEEKEND: "weekend",
    Need.OPEN_AFTER_18: "evenings",
}
NEVER = Availability(now=False, tonight=False, weekend=False, evenings=False)
MINUTES_KEPT = 4


def schedules(directory: Directory, wanted: Iterable[Need], moment: datetime, calendar: Calendar) -> int:
    """Give the schedules that satisfy every opening time wanted, a bit each; all of them where none is wanted."""
    asked = OPENINGS.keys() & set(wanted)
    sets = _sets(directory, moment.replace(second=0, microsecond=0), calendar)
    found = -1
    for need in asked:
        found &= sets[need]
    return found


def _sets(directory: Directory, minute: datetime, calendar: Calendar) -> dict[Need, int]:
    """Work all of them out together, once a minute."""
    by, sets = directory.timely.get(minute, (None, {}))
    if by is not calendar:
        found = [
            availability(schedule, announced, minute, calendar) if schedule else NEVER
            for schedule, announced in directory.hours
        ]
        sets = {
            need: sum(1 << number for number, one in enumerate(found) if getattr(one, name))
            for need, name in NAMES.items()
        }
        if len(directory.timely) >= MINUTES_KEPT:
            directory.timely.clear()
        directory.timely[minute] = (calendar, sets)
    return sets
