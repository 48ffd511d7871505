"""Coverage: rates per level, what stations have, who is too far; in one's own region and nobody else's."""

import pytest
from sqlalchemy import update

from core.db import session
from core.errors import Forbidden, Malformed, NotFound, NotSignedIn
from core.identity import ANYONE, Permission
from locator import coverage, reach, snapshot, version
from locator.models import Station, Venue
from locator.region import Region
from locator.travel import Mode
from tests import make

READING = frozenset({Permission.STATISTICS_READ})


@pytest.fixture(autouse=True)
def fresh():
    coverage.forget()
    snapshot.forget()
    yield
    coverage.forget()
    snapshot.forget()


@pytest.fixture
def reader():
    return make.staff("4302", READING)


def retire(*divisions, now):
    gone = update(Station).where(Station.division_code.in_(divisions)).values(retired_on=now.date())
    session().execute(gone)
    version.advance(now=now)


def test_says_how_many_divisions_of_each_level_have_a_station(country, reader, now):
    made = coverage.report(reader, "430211", now=now)

    assert [(one.name, one.total, one.built, one.percent) for one in made.levels[:2]] == [
        ("县（市、区）", 1, 1, 100.0),
        ("乡镇（街道）", 7, 7, 100.0),
    ]
    villages = made.level(5)
    assert (villages.built, len(villages.missing)) == (0, villages.total)
    assert made.stations == 9


def test_names_who_has_none_and_rounds_down(country, reader, now):
    town = coverage.report(reader, "430211", now=now).spots[0].region
    retire(town.code, now=now)

    towns = coverage.report(reader, "430211", now=now).level(4)

    assert towns.missing == (town,)
    assert (towns.built, towns.percent) == (6, 85.7)


def test_counts_what_stations_have_and_who_is_open_late(country, reader, now):
    session().get_one(Station, "demo-430211-0").hours = "WD 09:00-20:00"
    session().get_one(Station, "demo-430211-1").hours = "whenever"
    facts = {"lift": {"there": True}, "guide_dog": {"there": False}}
    session().execute(update(Venue).where(Venue.id.startswith("demo-430211")).values(facts=facts))
    session().flush()

    traits = {one.code: one for one in coverage.report(reader, "430211", now=now).traits}

    assert (traits["open_after_18"].stations, dict(traits["open_after_18"].by_level)) == (1, {3: 1})
    assert traits["lift"].stations == 2 + sum(
        1 for level, count in traits["lift"].by_level.items() if level == 4 for _ in range(count)
    )
    assert traits["guide_dog"].stations == 0


def test_measures_the_way_from_every_township(country, reader, now):
    town = coverage.report(reader, "430211", now=now).spots[0].region
    assert all(one.is_near(Mode.WALK, 15) for one in coverage.report(reader, "430211", now=now).spots)
    retire(town.code, "430211", now=now)

    (spot,) = [one for one in coverage.report(reader, "430211", now=now).spots if one.region == town]

    assert spot.minutes[Mode.WALK] > spot.minutes[Mode.RIDE] > spot.minutes[Mode.DRIVE] > 0
    assert not spot.is_near(Mode.WALK, 15)


def test_measures_the_way_to_one_with_a_ramp_and_to_one_open_late(country, reader, now):
    def way(among):
        (spot,) = [one for one in made.reached[among] if one.region == town]
        return spot.minutes and spot.minutes[Mode.WALK]

    town = coverage.report(reader, "430211", now=now).spots[0].region
    session().execute(update(Venue).values(facts={}))
    session().execute(update(Station).values(hours="WD 09:00-17:00"))
    version.advance(now=now)
    made = coverage.report(reader, "430211", now=now)
    assert [way(among) for among in reach.Among] == [0, None, None]

    session().get_one(Venue, "demo-430204-0").facts = {"wheelchair_ramp": {"there": True}}
    session().get_one(Station, f"demo-{town.code}-0").hours = "WD 09:00-20:00"
    session().flush()
    version.advance(now=now)
    made = coverage.report(reader, "430211", now=now)

    assert way(reach.Among.LATE) == way(reach.Among.ANY)
    assert way(reach.Among.ACCESSIBLE) > 15
    assert len(list(coverage.drawn(made, Mode.WALK, reach.Among.ACCESSIBLE))) == 7


def test_where_there_is_no_station_at_all_nobody_is_near(country, reader, now):
    session().execute(update(Station).values(retired_on=now.date()))
    version.advance(now=now)
    made = coverage.report(reader, "430211", now=now)

    assert all(one.minutes is None and not one.is_near(Mode.DRIVE, 15) for one in made.spots)
    assert all(one.minutes is None for one in coverage.drawn(made, Mode.WALK))


def test_draws_counties_of_a_province_and_townships_of_a_county(country, now):
    province = coverage.report(make.staff("43", READING), "43", now=now)
    county = coverage.report(make.staff("43", READING), "430211", now=now)

    assert len(list(coverage.drawn(province, Mode.WALK))) == 122
    assert len(list(coverage.drawn(county, Mode.WALK))) == 7


def test_of_a_county_the_farthest_township_counts(country, now):
    assert coverage._longest([1, 9, 3]) == 9
    assert coverage._longest([1, None]) is None


def test_is_worked_out_once_for_each_version(country, reader, now, count_statements):
    coverage.report(reader, "430211", now=now)
    with count_statements() as again:
        coverage.report(reader, "430211", now=now)
    version.advance(now=now)
    with count_statements() as afresh:
        coverage.report(reader, "430211", now=now)

    assert len(again) == 1
    assert len(afresh) > 1


def test_keeps_no_more_reports_than_it_may(country, now, monkeypatch):
    monkeypatch.setattr(coverage, "MOST_KEPT", 1)
    reader = make.staff("43", READING)
    for region in ("430211", "430204"):
        coverage.report(reader, region, now=now)

    assert len(coverage._kept) == 1


@pytest.mark.parametrize(
    ("who", "region", "refusal"),
    [
        (ANYONE, "430211", NotSignedIn),
        (make.staff("43"), "430211", Forbidden),
        (make.staff("430211", READING), "430281", NotFound),
        (make.staff("430211", READING), "43", NotFound),
        (make.staff("", READING), "43", NotFound),
        (make.staff("43", READING), "nowhere", NotFound),
    ],
)
def test_is_nobody_elses_business(country, now, who, region, refusal):
    with pytest.raises(refusal):
        coverage.report(who, region, now=now)


def test_a_level_that_is_not_there_is_said(country, reader, now):
    with pytest.raises(Malformed, match="coverage_level_unknown"):
        coverage.report(reader, "430211", now=now).level(2)


def test_a_place_has_rules_of_its_own(settings, tmp_path):
    (tmp_path / "coverage.toml").write_text("[coverage]\ntarget_percent = 90\nnear_minutes = 30\n", "utf-8")

    assert coverage._rules(str(tmp_path)).near_minutes == 30
    assert coverage._rules(str(tmp_path / "elsewhere")) == coverage.rules()
    assert coverage.rules().target_percent == 80


def test_a_township_without_a_point_is_not_measured(country, now):
    nowhere = Region("999999", "无处", 4, None, "active", "无处", "/999999/")

    assert list(reach.spots([nowhere], reach.Among.ANY, now=now)) == []
