"""Who looked at a case: told to its applicant, and to nobody else."""

from datetime import timedelta

import pytest

from accounts import demo, roles
from applications import casefiles, desk, looks
from core.db import session
from core.identity import ANYONE, SYSTEM
from tests import make


@pytest.fixture
def citizen(unit):
    return make.person()


@pytest.fixture
def case(citizen):
    return make.application(citizen)


@pytest.fixture
def reviewer(case, now):
    roles.sync(SYSTEM)
    demo._add(demo.Character("reviewer", "沈知微", ("reviewer",)), "YS1", now)
    session().flush()
    return demo.member("reviewer")


def seal():
    for work in session().info.pop("before_commit", []):
        work()


def test_says_where_they_work_and_as_what(citizen, case, reviewer, now):
    desk.opened(reviewer, case.reference, now=now)
    seal()

    (look,) = looks.at(citizen, case)

    assert (look.act, look.at, look.times) == ("application.opened", now, 1)
    assert (look.office, look.titles) == (case.agency_name, ("审查员",))


def test_puts_a_day_in_a_line(citizen, case, reviewer, now):
    for minutes in (0, 5, 60 * 24):
        desk.opened(reviewer, case.reference, now=now + timedelta(minutes=minutes))
    seal()

    assert [(look.at - now, look.times) for look in looks.at(citizen, case)] == [
        (timedelta(days=1), 1),
        (timedelta(minutes=5), 2),
    ]


def test_says_what_was_shown_and_why(citizen, case, reviewer, now):
    desk.reveal(reviewer, case.reference, "id_number", "核对证件原件", now=now)
    seal()

    (look,) = looks.at(citizen, case)

    assert (look.act, look.field, look.reason) == ("application.revealed", "id_number", "核对证件原件")


def test_still_says_so_where_somebody_is_not_known_any_more(citizen, case, now):
    desk.opened(make.staff(), case.reference, now=now)
    seal()

    (look,) = looks.at(citizen, case)

    assert (look.office, look.titles) == ("", ())


def test_names_the_office_of_somebody_from_another_place(citizen, village_of_others, case, now):
    desk.opened(village_of_others, case.reference, now=now)
    seal()

    (look,) = looks.at(citizen, case)

    assert look.office == "株洲市法律援助中心"


@pytest.fixture
def village_of_others(case, now):
    """Somebody whose region is the whole prefecture."""
    from locator.models import Division  # noqa: PLC0415

    for code, name, level, parent in (("43", "湖南省", 1, None), ("4302", "株洲市", 2, "43")):
        told = {"status": "active", "full_name": name, "pinyin": "", "initials": ""}
        lineage = f"/43/{'4302/' if level == 2 else ''}"
        session().add(Division(code=code, name=name, level=level, parent_code=parent, lineage=lineage, **told))
        session().flush()
    roles.sync(SYSTEM)
    demo._add(demo.Character("wider", "秦问渠", ("supervisor",), region="4302"), "YS2", now)
    session().flush()
    return demo.member("wider")


def test_tells_nobody_else(case, reviewer, now):
    desk.opened(reviewer, case.reference, now=now)
    seal()
    neighbour = make.person("13800000002", "citizen-2")

    for stranger in neighbour, reviewer, ANYONE:
        assert looks.at(stranger, case) == []


def test_knows_no_papers_where_there_are_none(citizen, case):
    assert casefiles.papers(casefiles.find(citizen, case.reference)) == []
