"""Whether a place is open at a moment, until when, and when again; and how to say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.calendar import CHINA, ONE_DAY, Calendar, china_day, china_midnight
from locator.hours import closing
from locator.hours.day import Deviation, deviation_on, is_unsure, spans
from locator.hours.schedule import Schedule
from locator.hours.span import ALL_DAY
from locator.hours.stretch import HORIZON, stretches
from locator.hours.wording import UNPUBLISHED, WEEKDAYS

RING_FIRST = "出发前请先打电话确认"
ON_SITE = "以现场公告为准"
NO_DATE = "近期不开放"


@dataclass(frozen=True, slots=True)
class Opening:
    """How things stand at a moment, in China's time.

    `until` is none where it is closed, or no end is in sight; `opens_at` is when it opens next (again, where it is
    open), none where it does not within the days looked at; `unpublished` is the first year the answer rests on whose
    holidays are not published.
    """

    asked_at: datetime
    is_open: bool
    until: datetime | None
    opens_at: datetime | None
    is_all_day: bool
    reason: str
    notice: str = ""
    unpublished: int | None = None

    @property
    def is_provisional(self) -> bool:
        """Say whether the answer may change when a year's holidays are published."""
        return self.unpublished is not None

    @property
    def sentence(self) -> str:
        """Say it in one sentence: `现在开放，17:00 关门`."""
        if not self.is_open:
            return f"{self.reason}，{self.again or NO_DATE}"
        if self.until is None:
            return "现在开放，全天不关门"
        if self.opens_at and closing.is_lunch(self.until, self.opens_at):
            return f"现在开放，{self.until:%H:%M} 午休，{self.opens_at:%H:%M} 再开"
        return f"现在开放，{self._end(self.until)} 关门"

    @property
    def again(self) -> str:
        """Say when it opens next: `明天（周一）09:00 开`; empty where that is not known."""
        if self.opens_at is None:
            return ""
        is_today = self.opens_at.date() == self.asked_at.date()
        word = "再开" if self.is_open or self.reason in closing.BREAKS else "开"
        return f"{'' if is_today else self._day(self.opens_at.date())}{self.opens_at:%H:%M} {word}"

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what to bear in mind; the last is always to ring first."""
        notice = f"今天{self.notice}" if self.notice not in {"", self.reason} else ""
        year = f"{UNPUBLISHED.format(year=self.unpublished)}，{ON_SITE}" if self.unpublished else ""
        return tuple(one for one in (notice, year, RING_FIRST) if one)

    def _end(self, until: datetime) -> str:
        day, time = until.date(), f"{until:%H:%M}"
        if time == "00:00":
            day, time = day - ONE_DAY, "24:00"
        return time if day == self.asked_at.date() else f"{self._day(day)}{time}"

    def _day(self, day: date) -> str:
        today = self.asked_at.date()
        if day == today + ONE_DAY:
            return f"明天（{WEEKDAYS[day.weekday()]}）"
        year = f"{day.year}年" if day.year != today.year else ""
        return f"{year}{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def opening(schedule: Schedule, deviations: Sequence[Deviation], moment: datetime, calendar: Calendar) -> Opening:
    """Say how things stand at a moment."""
    day, here = china_day(moment), moment.astimezone(CHINA)
    ahead = (one for one in stretches(schedule, deviations, day, calendar) if one.closes_at > here)
    current = following = next(ahead, None)
    until, is_open = None, current is not None and current.opens_at <= here
    if current and is_open:
        until = current.closes_at if current.closes_at < china_midnight(day + HORIZON) else None
        following = next(ahead, None)
    opens_at = following.opens_at if following else None
    announced = deviation_on(day, deviations)
    return Opening(
        asked_at=here,
        is_open=is_open,
        until=until,
        opens_at=opens_at,
        is_all_day=spans(schedule, day, calendar, deviations) == (ALL_DAY,),
        reason="" if is_open else closing.why(schedule, deviations, here, calendar),
        notice=closing.notice(announced) if announced else "",
        unpublished=_unpublished(schedule, deviations, (day, opens_at.date() if opens_at else None), calendar),
    )


def _unpublished(
    schedule: Schedule, deviations: Sequence[Deviation], days: tuple[date, date | None], calendar: Calendar
) -> int | None:
    """Give the first year the hours from one day to another rest on that is not published."""
    first, last = days
    day, last = first - ONE_DAY * schedule.spills, last or first + HORIZON
    if not calendar.is_provisional_between(day, last):
        return None
    while day <= last:
        if is_unsure(schedule, day, calendar, deviations):
            return day.year
        day += ONE_DAY
    return None
