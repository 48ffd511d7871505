"""A schedule in plain Chinese: in one sentence, as an ordinary week, and as the seven days ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.calendar import ONE_DAY, SATURDAY, Calendar
from locator.hours import closing
from locator.hours.day import Deviation, beginning_on, deviation_on, is_unsure
from locator.hours.schedule import (
    EVERY_DAY,
    HOLIDAYS,
    WEEK,
    WORKING_DAYS,
    WORTH_A_RANGE,
    DayKind,
    Rule,
    Schedule,
    kind_of,
    runs,
)
from locator.hours.season import Season
from locator.hours.span import ALL_DAY, DAY, Span, clock

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
CLOSED, WHOLE_DAY, ALWAYS = "不开放", "24小时", "全年24小时开放"
UNPUBLISHED = "{year}年节假日安排待公布"
SHIFTED = "调休上班"


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A row of an ordinary week."""

    weekday: str
    hours: str


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A row of the days ahead; the note says why it is not as usual, or not sure."""

    date: date
    weekday: str
    hours: str
    is_open: bool
    note: str


def words(schedule: Schedule) -> str:
    """Say it in a sentence: `工作日 09:00–12:00、13:30–17:00；周六 09:00–12:00`."""
    if len(schedule.rules) == 1 and str(schedule) == "24/7":
        return ALWAYS
    return "；".join(map(_rule, schedule.rules))


def week(schedule: Schedule, day: date) -> tuple[WeekDay, ...]:
    """Give an ordinary week at this time of the year, Monday first: without holidays and shifted days."""
    monday = day - timedelta(days=day.weekday())
    made = []
    for ahead, weekday in enumerate(WEEKDAYS):
        kind = DayKind.WORKING if ahead < SATURDAY else DayKind.REST
        made.append(WeekDay(weekday, hours(schedule.on(monday + timedelta(days=ahead), kind))))
    return tuple(made)


def week_ahead(
    schedule: Schedule, deviations: Sequence[Deviation], day: date, calendar: Calendar
) -> tuple[ComingDay, ...]:
    """Give the seven days from a day on as they will really be."""
    made = []
    for ahead in range(len(WEEK)):
        one = day + ONE_DAY * ahead
        own = beginning_on(schedule, one, calendar, deviations)
        note = _note(schedule, deviations, one, calendar)
        made.append(ComingDay(one, WEEKDAYS[one.weekday()], hours(own), bool(own), note))
    return tuple(made)


def hours(spans: Sequence[Span]) -> str:
    """Say the hours of one day."""
    return "、".join(map(_span, spans)) or CLOSED


def _note(schedule: Schedule, deviations: Sequence[Deviation], day: date, calendar: Calendar) -> str:
    if announced := deviation_on(day, deviations):
        return closing.notice(announced)
    notes = []
    kind = kind_of(day, calendar)
    if kind is DayKind.HOLIDAY:
        notes.append(closing.holiday(day, calendar))
    if kind is DayKind.WORKING and day.weekday() >= SATURDAY:
        notes.append(SHIFTED)
    if is_unsure(schedule, day, calendar, deviations):
        notes.append(UNPUBLISHED.format(year=day.year))
    return "，".join(notes)


def _span(span: Span) -> str:
    if span == ALL_DAY:
        return WHOLE_DAY
    closes = clock(span.closes) if span.closes <= DAY else f"次日{clock(span.closes - DAY)}"
    return f"{clock(span.opens)}–{closes}"  # a dash between times


def _rule(rule: Rule) -> str:
    season = f"{'、'.join(map(_season, rule.seasons))}：" if rule.seasons else ""
    said = hours(rule.spans)
    return f"{season}{_days(rule.days)}{'' if said == CLOSED else ' '}{said}"


def _season(season: Season) -> str:
    (month, day), (last_month, last_day) = season.first, season.last
    if season.first == season.last:
        return f"{month}月{day}日"
    return f"{month}月{day}日至{'次年' * (season.first > season.last)}{last_month}月{last_day}日"


def _days(days: frozenset[str]) -> str:
    if days >= EVERY_DAY:
        return "每天（含法定节假日）"
    said = ["工作日"] if WORKING_DAYS in days else []
    for first, last in runs(days):
        start, end = WEEK.index(first), WEEK.index(last)
        between = WEEKDAYS[start : end + 1]
        said += [f"{between[0]}至{between[-1]}"] if len(between) >= WORTH_A_RANGE else between
    if HOLIDAYS in days:
        said.append("法定节假日")
    return "、".join(said)
