"""Windows as pages show them: the next days that have any; what speaks for all of them is said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from core.calendar import china_day
from portal.asking import viewer

AHEAD, DAYS_SHOWN = 31, 4


def first(said: str) -> date:
    """Give the day somebody turned to; today where it is none."""
    today = china_day(viewer().now)
    try:
        asked = date.fromisoformat(said)
    except ValueError:
        return today
    return min(max(asked, today), today + timedelta(days=AHEAD))


def shown(days: Sequence[Mapping[str, Any]], begin: date) -> dict[str, Any]:
    """Give the days for the page, the first that is not on it any more, and whether earlier ones were left behind."""
    free = [day for day in days if day["windows"]]
    kept = free[:DAYS_SHOWN]
    reasons = [set(one["reasons"]) for day in kept for one in day["windows"]]
    always = set.intersection(*reasons) if reasons else set()
    return {
        "days": [{**day, "windows": [_window(one, always) for one in day["windows"]]} for day in kept],
        "always": sorted(always),
        "later": free[DAYS_SHOWN]["date"] if len(free) > DAYS_SHOWN else None,
        "is_later": begin > china_day(viewer().now),
    }


def _window(one: Mapping[str, Any], always: set[str]) -> dict[str, Any]:
    return {**one, "reasons": [reason for reason in one["reasons"] if reason not in always]}
