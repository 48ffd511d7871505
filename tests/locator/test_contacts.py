"""The person who answers for a station, and who stands in."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.db import keep, session
from core.errors import Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, Permission
from locator import contacts, version
from locator.contacts import Person, Responsible
from locator.models import Station
from tests import make

EDITING = frozenset({Permission.DIRECTORY_EDIT})
PLACE = "demo-430211-0"
LI = Person("李明", "T001", "0731-28000000", "周一至周五 9:00-17:00")
DAY = date(2026, 11, 23)
AWAY = replace(LI, away_from=date(2026, 11, 20), away_until=date(2026, 11, 27))


@pytest.fixture
def code(country):
    return session().get_one(Station, PLACE).code


@pytest.fixture
def clerk():
    return make.staff("430211", EDITING)


def test_is_asked_for_by_name():
    assert contacts.today(LI, DAY) == Responsible("李明", "T001", "0731-28000000", "周一至周五 9:00-17:00")


def test_is_stood_in_for_while_away():
    stood_in = replace(AWAY, substitute_name="王芳", substitute_phone="0731-28000001")

    assert contacts.today(stood_in, DAY) == Responsible(
        "王芳", "", "0731-28000001", LI.hours_text, "李明", AWAY.away_until
    )
    assert contacts.today(stood_in, date(2026, 11, 28)).name == "李明"


def test_takes_no_calls_while_away_with_nobody_to_stand_in():
    found = contacts.today(AWAY, DAY)

    assert (found.name, found.phone, found.away_until) == ("李明", "", AWAY.away_until)


def test_counts_at_once_and_moves_the_directory_on(code, clerk, now):
    before = version.current()
    contacts.put(clerk, code, LI, now=now)

    assert contacts.of_stations([PLACE, "nowhere"], day=DAY) == {PLACE: contacts.today(LI, DAY)}
    assert contacts.find(clerk, code) == LI
    assert session().get_one(Station, PLACE).changed_in == version.current() == before + 1


def test_is_replaced_and_removed(code, clerk, now):
    contacts.put(clerk, code, LI, now=now)
    contacts.put(clerk, code, AWAY, now=now)
    assert contacts.find(clerk, code) == AWAY

    contacts.put(clerk, code, None, now=now)
    assert contacts.find(clerk, code) is None
    contacts.put(clerk, code, None, now=now)


def test_leaves_a_trace_without_a_number(brought_in, db, clerk, now):
    code = keep(lambda: session().get_one(Station, PLACE).code)
    keep(lambda: contacts.put(clerk, code, LI, now=now))

    entry = keep(lambda: session().scalars(select(AuditEntry).order_by(AuditEntry.position.desc())).first())
    assert (entry.act, entry.subject, entry.details) == ("contact_person.set", f"station:{PLACE}", {})


@pytest.mark.parametrize(
    ("person", "problems"),
    [
        (Person("", "", ""), {"name", "work_number", "phone"}),
        (replace(LI, name="长" * 41, hours_text="长" * 121), {"name", "hours_text"}),
        (replace(LI, phone="打前台"), {"phone"}),
        (replace(LI, substitute_name="王芳"), {"substitute_phone"}),
        (replace(LI, away_from=DAY), {"away_until"}),
        (replace(LI, away_from=DAY, away_until=date(2026, 11, 1)), {"away_until"}),
    ],
)
def test_says_all_that_is_wrong_at_once(code, clerk, now, person, problems):
    with pytest.raises(Rejected) as rejected:
        contacts.put(clerk, code, person, now=now)

    assert {one.field for one in rejected.value.problems} == problems


@pytest.mark.parametrize(
    ("who", "refusal"),
    [(ANYONE, NotSignedIn), (make.staff("43"), Forbidden), (make.staff("430281", EDITING), NotFound)],
)
def test_is_entered_by_nobody_else(code, now, who, refusal):
    with pytest.raises(refusal):
        contacts.put(who, code, LI, now=now)
    with pytest.raises(refusal):
        contacts.find(who, code)
