"""What is looked for is counted by county and hour; where anybody was is nowhere, and small numbers are not said."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from api import execution
from api.viewer import Viewer
from core import jobs
from core.db import keep, session
from core.errors import Forbidden, NotSignedIn, Unavailable
from core.identity import ANYONE, Permission
from locator import searches
from locator.models import SearchCount
from locator.needs import Need
from mobile_api import counting
from tests import make

READING = frozenset({Permission.STATISTICS_READ})
HERE = {"lat": 27.8512345, "lon": 113.1567891, "datum": "WGS84"}
RAMP = Need.WHEELCHAIR_RAMP


@pytest.fixture
def reader():
    return make.staff("4302", READING)


def looked(times, *needs, code="430211", missed=(), minutes=5, now):
    for _ in range(times):
        searches.tally.note(code, needs, missed, minutes=minutes, now=now)


def counted():
    searches.write(searches.tally.take())


def rows():
    found = session().execute(select(SearchCount.county, SearchCount.need, SearchCount.searches, SearchCount.unmet))
    return sorted(tuple(row) for row in found)


def test_a_search_is_counted_by_county_hour_and_need(country, now):
    looked(2, RAMP, RAMP, now=now)
    looked(1, RAMP, code="430211003", missed=[RAMP], now=now)
    looked(1, code="43", minutes=999, now=now)
    counted()

    assert rows() == [("43", "", 1, 1), ("430211", "", 3, 1), ("430211", "wheelchair_ramp", 3, 1)]
    assert {row.hour.minute for row in session().scalars(select(SearchCount))} == {0}


def test_counts_add_up(country, now):
    for _ in range(2):
        looked(1, now=now)
        counted()

    assert rows() == [("430211", "", 2, 0)]


def test_nobodys_whereabouts_are_in_any_table(brought_in, db, now):
    execution.run(Viewer(ANYONE, now), "NearbyStations", position=HERE, region=None, needs=["WHEELCHAIR_RAMP"], first=3)
    keep(counted)

    def told():
        return [[str(value) for value in row] for row in session().execute(select(*SearchCount.__table__.c))]

    found = keep(told)
    assert len(found) == 2
    said = json.dumps(found)
    for figure in (str(HERE["lat"]), str(HERE["lon"]), "27.85", "113.15"):
        assert figure not in said
    assert {column.name for column in SearchCount.__table__.c} == {"county", "hour", "need", "searches", "unmet"}


def test_only_the_first_page_of_an_answer_is_a_search(brought_in, db, now):
    def ask(after):
        return execution.run(
            Viewer(ANYONE, now), "NearbyStations", position=None, region="430211", first=3, after=after
        )["nearbyStations"]

    first = ask(None)
    ask(first["pageInfo"]["endCursor"])

    assert [count[0] for count in searches.tally.take().values()] == [1]


def test_says_sums_rounded_down_and_no_small_numbers(country, reader, now):
    looked(9, RAMP, missed=[RAMP], now=now)
    looked(4, Need.LIFT, missed=[Need.LIFT], now=now - timedelta(hours=5))
    looked(30, Need.PARKING, now=now)
    looked(50, RAMP, missed=[RAMP], code="430102", now=now)
    looked(50, RAMP, missed=[RAMP], now=now - timedelta(days=91))
    counted()

    found = searches.sought(reader, first=10, now=now)

    assert [(one.county, one.label, one.searches, one.unmet) for one in found] == [
        ("430211", searches.ANYTHING, 40, 10),
        ("430211", "轮椅坡道", 5, 5),
    ]
    assert len(searches.sought(reader, first=1, now=now)) == 1


def test_are_nobody_elses_business(country, now):
    with pytest.raises(NotSignedIn):
        searches.sought(ANYONE, first=1, now=now)
    with pytest.raises(Forbidden):
        searches.sought(make.staff("4302", frozenset()), first=1, now=now)


def test_are_forgotten_after_their_term(country, now):
    looked(1, now=now - timedelta(days=401))
    looked(1, code="430102", now=now - timedelta(days=399))
    counted()

    searches.forget_old({}, now=now)

    assert [row[0] for row in rows()] == ["430102"]
    assert "search_count.swept" in jobs.kinds()


def test_memory_has_an_end(monkeypatch, settings, now):
    monkeypatch.setattr(searches, "MOST_WAITING", 1)

    looked(2, now=now)
    looked(1, code="430102", now=now)

    assert list(searches.tally.take().values()) == [[2, 0]]


def test_are_written_when_it_is_time(client, db, monkeypatch, now):
    looked(1, now=now)
    client.get("/healthz")
    assert searches.tally.take()

    looked(1, now=now)
    monkeypatch.setattr(searches, "EVERY", -1.0)
    client.get("/healthz")

    assert not searches.tally.is_due
    assert keep(rows) == [("430211", "", 1, 0)]


def test_an_answer_is_given_though_the_counts_are_lost(client, db, monkeypatch, now):
    def away(_counts):
        raise Unavailable("database_unavailable", retry_after=1)

    monkeypatch.setattr(searches, "EVERY", -1.0)
    monkeypatch.setattr(counting.searches, "write", away)
    looked(1, now=now)

    assert client.get("/healthz").status_code == 200
    assert not searches.tally.is_due
