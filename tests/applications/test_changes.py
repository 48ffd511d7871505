"""A copy of one's own cases is brought up to date with what has changed, and nothing is missed on the way."""

from datetime import timedelta

import pytest

from applications import cases, changes, drafts
from applications.states import EventKind
from core.errors import Forbidden, Malformed, NotSignedIn
from core.identity import ANYONE
from tests import make

LATER = timedelta(hours=1)


@pytest.fixture
def own(citizen, now):
    """Three cases, an hour apart."""
    return [
        make.application(citizen, reference=f"FY-AAAAA-AAAAA-AAA{number}", now=now + number * LATER)
        for number in range(3)
    ]


def references(found):
    return [one.reference[-1] for one in found.cases]


def test_the_first_time_gives_all_of_it(citizen, own, now):
    found = changes.since(citizen, "", now=now + 5 * LATER)

    assert (references(found), found.more, found.gone_drafts) == (["0", "1", "2"], False, [])
    assert [one.changed_at for one in found.cases] == [now, now + LATER, now + 2 * LATER]


def test_then_only_what_has_changed(citizen, own, now):
    first = changes.since(citizen, "", now=now + 5 * LATER)
    cases.happen(own[1], EventKind.REVIEW_STARTED, make.staff(), now=now + 6 * LATER, legal_basis="LAL 43")

    found = changes.since(citizen, first.next, now=now + 7 * LATER)

    assert references(found) == ["1"]
    assert references(changes.since(citizen, found.next, now=now + 8 * LATER)) == []


def test_what_was_being_written_while_somebody_asked_is_not_lost(citizen, own, now):
    asked = now + 5 * LATER
    first = changes.since(citizen, "", now=asked)
    late = asked - timedelta(seconds=30)  # begun before the question, kept after the answer
    cases.happen(own[0], EventKind.REVIEW_STARTED, make.staff(), now=late, legal_basis="LAL 43")

    assert references(changes.since(citizen, first.next, now=asked + LATER)) == ["0"]


def test_much_comes_in_portions(citizen, own, now, monkeypatch):
    monkeypatch.setattr(changes, "MOST", 2)

    first = changes.since(citizen, "", now=now + 5 * LATER)
    rest = changes.since(citizen, first.next, now=now + 5 * LATER)

    assert (references(first), first.more) == (["0", "1"], True)
    assert (references(rest), rest.more) == (["2"], False)


def test_cases_of_one_moment_are_told_once(citizen, now, monkeypatch):
    for number in range(3):
        make.application(citizen, reference=f"FY-AAAAA-AAAAA-AAA{number}", now=now)
    monkeypatch.setattr(changes, "MOST", 2)

    first = changes.since(citizen, "", now=now + LATER)

    assert references(first) + references(changes.since(citizen, first.next, now=now + LATER)) == ["0", "1", "2"]


def test_drafts_come_and_go(citizen, draft, now):
    kept = drafts.start(citizen, drafts.Start(), now=now)
    first = changes.since(citizen, "", now=now + LATER)
    drafts.discard(citizen, kept.id, now=now + 2 * LATER)

    found = changes.since(citizen, first.next, now=now + 3 * LATER)

    assert [one.id for one in first.drafts] == [kept.id]
    assert ([one.id for one in found.drafts], found.gone_drafts) == ([], [kept.id])
    assert changes.since(citizen, found.next, now=now + 4 * LATER).gone_drafts == []


def test_is_nobody_elses_business(citizen, neighbour, own, draft, now):
    found = changes.since(neighbour, "2026-01-01T00:00:00Z~", now=now + 5 * LATER)

    assert (found.cases, found.drafts, found.gone_drafts) == ([], [], [])
    with pytest.raises(NotSignedIn):
        changes.since(ANYONE, "", now=now)
    with pytest.raises(Forbidden):
        changes.since(make.staff(), "", now=now)


@pytest.mark.parametrize("since", ["x", "~", "2026-99-99T00:00:00Z~", "yesterday~id"])
def test_a_place_nobody_gave_is_refused(citizen, now, since):
    with pytest.raises(Malformed, match="since_malformed"):
        changes.since(citizen, since, now=now)
