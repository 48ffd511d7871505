"""Times as people say them: 下午2:30-5:30, 9点半至晚8点, 18:00至次日2:00."""

from __future__ import annotations

import re

from locator.hours.span import DAY, Span

HOUR, NOON = 60, 12
TIME = re.compile(r"(\d+)\D+?(\d+|半)?\D*")
AFTER_NOON = {"中午": range(1, 3), "下午": range(1, 8)} | dict.fromkeys(("晚上", "晚间", "晚", "夜间"), range(5, 12))
MORNING = ("上午", "早上", "早晨", "早")
BEFORE_DAWN = "凌晨"
EARLIEST = 6 * HOUR
"""Nobody opens before six without saying so: 2:30 alone is an afternoon written short."""


def span(opens: str, closes: str, part: str = "", part_of_end: str = "") -> Span:
    """Make a span of two times and what was said before each. Raise `ValueError` where it stays doubtful."""
    start = _said(opens, part)
    if part_of_end in {*MORNING, *AFTER_NOON}:
        end = _said(closes, part_of_end)
    else:
        end = _later(_plain(closes), part) + DAY * (bool(part_of_end) and part != BEFORE_DAWN)
    end = end or DAY
    is_whole = (start, end) == (0, DAY)
    if start >= end or not (start >= EARLIEST or part == BEFORE_DAWN or is_whole):
        raise ValueError("which half of the day is not said")
    return Span(start, end)


def _plain(text: str) -> int:
    """Read a time as its figures stand."""
    found = TIME.fullmatch(text.replace(" ", ""))
    hours, rest = (found[1], found[2]) if found else ("99", None)
    minutes = HOUR // 2 if rest == "半" else int(rest or 0)
    if minutes >= HOUR or int(hours) * HOUR + minutes > DAY:
        raise ValueError("no clock shows this")
    return int(hours) * HOUR + minutes


def _said(text: str, part: str) -> int:
    """Read a time by the part of the day said before it."""
    minute = _plain(text)
    hour = minute // HOUR
    if part in AFTER_NOON and hour in AFTER_NOON[part]:
        return minute + NOON * HOUR
    is_odd = (part in AFTER_NOON and hour < NOON) or (part in MORNING and hour > NOON)
    if is_odd or (part == BEFORE_DAWN and minute >= EARLIEST):
        raise ValueError("the hour does not fit the part of the day")
    return minute


def _later(minute: int, part: str) -> int:
    """Read an end without a word of its own: it goes on with the half of the day it began in."""
    return minute + NOON * HOUR * (part in AFTER_NOON and 0 < minute < NOON * HOUR)
