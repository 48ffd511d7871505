"""Two who apply at once what touches the same station: one wins, the other is told; on both engines, for real."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import sessionmaker

import core.db
from core import deadline
from core.db import keep, reading, session
from core.errors import Conflict, NotFound, Rejected
from core.identity import SYSTEM, Permission
from locator import contacts, staffing
from locator.models import (
    Change,
    ChangeSet,
    Confirmation,
    ContactPerson,
    Deviation,
    DutyShift,
    Station,
    Venue,
)
from locator.upkeep import changes, deviations, quality
from tests import make
from tests.locator.upkeep.files import laid, office

MANY = 40


@pytest.fixture
def town(brought_in, engine):
    """A database that really keeps things; put back as it was."""
    read, write = (engine.execution_options(rufa_access=access) for access in ("read", "write"))
    core.db.use(sessionmaker(read, expire_on_commit=False), sessionmaker(write, expire_on_commit=False))
    yield
    with deadline.running(30), core.db.transaction() as current:
        real = select(Station.id).where(Station.is_demo.is_(False))
        for made in Deviation, ContactPerson, DutyShift, Confirmation:
            current.execute(delete(made))
        current.execute(delete(Change))
        current.execute(delete(ChangeSet))
        ids = list(current.scalars(real))
        current.execute(delete(Station).where(Station.id.in_(ids)))
        current.execute(delete(Venue).where(Venue.id.in_(ids)))
        current.execute(update(Station).values(retired_on=None, confirmed_on=None))


def try_to(act, which, now):
    try:
        return keep(lambda: act(SYSTEM, which, now=now)).state
    except Conflict as told:
        return told.code


def rows(phone, names):
    return [office(name=name, phone=phone, source_url="") for name in names]


def at_once(act, ids, now):
    with ThreadPoolExecutor(len(ids)) as pool:
        return sorted(pool.map(lambda which: try_to(act, which, now), ids))


def phones():
    with reading():
        wanted = select(Station.phone).where(Station.is_demo.is_(False), Station.retired_on.is_(None))
        return set(session().scalars(wanted))


def test_of_two_overlapping_sets_one_wins_and_the_other_is_told(town, now):
    names = [f"第{number}号中心" for number in range(MANY)]
    base = keep(lambda: laid(*rows("12348", names), now=now))
    keep(lambda: changes.apply(SYSTEM, base.id, now=now))
    one = keep(lambda: laid(*rows("0731-11111111", names), now=now))
    other = keep(lambda: laid(*rows("0731-22222222", reversed(names[:20])), now=now))

    told = at_once(changes.apply, [one.id, other.id], now)

    assert told == ["applied", "directory_changed_meanwhile"]
    assert phones() in ({"0731-11111111"}, {"0731-22222222", "12348"})


def test_a_set_is_applied_once_however_many_press_the_button(town, now):
    found = keep(lambda: laid(office(), now=now))

    told = at_once(changes.apply, [found.id] * 4, now)

    assert told == ["applied", *["change_set_settled"] * 3]


def test_a_set_is_undone_once(town, now):
    found = keep(lambda: laid(office(), now=now))
    keep(lambda: changes.apply(SYSTEM, found.id, now=now))

    told = at_once(changes.undo, [found.id] * 3, now)

    assert told == ["applied", *["change_set_not_applied"] * 2]
    assert phones() == set()


def test_two_files_with_the_same_new_station_make_one(town, now):
    found = [keep(partial(laid, office(phone=phone), now=now)) for phone in ("12348", "12333")]

    told = at_once(changes.apply, [one.id for one in found], now)

    assert told == ["applied", "directory_changed_meanwhile"]
    assert len(phones()) == 1


def press(act, number=6):
    """Let several of one office press a button at once; give what came of it."""

    def one(which):
        try:
            keep(lambda: act(make.staff("430211", frozenset({Permission.DIRECTORY_EDIT})), which))
        except Rejected as refused:
            return refused.problems[0].code
        except NotFound as gone:
            return gone.code
        return "done"

    with ThreadPoolExecutor(number) as pool:
        return sorted(pool.map(one, range(number)))


def code_of_demo():
    with reading():
        return session().get_one(Station, "demo-430211-0").code


def test_the_same_days_are_announced_once(town, now):
    closed = deviations.NewDeviation(date(2026, 12, 1), date(2026, 12, 3), "", "搬家")
    code = code_of_demo()

    told = press(lambda clerk, _: deviations.add(clerk, code, closed, now=now))

    assert told == [*["deviation_overlaps"] * 5, "done"]


def test_whoever_names_the_person_last_has_the_word(town, now):
    code = code_of_demo()

    def name(clerk, which):
        contacts.put(clerk, code, contacts.Person(f"第{which}位", "1", "0731-12345678"), now=now)

    assert set(press(name)) == {"done"}
    with reading():
        assert len(session().scalars(select(ContactPerson)).all()) == 1


def test_nobody_is_on_duty_twice_and_a_shift_is_taken_off_once(town, now):
    code = code_of_demo()

    def lay_out(clerk, which):
        monday = date(2026, 11, 30)
        hours = (f"{8 + which:02}:00", "17:00")
        who = staffing.Lawyer("某律师")
        staffing.lay_out(clerk, code, staffing.Pattern(frozenset({0}), *hours, monday, monday, who), now=now)

    assert set(press(lay_out)) == {"done"}
    with reading():
        (shift,) = session().scalars(select(DutyShift)).all()
    told = press(lambda clerk, _: staffing.cancel(clerk, shift.id, now=now))
    assert told == ["done", *["duty_shift_unknown"] * 5]


def test_offices_are_asked_once_however_many_ask(town, now):
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: keep(lambda: quality.ask({}, now=now)), range(3)))

    with reading():
        asked = list(session().scalars(select(Confirmation.station_id)))
    assert len(asked) == len(set(asked)) > 2000
