"""What single words of Chinese hours mean: days, seasons, dates."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from locator.hours.schedule import HOLIDAYS, OFFICE_WEEK, WEEK, WORKING_DAYS
from locator.hours.season import A_LEAP_YEAR, Season

SUMMER, WINTER = "夏季", "冬季"
USUAL = {SUMMER: Season((5, 1), (9, 30)), WINTER: Season((10, 1), (4, 30))}
WHOLE_WEEK, WEEKEND = frozenset(WEEK), frozenset(WEEK[5:])
FIGURES = dict(zip("一二三四五六日", WEEK, strict=True)) | {"天": "Su"}


def days(text: str, parts: Sequence[str | None]) -> frozenset[str]:
    """Read days of the week, or a word for some of them."""
    if "假日" in text:
        return frozenset({HOLIDAYS})
    if "工作日" in text:
        return frozenset({WORKING_DAYS})
    if text in {"双休日", "周末"}:
        return WEEKEND
    if text in {"每天", "每日", "天天"}:
        return WHOLE_WEEK
    first, last = parts
    if first and last:
        start = WEEK.index(FIGURES[first])
        length = (WEEK.index(FIGURES[last]) - start) % len(WEEK)
        return frozenset(WEEK[(start + step) % len(WEEK)] for step in range(length + 1))
    return frozenset(FIGURES[one] for one in text if one in FIGURES)


def are_one(named: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    """Say whether two names mean the same days: 工作日（周一至周五）."""
    return named is not None and other is not None and settled(named) == settled(other)


def settled(named: frozenset[str]) -> frozenset[str]:
    """Take Monday to Friday for the working days of an office; a whole week stays one."""
    if named >= OFFICE_WEEK and not named >= WHOLE_WEEK:
        return named - OFFICE_WEEK | {WORKING_DAYS}
    return named


def season_word(text: str) -> str:
    """Tell summer from winter."""
    return SUMMER if text.startswith("夏") else WINTER


def season(parts: Sequence[str | None]) -> Season:
    """Read 5月1日至9月30日, or 5-9月. Raise `ValueError` where there is no such day."""
    first, last, first_month, last_month = parts
    if first and last:
        return Season(_day(first, is_last=False), _day(last, is_last=True))
    return Season(_day(f"{first_month}月", is_last=False), _day(f"{last_month}月", is_last=True))


def _day(text: str, *, is_last: bool) -> tuple[int, int]:
    month, *day = map(int, re.findall(r"\d+", text))
    if day:
        return month, day[0]
    return month, calendar.monthrange(A_LEAP_YEAR, month)[1] if is_last else 1
