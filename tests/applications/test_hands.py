import threading
from datetime import date, timedelta

import pytest

from applications import decisions, desk, hands, supplements
from applications.hands import Reason, Why
from applications.models.application import PRIORITY_LANE, URGENT_LANE, Application
from applications.supplements import Missing
from core.db import keep, session
from core.errors import Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Permission
from tests import make


@pytest.fixture
def citizen(unit):
    return make.person()


def colleague(number, **given):
    return make.staff(staff_id=f"staff-{number}", **given)


def case(owner, name, **given):
    return make.application(owner, reference=f"FY-{name}", **given)


def taken(actor, now):
    found = hands.take_next(actor, now=now)
    return found and found.reference[-1]


def test_gives_by_law_first_then_by_who_is_weak_then_by_who_came(citizen, now):
    case(citizen, "E", now=now - timedelta(days=1))
    case(citizen, "D", now=now, lane=PRIORITY_LANE, groups=["ELDERLY", "no_such"])
    case(citizen, "C", now=now - timedelta(days=6))
    case(citizen, "B", now=now - timedelta(days=30))
    case(citizen, "A", now=now, lane=URGENT_LANE, urgent_until=date(2026, 11, 25))

    given = [hands.take_next(colleague(number), now=now) for number in range(6)]

    assert [found and found.reference[-1] for found in given] == ["A", "B", "C", "D", "E", None]
    whys = [hands.reason(found, now=now) for found in given[:5]]
    assert [one.why for one in whys] == [Why.URGENT, Why.OVERDUE, Why.DUE_SOON, Why.PRIORITY, Why.FIRST_COME]
    assert whys[0] == Reason(Why.URGENT, date(2026, 11, 25))
    assert whys[3].groups == ("老年人（60岁以上）",)
    assert session().info["audit"][-1].act == "application.taken"


def test_is_kept_for_two_hours_and_longer_while_it_is_looked_at(citizen, now):
    found = case(citizen, "A", now=now)
    reviewer, other = colleague(1), colleague(2)
    assert taken(reviewer, now) == "A"

    later = now + timedelta(minutes=90)
    desk.opened(reviewer, found.reference, now=later)
    desk.opened(other, found.reference, now=later)

    assert taken(other, now + timedelta(minutes=150)) is None
    assert hands.is_held(found, now=now + timedelta(minutes=150))
    assert [one.reference for one in hands.held(reviewer, now=later)] == ["FY-A"]
    assert taken(other, now + timedelta(minutes=211)) == "A"
    assert hands.held(reviewer, now=now + timedelta(minutes=211)) == []


def test_what_is_put_back_is_for_colleagues(citizen, now):
    found = case(citizen, "A", now=now)
    reviewer, other = colleague(1), colleague(2)
    taken(reviewer, now)

    hands.put_back(reviewer, found.reference, now=now)

    assert taken(reviewer, now) is None
    assert taken(other, now) == "A"
    with pytest.raises(NotFound):
        hands.put_back(reviewer, found.reference, now=now)


def test_nobody_holds_what_is_no_longer_ours_to_do(citizen, now):
    asked, decided = case(citizen, "A", now=now), case(citizen, "B", now=now)
    reviewer = colleague(1)
    assert [taken(reviewer, now), taken(reviewer, now)] == ["A", "B"]

    supplements.ask(reviewer, asked.reference, [Missing("authority")], now=now)
    decisions.grant(reviewer, decided.reference, ["conditions_met"], "", now=now)

    assert hands.held(reviewer, now=now) == []
    assert (asked.held_by, asked.held_name, decided.held_until) == (None, "", None)


def test_nobody_takes_more_than_two_hands_hold(citizen, now):
    for name in "ABCDEF":
        case(citizen, name, now=now)
    reviewer = colleague(1)
    for _ in range(hands.MOST_HELD):
        hands.take_next(reviewer, now=now)

    with pytest.raises(Rejected) as rejected:
        hands.take_next(reviewer, now=now)

    assert rejected.value.problems == (Problem("hands_full", None),)


def test_is_closed_to_strangers(citizen, now):
    found = case(citizen, "A", now=now)
    reader = colleague(9, permissions=frozenset({Permission.APPLICATIONS_REVIEW}))

    assert taken(colleague(1, region="430104"), now) is None
    assert taken(colleague(1, region=""), now) is None
    for stranger, refusal in ((citizen, Forbidden), (reader, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refusal):
            hands.take_next(stranger, now=now)
        with pytest.raises(refusal):
            hands.put_back(stranger, found.reference, now=now)
    for stranger, refusal in ((citizen, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refusal):
            hands.held(stranger, now=now)
    taken(colleague(2), now)
    with pytest.raises(NotFound):
        hands.put_back(colleague(2, region="430104"), found.reference, now=now)


def test_no_two_people_are_given_the_same(kept, now):
    def many():
        owner = make.person()
        for name in "ABCDEFGH":
            case(owner, name, now=now)

    keep(many)
    got, gate = [], threading.Barrier(10)

    def ask(number):
        gate.wait()
        for _ in range(2):
            found = keep(lambda: (one := hands.take_next(colleague(number), now=now)) and one.reference)
            got.append(found)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    given = [one for one in got if one]
    assert len(got) == 20
    assert len(set(given)) == len(given), got
    keep(lambda: [given.append(one.reference) for one in iter(lambda: hands.take_next(colleague(99), now=now), None)])
    assert sorted(given) == [f"FY-{name}" for name in "ABCDEFGH"]
    assert keep(lambda: session().query(Application).filter(Application.held_by.is_(None)).count()) == 0
