"""Two who apply at once what touches the same station: one wins, the other is told; on both engines, for real."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import sessionmaker

import core.db
from core import deadline
from core.db import keep, reading, session
from core.errors import Conflict
from core.identity import SYSTEM
from locator.models import Change, ChangeSet, Confirmation, Station, Venue
from locator.upkeep import changes, quality
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
        current.execute(delete(Confirmation))
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


def test_offices_are_asked_once_however_many_ask(town, now):
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: keep(lambda: quality.ask({}, now=now)), range(3)))

    with reading():
        asked = list(session().scalars(select(Confirmation.station_id)))
    assert len(asked) == len(set(asked)) > 2000
