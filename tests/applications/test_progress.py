from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from applications import progress
from applications.clock import LegalClock
from applications.progress import Turn
from applications.rulebook import rulebook
from core import calendar


@pytest.fixture
def clock(settings):
    return LegalClock(rulebook(), calendar.bundled())


@dataclass
class Happened:
    kind: str
    state: str
    at: datetime
    actor_name: str = ""


def days(now, count):
    return now + timedelta(days=count)


def test_promises_a_decision_in_seven_days(clock, now):
    stands = progress.of([Happened("submitted", "submitted", now)], clock, now=now)

    assert stands.decision.target == date(2026, 11, 30)
    assert stands.turn is Turn.AGENCY
    assert stands.due_on == stands.decision.legal
    assert [(one.kind, one.due, one.is_current) for one in stands.entries[1:]] == [
        ("to_decide", date(2026, 11, 30), True),
        ("to_assign", None, False),
    ]


def test_stands_still_while_something_is_missing(clock, now):
    events = [
        Happened("submitted", "submitted", now),
        Happened("supplement_asked", "supplement_required", days(now, 2), "李明"),
    ]

    waiting = progress.of(events, clock, now=days(now, 5))
    went_on = progress.of(
        [*events, Happened("supplement_supplied", "submitted", days(now, 5))], clock, now=days(now, 5)
    )

    assert waiting.turn is Turn.APPLICANT
    assert waiting.due_on is None
    assert waiting.decision.paused_since == days(now, 2)
    assert went_on.decision.target == date(2026, 12, 3)
    assert went_on.decision.paused_since is None


def test_owes_a_lawyer_after_a_grant(clock, now):
    events = [Happened("submitted", "submitted", now), Happened("granted", "granted", days(now, 3), "李明")]

    stands = progress.of(events, clock, now=days(now, 4))

    assert stands.lawyer.target == date(2026, 11, 29)  # a Sunday
    assert stands.due_on == date(2026, 11, 30)
    assert stands.entries[-1].kind == "to_assign"


def test_is_over_after_a_refusal(clock, now):
    events = [Happened("submitted", "submitted", now), Happened("refused", "refused", days(now, 1), "李明")]

    stands = progress.of(events, clock, now=days(now, 40))

    assert stands.turn is Turn.NOBODY
    assert stands.decision.target == date(2026, 11, 30)
    assert [one.kind for one in stands.entries] == ["submitted", "refused"]


def test_shows_nobody_who_looked(clock, now):
    events = [Happened("submitted", "submitted", now), Happened("opened", "submitted", now, "李明")]

    assert "opened" not in {one.kind for one in progress.of(events, clock, now=now).entries}


def test_leaves_a_case_with_the_lawyer_alone(clock, now):
    events = [Happened("submitted", "submitted", now), Happened("work_started", "in_progress", now)]

    stands = progress.of(events, clock, now=now)

    assert stands.turn is Turn.LAWYER
    assert [one.kind for one in stands.entries] == ["submitted", "work_started"]
