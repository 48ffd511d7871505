"""The offline pack: a few KB a county, what changed since, and nothing twice."""

import gzip
import json
from datetime import date

import pytest
from sqlalchemy import update

from core.db import keep, session
from core.errors import NotFound
from core.identity import Permission
from locator import contacts, keeping, pack, queries, version
from locator.contacts import Person
from locator.models import Deviation, Station, Venue
from tests import make
from tests.portal.browser import SITE

TIANYUAN, PLACE = "430211", "demo-430211-0"
BUDGET = 6 * 1024  # bytes on the wire, for the largest county; thirty kilobytes were asked for


@pytest.fixture(autouse=True)
def fresh():
    pack._made.cache_clear()
    yield
    pack._made.cache_clear()


@pytest.fixture
def given(country, now):
    return lambda county=TIANYUAN, since=None: json.loads(pack.pack(county, now=now, since=since).body)


def named(told):
    return [dict(zip(told["columns"], row, strict=True)) for row in told["stations"]]


def test_holds_the_county_and_what_lies_above_and_below(given):
    told = given()

    divisions = [one["division"] for one in named(told)]
    assert divisions[:3] == ["43", "4302", "4302"]
    assert divisions.count(TIANYUAN) == 2
    assert all(code.startswith(TIANYUAN) for code in divisions[5:])
    assert told["count"] == len(divisions)
    assert told["demo"] == "演示数据，非真实机构"
    assert told["county"] == {"code": TIANYUAN, "name": "湖南省株洲市天元区"}


def test_says_hours_and_facts_so_that_nothing_else_is_needed(given):
    venue = session().get_one(Venue, PLACE)
    venue.facts, venue.transport = {"lift": {"there": True}, "parking": {"there": False}}, "12 路"
    session().flush()

    told = given()
    one = next(row for row in named(told) if row["division"] == TIANYUAN and "公共" in row["name"])

    line, words = told["hours"][one["hours"]]
    assert line.startswith("WD") or "May" in line
    assert "工作日" in words
    assert [name for bit, name in enumerate(told["factNames"]) if one["facts"] >> bit & 1] == ["电梯"]
    assert "法律咨询" in [name for bit, name in enumerate(told["serviceNames"]) if one["services"] >> bit & 1]
    assert one["rest"]["transport"] == "12 路"
    assert told["kindNames"][one["kind"]] == "公共法律服务中心"


def test_tells_of_people_and_closures(given, now):
    code = session().get_one(Station, PLACE).code
    contacts.put(
        make.staff(TIANYUAN, frozenset({Permission.DIRECTORY_EDIT})), code, Person("李明", "T1", "0731-2"), now=now
    )
    day = date(2026, 12, 1)
    session().add(Deviation(station_id=PLACE, first_on=day, last_on=day, spans="09:00-12:00", reason="装修"))
    session().flush()

    one = next(row for row in named(given()) if row["code"] == code)

    assert one["rest"]["contact"] == "李明"
    assert one["rest"]["closures"] == [["2026-12-01", "2026-12-01", "09:00-12:00", "装修"]]


def changing(station_id, now):
    keeper = make.staff("43", frozenset({Permission.DIRECTORY_EDIT}))
    return keeping.changing(keeper, session().get_one(Station, station_id).code, now=now)


def test_gives_only_what_changed_and_what_is_gone(given, now):
    before = given()["version"]
    changed, gone = changing(PLACE, now), changing("demo-430211-1", now)
    changed.phone = "0731-28000000"
    gone.retired_on = now.date()
    session().flush()

    told = given(since=before)

    assert [one["code"] for one in named(told)] == [changed.code]
    assert told["gone"] == [gone.code]
    assert (told["since"], told["version"]) == (before, version.current())
    assert given(since=told["version"])["stations"] == []
    assert (told["count"], told["codes"]) == (given()["count"], given()["codes"])


def test_a_version_ahead_of_ours_gets_it_whole(given):
    told = given(since=999_999)

    assert (told["since"], len(told["stations"])) == (None, told["count"])


def test_what_changes_elsewhere_changes_nothing_here(country, now):
    before = pack.pack(TIANYUAN, now=now)
    changing("demo-430281-0", now)
    session().flush()

    assert pack.pack(TIANYUAN, now=now) == before


def test_what_is_not_known_is_left_out(given):
    session().execute(update(Venue).where(Venue.id == PLACE).values(lat=None, lon=None))
    session().execute(update(Station).values(hours="whenever", is_demo=False))
    told = given()

    assert told["hours"] == [["whenever", ""]]
    assert next(one for one in named(told) if one["lat"] is None)["lon"] is None
    assert "demo" not in told


@pytest.mark.parametrize("code", ["43", "4302", "430211001", "999999", "x"])
def test_only_counties_have_packs(country, now, code):
    with pytest.raises(NotFound, match="county_unknown"):
        pack.pack(code, now=now)


@pytest.mark.no_cover
def test_every_county_stays_within_a_few_kilobytes(country, now):
    counties = [one.code for above in queries.children("43") for one in queries.children(above.code)]
    sizes = {code: len(gzip.compress(pack.pack(code, now=now).body)) for code in counties}

    assert len(sizes) == 122
    assert max(sizes.values()) <= BUDGET


def test_is_fetched_once_and_then_only_asked_for(brought_in, client):
    first = client.get(f"/api/directory/{TIANYUAN}", base_url=SITE)
    tag = first.headers["ETag"]
    assert (first.status_code, tag.startswith('"')) == (200, True)

    again = client.get(f"/api/directory/{TIANYUAN}", base_url=SITE, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/api/directory/430281", base_url=SITE, headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert "Set-Cookie" not in first.headers
    assert "public" in first.headers["Cache-Control"]


def test_travels_squeezed_to_whoever_understands(brought_in, client):
    plain = client.get(f"/api/directory/{TIANYUAN}", base_url=SITE)
    small = client.get(f"/api/directory/{TIANYUAN}", base_url=SITE, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(small.data) == plain.data
    assert small.headers["ETag"] != plain.headers["ETag"]
    tag = {"Accept-Encoding": "gzip", "If-None-Match": small.headers["ETag"]}
    assert client.get(f"/api/directory/{TIANYUAN}", base_url=SITE, headers=tag).status_code == 304


def test_says_by_code_what_was_wrong(brought_in, client):
    for county in ("999999", "%00", "²"):
        unknown = client.get(f"/api/directory/{county}", base_url=SITE)
        assert (unknown.status_code, unknown.json["errors"][0]["extensions"]["code"]) == (404, "county_unknown")

    for since in ("-1", "x", "1" * 10):
        answer = client.get(f"/api/directory/{TIANYUAN}?since={since}", base_url=SITE)
        assert (answer.status_code, answer.json["errors"][0]["extensions"]["code"]) == (400, "since_malformed")
    at = client.get(f"/api/directory/{TIANYUAN}", base_url=SITE).json["version"]
    assert client.get(f"/api/directory/{TIANYUAN}?since={at}", base_url=SITE).json["stations"] == []
    assert keep(version.current) >= at
