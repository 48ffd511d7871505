"""The directory in memory follows the one in the tables: at once, exactly, and without a crowd of builders."""

import gc
import sys
import threading
import weakref
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import sessionmaker

import core.db
from core.db import fresh_id
from locator import nearby, origin, snapshot, version
from locator.coords import Datum, Position
from locator.models import Deviation, Station, Venue
from locator.needs import Need
from locator.wish import Order, Wish

SHIFENG = Position(27.876, 113.113, Datum.WGS84)
CENTRE = "demo-430204-0"


def open_now(*, now):
    search = nearby.Search(Wish(needs=(Need.OPEN_NOW,), order=Order.DISTANCE), origin.at(SHIFENG, None), now=now)
    return [near.station.id for near in search.page(5)]


def test_is_built_once_a_version(country, now, count_statements):
    one = snapshot.current(now=now)

    with count_statements() as sent:
        assert snapshot.current(now=now) is one
    assert len(sent) == 1

    version.advance(now=now)
    other = snapshot.current(now=now)
    assert (other.version, len(other.ids)) == (one.version + 1, len(one.ids))


def test_needs_no_more_statements_for_more_stations(country, now, count_statements):
    snapshot.forget()

    with count_statements() as sent:
        snapshot.current(now=now)

    assert len(sent) <= 4


def test_what_a_build_took_is_given_back_at_once(country, now, monkeypatch):
    built = []
    take = snapshot._Building.__init__
    monkeypatch.setattr(
        snapshot._Building, "__init__", lambda one, *said: built.append(weakref.ref(one)) or take(one, *said)
    )
    gc.disable()
    try:
        snapshot.forget()
        snapshot.current(now=now)
        assert [one() for one in built] == [None]
    finally:
        gc.enable()


def test_never_shows_as_open_what_was_closed(country, now):
    assert CENTRE in open_now(now=now)

    today = now.date()
    country.add(Deviation(id=fresh_id(), station_id=CENTRE, first_on=today, last_on=today, spans="", reason="停电"))
    version.advance(now=now)

    assert CENTRE not in open_now(now=now)
    assert CENTRE in open_now(now=now + timedelta(days=1))


def test_lets_the_shorter_of_two_announcements_speak(country, now):
    week = (now.date() - timedelta(days=2), now.date() + timedelta(days=4))
    day = now.date()
    short = {"first_on": day, "last_on": day, "spans": "09:00-10:00", "reason": "半天"}
    country.add(Deviation(id="b", station_id=CENTRE, **short))
    country.add(Deviation(id="a", station_id=CENTRE, first_on=week[0], last_on=week[1], spans="", reason="装修"))
    version.advance(now=now)

    assert CENTRE in open_now(now=now)
    assert CENTRE not in open_now(now=now + timedelta(hours=1))
    search = nearby.Search(Wish(order=Order.DISTANCE), origin.at(SHIFENG, None), now=now)
    shown = next(near.station for near in search.page(5) if near.station.id == CENTRE)
    assert [(one.reason, one.text) for one in shown.deviations] == [("装修", "不开放"), ("半天", "09:00–10:00")]


@pytest.mark.parametrize("spans", ["早上", "10:00-09:00", "09:00-12:00,11:00-13:00"])
def test_takes_an_announcement_that_cannot_be_read_for_a_closure(country, now, spans):
    day = now.date()
    country.add(Deviation(id="a", station_id=CENTRE, first_on=day, last_on=day, spans=spans, reason="?"))
    version.advance(now=now)

    assert CENTRE not in open_now(now=now)


def test_tells_nobody_a_guess_where_hours_cannot_be_read(country, now):
    country.execute(update(Station).where(Station.id == CENTRE).values(hours="", hours_text="看门口的通知"))
    version.advance(now=now)

    assert CENTRE not in open_now(now=now)
    search = nearby.Search(Wish(order=Order.DISTANCE), origin.at(SHIFENG, None), now=now)
    shown = next(near.station for near in search.page(5) if near.station.id == CENTRE)
    assert shown.hours == "看门口的通知"
    assert shown.opening is None
    assert shown.week_hours == ()
    assert snapshot.read("whenever") is None


def test_says_that_hours_are_not_known(country, now):
    country.execute(update(Station).where(Station.id == CENTRE).values(hours=""))
    version.advance(now=now)

    search = nearby.Search(Wish(order=Order.DISTANCE), origin.at(SHIFENG, None), now=now)
    shown = next(near.station for near in search.page(5) if near.station.id == CENTRE)
    assert shown.hours == "没有登记，请打电话问"


def test_puts_a_station_without_a_point_where_its_division_is(country, now):
    country.execute(update(Venue).where(Venue.id == "demo-430204002-0").values(lat=None, lon=None))
    country.execute(update(Venue).where(Venue.id == CENTRE).values(lat=None, lon=None, division_code="11"))
    country.execute(update(Station).where(Station.id == CENTRE).values(division_code="71"))
    version.advance(now=now)

    directory = snapshot.current(now=now)
    ids = [directory.ids[place] for place in range(len(directory.ids))]
    assert "demo-430204002-0" in ids
    assert CENTRE not in ids


def test_leaves_out_who_is_no_more(country, now):
    before = snapshot.current(now=now)
    country.execute(update(Station).where(Station.id == CENTRE).values(retired_on=now.date()))
    version.advance(now=now)

    assert len(snapshot.current(now=now).ids) == len(before.ids) - 1


def test_leaves_out_a_station_that_is_gone_since(country, now, monkeypatch):
    known = snapshot.current(now=now)
    country.execute(delete(Station).where(Station.id == CENTRE))

    assert CENTRE not in open_now(now=now)
    assert snapshot.current(now=now) is known


def test_forgets_old_minutes(country, now):
    directory = snapshot.current(now=now)
    for minute in range(9):
        open_now(now=now + timedelta(minutes=minute))

    assert 0 < len(directory.timely) <= 4


def test_keeps_ids_in_a_block(country, now):
    ids = snapshot.Ids()
    for one in ("demo-43-0", "a" * 22):
        ids.append(one)

    assert [ids[0], ids[1], len(ids)] == ["demo-43-0", "a" * 22, 2]


def test_many_who_ask_at_once_have_it_built_by_one(brought_in, engine, now, monkeypatch):
    read = engine.execution_options(rufa_access="read")
    core.db.use(sessionmaker(read, expire_on_commit=False), sessionmaker(engine, expire_on_commit=False))
    snapshot.forget()
    built, found, barrier, inner = [], [], threading.Barrier(4), snapshot._build

    def build(*given):
        built.append(given)
        return inner(*given)

    def ask():
        with core.db.reading():
            barrier.wait()
            found.append(snapshot.current(now=now))

    monkeypatch.setattr(snapshot, "_build", build)
    asking = [threading.Thread(target=ask) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()

    assert len(built) == 1
    assert len({id(one) for one in found}) == 1
    snapshot.forget()


def test_costs_a_bounded_number_of_bytes_a_station(country, now):
    directory = snapshot.current(now=now)
    points = directory.points
    columns = (points.lat, points.lon, points.schedules, points.classes, points.masks)
    kept = sum(map(sys.getsizeof, columns)) + sys.getsizeof(directory.ids._block)

    assert kept / len(directory.ids) < 100
