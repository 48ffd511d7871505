from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import clock, rulebook
from applications.clock import LegalClock, Span
from applications.rule import Unit
from core import calendar

CALENDAR = calendar.bundled()
CLOCK = LegalClock(rulebook.load(), CALENDAR)
LIMITS = st.sampled_from(list(CLOCK.rules.limits.values()))
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 1))


def at(day: str, hour: int = 2) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "event", "target", "legal"),
    [
        ("TL-REV", "2026-11-23", "2026-11-30", "2026-11-30"),
        ("TL-REV", "2026-09-25", "2026-10-02", "2026-10-08"),  # rolls over the national day
        ("TL-REV", "2026-02-07", "2026-02-14", "2026-02-14"),  # a Saturday that is worked
        ("TL-ASG", "2026-11-25", "2026-11-28", "2026-11-30"),
        ("TL-AGR", "2026-11-23", "2026-11-28", "2026-11-30"),
        ("TL-OBJ", "2026-11-24", "2026-11-29", "2026-11-30"),
        ("TL-SUP", "2026-11-23", "2026-12-03", "2026-12-03"),
        ("TL-RECON", "2026-11-23", "2027-01-22", "2027-01-22"),
        ("TL-SUIT", "2026-08-31", "2027-02-28", "2027-03-01"),
        ("TL-ARL5", "2026-09-28", "2026-10-10", "2026-10-10"),  # working days
        ("LIM-CIVIL", "2024-02-29", "2027-02-28", "2027-03-01"),
    ],
)
def test_counts_by_the_rules(rule, event, target, legal):
    due = CLOCK.due(rule, at(event), now=at(event))

    assert (due.rule, due.target, due.legal) == (rule, date.fromisoformat(target), date.fromisoformat(legal))


def test_starts_on_the_day_it_is_in_china():
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # 00:30 on Monday in China

    assert CLOCK.decision(late, now=late).target == date(2026, 11, 30)


def test_stands_still_while_papers_are_missing():
    stopped = [Span(at("2026-11-25"), at("2026-11-28"))]

    due = CLOCK.decision(at("2026-11-23"), now=at("2026-12-01"), stopped=stopped)

    assert due.target == date(2026, 12, 3)
    assert due.paused_since is None


def test_says_that_it_stands_still():
    due = CLOCK.decision(at("2026-11-23"), now=at("2026-11-27"), stopped=[Span(at("2026-11-25"))])

    assert due.paused_since == at("2026-11-25")
    assert due.target == date(2026, 12, 2)
    assert not due.is_overdue(date(2027, 1, 1))


def test_does_not_stand_still_once_it_ran_out():
    due = CLOCK.decision(at("2026-11-02"), now=at("2026-11-20"), stopped=[Span(at("2026-11-12"))])

    assert due.paused_since is None
    assert due.is_overdue(date(2026, 11, 10))
    assert due.days_left(date(2026, 11, 10)) == -1


def test_stops_only_where_the_rule_says_so():
    due = CLOCK.due("TL-OBJ", at("2026-11-23"), now=at("2026-11-25"), stopped=[Span(at("2026-11-24"))])

    assert due.target == date(2026, 11, 28)
    assert due.paused_since is None


def test_says_what_leans_on_days_not_published():
    assert CLOCK.assignment(date(2026, 12, 30)).provisional
    assert CLOCK.due("TL-ARL5", at("2026-12-29"), now=at("2026-12-29")).provisional
    assert not CLOCK.assignment(date(2026, 12, 28)).provisional
    assert not CLOCK.due("KEEP-PRECHECK", at("2026-12-28"), now=at("2026-12-28")).provisional


def test_has_a_name_for_each_promise(settings):
    assert CLOCK.agreement(date(2026, 11, 23)).rule == "TL-AGR"
    assert CLOCK.objection(date(2026, 11, 23)).rule == "TL-OBJ"
    assert CLOCK.supplement(at("2026-11-23"), days=3).target == date(2026, 11, 26)
    assert clock.decided_by(date(2026, 11, 23)).legal == date(2026, 11, 30)
    assert clock.lawyer_by(date(2026, 11, 25), CALENDAR).legal == date(2026, 11, 30)


@given(LIMITS, DAYS, st.integers(0, 400))
def test_is_monotone(limit, day, later):
    first = clock.due_on(limit, day, CALENDAR)
    second = clock.due_on(limit, day + timedelta(days=later), CALENDAR)

    assert first.target <= second.target
    assert first.legal <= second.legal


@given(LIMITS, DAYS)
def test_never_rolls_back_and_ends_on_a_working_day(limit, day):
    due = clock.due_on(limit, day, CALENDAR)

    assert due.target > day
    assert due.legal >= due.target
    assert CALENDAR.is_working(due.legal) or not limit.roll


@given(DAYS, st.integers(0, 6), st.integers(0, 60))
def test_moves_by_as_many_days_as_it_stood_still(day, after, days):
    event = at(day.isoformat())
    start = event + timedelta(days=after)
    span = Span(start, start + timedelta(days=days))

    plain = CLOCK.decision(event, now=event)
    stopped = CLOCK.decision(event, now=event, stopped=[span])

    assert stopped.target - plain.target == timedelta(days=days)


@given(LIMITS.filter(lambda limit: limit.unit is not Unit.MONTH), DAYS, st.frozensets(st.integers(1, 40), max_size=20))
def test_equals_a_walk_from_day_to_day(limit, day, offsets):
    uncounted = frozenset(day + timedelta(days=one) for one in offsets)
    counts = [
        one
        for one in (day + timedelta(days=n) for n in range(1, 300))
        if one not in uncounted and (limit.unit is Unit.CALENDAR or CALENDAR.is_working(one))
    ]

    assert clock.due_on(limit, day, CALENDAR, uncounted).target == counts[limit.days - 1]
