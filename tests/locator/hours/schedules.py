"""Schedules, days and moments by chance, and the plain way to say whether a place is open at a minute."""

import functools
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from core.calendar import CHINA, bundled
from locator.hours.day import Deviation, spans
from locator.hours.line import parse
from locator.hours.schedule import HOLIDAYS, NAMES, WEEK, Rule, Schedule
from locator.hours.season import Season
from locator.hours.span import DAY, Span, have_overlap, joined

CALENDAR = bundled()
OFFICE = parse("WD 09:00-12:00,13:30-17:00")
WITH_SATURDAY = parse("WD 09:00-12:00,13:30-17:00; Sa 09:00-12:00")
DAYS = [
    date(2026, 9, 24),
    date(2026, 10, 10),
    date(2026, 12, 31),
    date(2027, 2, 5),
    date(2024, 2, 28),
    date(2026, 1, 3),
]


def at(text):
    """Read a moment of China's time: `at("2026-10-10 09:00")`."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def is_open_at(schedule, deviations, moment):
    """Say it the plain way, from the spans of the day."""
    return moment.hour * 60 + moment.minute in open_minutes(schedule, tuple(deviations), moment.date())


@functools.lru_cache(maxsize=64)
def open_minutes(schedule, deviations, day):
    """Give every minute of a day it is open."""
    found = spans(schedule, day, CALENDAR, deviations)
    return frozenset().union(*(range(span.opens, min(span.closes, DAY)) for span in found))


QUARTERS = st.integers(0, 95).map(lambda quarter: quarter * 15)
SPANS = st.builds(lambda opens, length: Span(opens, opens + length * 15), QUARTERS, st.integers(1, 96))
SPAN_LISTS = st.lists(SPANS, max_size=3).filter(lambda made: not have_overlap(made)).map(joined)
YEAR_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))
SEASONS = st.lists(st.builds(Season, YEAR_DAYS, YEAR_DAYS), max_size=2, unique=True).map(
    lambda made: tuple(sorted(made))
)
COMMON_DAYS = st.sampled_from([("WD",), ("Sa",), ("Sa", "Su"), WEEK[:5], (*WEEK, HOLIDAYS), (HOLIDAYS,)])
RULES = st.builds(
    Rule,
    (COMMON_DAYS | st.lists(st.sampled_from(NAMES), min_size=1)).map(frozenset),
    SPAN_LISTS,
    SEASONS | st.just(()),
)


def _said_once(rules):
    kept = []
    for rule in rules:
        if not any(rule.hides(earlier) for earlier in kept):
            kept.append(rule)
    return Schedule(tuple(kept))


SCHEDULES = st.lists(RULES, min_size=1, max_size=4).map(_said_once)
DATES = st.sampled_from(DAYS) | st.dates(date(2025, 12, 1), date(2027, 12, 31))
MOMENTS = st.builds(
    lambda day, minute: datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(minutes=minute),
    DATES,
    QUARTERS | st.integers(0, DAY - 1),
)


@st.composite
def deviations_near(draw, day):
    """Draw what was announced for days around a day."""
    first = day + timedelta(days=draw(st.integers(-3, 5)))
    last = first + timedelta(days=draw(st.integers(0, 4)))
    return Deviation(first, last, draw(SPAN_LISTS), draw(st.sampled_from(["", "装修"])))


@st.composite
def situations(draw):
    """Draw a schedule, what was announced, and a moment."""
    moment = draw(MOMENTS)
    return draw(SCHEDULES), draw(st.lists(deviations_near(moment.date()), max_size=2)), moment
