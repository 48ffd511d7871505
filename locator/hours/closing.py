"""Why a place is closed, and what is unusual about a day, in a few words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from core.calendar import SATURDAY, Calendar
from locator.hours.day import Deviation, beginning_on, deviation_on
from locator.hours.schedule import DayKind, Schedule, kind_of
from locator.hours.span import Span

BEFORE, AFTER, LUNCH, BREAK = "还没开门", "已下班", "午休", "中间休息"
NOT_TODAY, NOT_SAID, HOLIDAY = "今天不开放", "调休上班日，是否开放没有写明", "法定节假日"
LUNCH_FROM, LUNCH_TO = 11 * 60, 15 * 60
BREAKS = (LUNCH, BREAK)
ASIDE = re.compile(r"（[^）]*）")  # 春节（补假）


def why(schedule: Schedule, deviations: Sequence[Deviation], here: datetime, calendar: Calendar) -> str:
    """Say why it is closed at a moment of China's time."""
    day = here.date()
    if own := beginning_on(schedule, day, calendar, deviations):
        return _place_in_day(own, here.hour * 60 + here.minute)
    if announced := deviation_on(day, deviations):
        return notice(announced)
    kind = kind_of(day, calendar)
    if kind is DayKind.HOLIDAY:
        return holiday(day, calendar)
    is_shifted = kind is DayKind.WORKING and day.weekday() >= SATURDAY
    return NOT_SAID if is_shifted else NOT_TODAY


def is_lunch(closes_at: datetime, opens_at: datetime) -> bool:
    """Say whether between two moments there is only lunch."""
    if closes_at.date() != opens_at.date():
        return False
    return closes_at.hour * 60 >= LUNCH_FROM and opens_at.hour * 60 + opens_at.minute <= LUNCH_TO


def holiday(day: date, calendar: Calendar) -> str:
    """Name the holiday a day is: 国庆节放假."""
    return f"{ASIDE.sub('', calendar.name(day)) or HOLIDAY}放假"


def notice(announced: Deviation) -> str:
    """Say what was announced for a day."""
    words = "临时关闭" if announced.is_closed else "时间有调整"
    return f"{words}：{announced.reason}" if announced.reason else words


def _place_in_day(own: Sequence[Span], minute: int) -> str:
    gone = [span.closes for span in own if span.closes <= minute]
    coming = [span.opens for span in own if span.opens > minute]
    if not gone:
        return BEFORE
    if not coming:
        return AFTER
    return LUNCH if LUNCH_FROM <= max(gone) < min(coming) <= LUNCH_TO else BREAK
