import hashlib
from collections import Counter

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update

from core import settings
from core.db import reading, transaction
from locator import commands, demo, gazetteer, loading
from locator.models import Division, Station, Venue

DEMO_PLACES = "78cb17aa86928035"


@pytest.fixture(scope="module")
def rows():
    return gazetteer.divisions()


@pytest.fixture(scope="module")
def demo_rows(rows):
    return list(demo.stations(rows, gazetteer.points()))


def ignore(step):
    """Watch no progress."""


def test_has_every_division_the_source_lists(rows):
    hunan = Counter(row.level for row in rows if row.lineage.startswith("/43/") and row.status == "active")

    assert Counter(row.level for row in rows if row.level < 4) == {1: 34, 2: 333, 3: 2847}
    assert hunan == {1: 1, 2: 14, 3: 122, 4: 1947, 5: 29524}
    assert len(rows) == gazetteer.SIZE == len({row.code for row in rows})


def test_keeps_names_beyond_the_bmp(rows):
    rare = [row for row in rows if row.level == 4 and any(ord(letter) > 0xFFFF for letter in row.name)]

    assert {row.name for row in rare} == {"𦰡溪瑶族乡", "斫𥕢乡"}
    assert {len(row.name) for row in rare} == {5, 3}


def test_puts_a_village_under_its_township_of_today(rows):
    known = {row.code: row for row in rows}
    for row in rows:
        if row.level == 5:
            assert known[row.parent_code].level in (3, 4)
            assert row.lineage == f"{known[row.parent_code].lineage}{row.code}/"


def test_makes_as_many_demo_stations_as_the_specification_says(demo_rows):
    assert Counter(row.station["level"] for row in demo_rows) == {
        "province_centre": 1,
        "city_centre": 14 * 2,
        "county_centre": 122 * 2,
        "township_station": 1947,
    }
    assert len(demo_rows) == demo.SIZE
    assert Counter(row.venue["geo_quality"] for row in demo_rows) == {"seat": 273, "geonames": 512, "synthetic": 1435}


def test_makes_the_same_demo_stations_byte_for_byte(rows, demo_rows):
    written = demo.written(demo_rows)

    assert written == demo.written(demo.stations(reversed(rows), gazetteer.points()))
    assert hashlib.sha256(written).hexdigest()[:16] == DEMO_PLACES


def test_no_demo_place_can_be_mistaken_for_a_real_one(demo_rows):
    for row in demo_rows:
        assert row.station["is_demo"]
        assert row.station["name"].startswith("〔演示〕")
        assert row.venue["address"].endswith("（演示地址）")
        assert (row.station["phone"], row.station["source"]) == ("12348", "demo:v1")
        assert not any(letter.isdigit() for letter in row.venue["address"])


def test_draws_the_facts_of_a_demo_place_from_its_hash(demo_rows):
    made = next(row for row in demo_rows if row.station["id"] == "demo-430204-1")
    venue, station = made.venue, made.station
    drawn = hashlib.sha256("430204|法律援助中心|demo-v1".encode()).digest()

    assert station["name"] == "〔演示〕株洲市石峰区法律援助中心"
    assert station["hours"] == demo.HOURS[drawn[0] % 10]
    assert venue["facts"]["wheelchair_ramp"] == {"there": bool(drawn[1] & 1)}
    assert venue["facts"]["low_counter"] == {"there": bool(drawn[1] & 128)}
    assert station["home_visit_km"] == (0, 5, 15)[drawn[2] % 3]
    assert ("home_visit" in station["services"]) == (station["home_visit_km"] > 0)
    assert ("video" in station["services"]) == bool(drawn[1] & 64)
    assert station["slots_an_hour"] == drawn[3] % 4 + 1


def test_minority_languages_are_spoken_only_where_the_county_is_named_for_them(demo_rows):
    for row in demo_rows:
        assert row.station["languages"][0] == "普通话"
        assert ("苗语" not in row.station["languages"]) or "苗族" in row.venue["address"]
    assert any("苗语" in row.station["languages"] for row in demo_rows)


def test_names_a_township_station_after_its_county(demo_rows):
    rare = next(row for row in demo_rows if "𦰡" in row.station["name"])

    assert rare.station["name"] == "〔演示〕洞口县𦰡溪瑶族乡公共法律服务工作站"
    assert rare.venue["address"] == "湖南省邵阳市洞口县𦰡溪瑶族乡（演示地址）"
    assert rare.station["id"] == "demo-430525203-0"


def test_bringing_in_twice_changes_nothing_and_only_reads(brought_in, db, now, count_statements):
    with count_statements() as sent:
        assert loading.divisions(now=now, progress=ignore) == 0
        assert loading.demo_stations(now=now, progress=ignore) == 0

    assert len(sent) == 5
    assert all(statement.startswith("SELECT") for statement in sent)


def test_mends_what_was_changed_and_takes_out_what_is_no_longer_made(brought_in, db, now):
    with transaction() as current:
        current.execute(update(Division).where(Division.code == "430204").values(name="别处"))
        current.add(Division(**new_division("439999", "新设区"), status="active"))
        current.execute(update(Station).where(Station.id == "demo-430204-1").values(phone="110"))
        current.flush()
        add_station(current, id="demo-gone", is_demo=True)

    assert loading.divisions(now=now, progress=ignore) == 2
    assert loading.demo_stations(now=now, progress=ignore) == 2
    with reading() as current:
        assert current.scalar(select(Division.name).where(Division.code == "430204")) == "石峰区"
        gone = current.execute(select(Division.status, Division.valid_to).where(Division.code == "439999")).one()
        assert (gone.status, f"{gone.valid_to}") == ("revoked", "2026-11-23")
        assert current.scalar(select(Station.phone).where(Station.id == "demo-430204-1")) == "12348"
        assert current.get(Station, "demo-gone") is None


def test_a_real_station_takes_the_place_of_the_demo_one(brought_in, db, now):
    with transaction() as current:
        add_station(current, id="real", is_demo=False)

    loading.demo_stations(now=now, progress=ignore)

    with reading() as current:
        there = select(Station.id).where(Station.division_code == "430204").order_by(Station.id)
        assert current.scalars(there).all() == ["demo-430204-0", "real"]
        assert current.scalar(select(func.count()).select_from(Station)) == demo.SIZE


def test_the_commands_show_how_far_they_are(brought_in, db, settings):
    for command in (commands.load_divisions, commands.load_demo_stations):
        result = CliRunner().invoke(command)
        assert result.exit_code == 0
        assert "0 条有变化" in result.output


def test_demo_stations_are_refused_where_they_are_not_allowed(db, monkeypatch):
    production = settings.Settings(mode="production")
    monkeypatch.setattr(settings, "_settings", production)

    result = CliRunner().invoke(commands.load_demo_stations)

    assert result.exit_code == 1
    assert "RUFA_ALLOW_DEMO_STATIONS" in result.output


def test_a_place_in_production_gets_divisions_and_no_demo_place(brought_in, db, now, monkeypatch):
    with transaction() as current:
        current.execute(Station.__table__.delete())
    monkeypatch.setattr(settings, "_settings", settings.Settings(mode="production"))

    commands.load(now=now)

    with reading() as current:
        assert current.scalar(select(func.count()).select_from(Station)) == 0
    monkeypatch.setattr(settings, "_settings", settings.Settings(allow_demo_stations=True))
    commands.load(now=now)
    with reading() as current:
        assert current.scalar(select(func.count()).select_from(Station)) == demo.SIZE


def new_division(code, name):
    row = {"code": code, "name": name, "level": 3, "parent_code": "43", "full_name": f"湖南省{name}"}
    return row | {"lineage": f"/43/{code}/", "pinyin": "x", "initials": "x"}


def add_station(current, **values):
    venue = {"division_code": "430204", "address": "某路", "lat": 27.8, "lon": 113.1, "geo_quality": "surveyed"}
    station = {
        "name": "某中心",
        "code": values["id"],
        "kind": "legal_aid_centre",
        "level": "county_centre",
        "division_code": "430204",
        "phone": "12348",
        "source": "test",
    }
    current.add(Venue(id=values["id"], **venue))
    current.flush()
    current.add(Station(venue_id=values["id"], **station | values))
    current.flush()
