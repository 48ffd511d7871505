from datetime import timedelta

import pytest

from applications import decisions, desk
from applications.desk import Pile, Place
from applications.models.application import PRIORITY_LANE, URGENT_LANE
from core.db import session
from core.errors import Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Permission
from tests import make


@pytest.fixture
def citizen(unit):
    return make.person()


def references(rows):
    return [row.reference[-1] for row in rows]


def test_puts_the_urgent_first_then_what_is_due_soonest(citizen, now):
    make.application(citizen, reference="FY-A", now=now)
    make.application(citizen, reference="FY-B", now=now - timedelta(days=2))
    make.application(citizen, reference="FY-C", now=now, lane=URGENT_LANE)
    make.application(citizen, reference="FY-D", now=now, lane=PRIORITY_LANE)

    assert references(desk.queue(make.staff(), Pile.TO_REVIEW, first=10)) == ["C", "D", "B", "A"]


def test_reads_on_where_the_page_ended(citizen, now):
    for name in "ABCDE":
        make.application(citizen, reference=f"FY-{name}", now=now)
    reviewer = make.staff()

    page = desk.queue(reviewer, Pile.TO_REVIEW, first=2)
    last = page[1]
    rest = desk.queue(
        reviewer, Pile.TO_REVIEW, first=10, after=Place(last.lane, last.due_on, last.received_at, last.id)
    )

    assert references(page[:2]) + references(rest) == ["A", "B", "C", "D", "E"]
    assert desk.count(reviewer, Pile.TO_REVIEW) == 5


def test_shows_ones_own_region_only(citizen):
    make.application(citizen, reference="FY-A", region="430211")
    make.application(citizen, reference="FY-B", region="430104")

    assert references(desk.queue(make.staff(region="430211"), Pile.TO_REVIEW, first=10)) == ["A"]
    assert references(desk.queue(make.staff(region="4302"), Pile.TO_REVIEW, first=10)) == ["A"]
    assert desk.count(make.staff(region=""), Pile.TO_REVIEW) == 0


def test_sorts_cases_into_piles(citizen, now):
    case = make.application(citizen)
    decisions.grant(make.staff(), case.reference, ["conditions_met"], "", now=now)

    assert not desk.queue(make.staff(), Pile.TO_REVIEW, first=10)
    assert len(desk.queue(make.staff(), Pile.DECIDED, first=10)) == 1


def test_records_who_opened_what(citizen, now):
    case = make.application(citizen)

    desk.opened(make.staff(), case.reference, now=now)

    acts = [entry.act for entry in session().info["audit"]]
    assert acts[-1] == "application.opened"


def test_reveals_for_a_reason_that_is_recorded(citizen, now):
    case = make.application(citizen)

    assert desk.reveal(make.staff(), case.reference, "id_number", "核对证件原件", now=now) == "11010519491231002X"

    entry = session().info["audit"][-1]
    assert (entry.act, entry.reason, entry.details) == ("application.revealed", "核对证件原件", {"field": "id_number"})


def test_reveals_nothing_without_a_reason(citizen, now):
    case = make.application(citizen)

    with pytest.raises(Rejected) as rejected:
        desk.reveal(make.staff(), case.reference, "story", " ", now=now)

    assert rejected.value.problems == (Problem("reveal_reason_missing", "reason"), Problem("reveal_unknown", "field"))


def test_reveals_nothing_that_is_not_there(citizen, now):
    case = make.application(citizen, answers={"phone": None})

    with pytest.raises(NotFound):
        desk.reveal(make.staff(), case.reference, "phone", "要打电话", now=now)


def test_is_closed_to_strangers(citizen, now):
    case = make.application(citizen)
    elsewhere = make.staff(region="430104")
    reader = make.staff(permissions=frozenset({Permission.APPLICATIONS_REVIEW}))

    for stranger, refusal in ((citizen, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refusal):
            desk.queue(stranger, Pile.TO_REVIEW, first=1)
        with pytest.raises(refusal):
            desk.count(stranger, Pile.TO_REVIEW)
        with pytest.raises(refusal):
            desk.opened(stranger, case.reference, now=now)
    with pytest.raises(NotFound):
        desk.opened(elsewhere, case.reference, now=now)
    with pytest.raises(NotFound):
        desk.reveal(elsewhere, case.reference, "id_number", "核对证件原件", now=now)
    with pytest.raises(Forbidden):
        desk.reveal(reader, case.reference, "id_number", "核对证件原件", now=now)
