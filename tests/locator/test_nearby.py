import functools
import random

import pytest
from geopy.distance import geodesic
from sqlalchemy import select, update

from core import calendar, deadline
from core.errors import Malformed
from locator import nearby, needs, origin, snapshot, travel, version
from locator.coords import Datum, Position
from locator.hours.availability import availability
from locator.kinds import StationKind
from locator.models import Station, Venue
from locator.nearest import Index
from locator.needs import Need
from locator.travel import Mode
from locator.wish import Order, Wish

SHIFENG = Position(27.876, 113.113, Datum.WGS84)
OPEN = {
    Need.OPEN_NOW: "now",
    Need.OPEN_TONIGHT: "tonight",
    Need.OPEN_THIS_WEEKEND: "weekend",
    Need.OPEN_AFTER_18: "evenings",
}
WISHES = [
    Wish(),
    Wish(order=Order.DISTANCE),
    Wish(mode=Mode.DRIVE, minutes=40),
    Wish(needs=(Need.OPEN_NOW, Need.WHEELCHAIR_RAMP)),
    Wish(needs=(Need.OPEN_THIS_WEEKEND, Need.APPLICATIONS), order=Order.DISTANCE),
    Wish(needs=(Need.HOME_VISIT, Need.LIFT, Need.PARKING, Need.NURSING_ROOM), mode=Mode.RIDE),
    Wish(kinds=(StationKind.LEGAL_AID_CENTRE, StationKind.COURT), languages=("苗语", "土家语")),
    Wish(needs=(Need.VIDEO,), minutes=60, mode=Mode.RIDE, order=Order.DISTANCE),
]


@pytest.fixture(scope="module")
def places():
    """Draw positions over Hunan and a little beyond, the same ones every time."""
    drawn = random.Random(1543)  # noqa: S311  # places, not secrets
    return [Position(drawn.uniform(24.6, 30.1), drawn.uniform(108.7, 114.3), Datum.WGS84) for _ in range(5)]


def search(wish, place=SHIFENG, *, now):
    return nearby.Search(wish, origin.at(place, None), now=now)


@functools.cache
def when_open(hours, now):
    """Say when a schedule is open; many places keep the same."""
    return availability(snapshot.read(hours), (), now, calendar.bundled())


@functools.cache
def metres_between(here, spot):
    """Measure by geopy: slow, and the same on each engine."""
    return geodesic(here, spot).m


@functools.cache
def terrain(division):
    return travel.load().terrain(division)


def has(row, wish, *, now):
    offered = needs.offered(row.kind, row.services, row.facts)
    when = when_open(row.hours, now)
    return (
        all(getattr(when, OPEN[need]) if need in OPEN else offered & needs.BITS[need] for need in wish.needs)
        and (row.kind in wish.kinds if wish.kinds else True)
        and (bool(set(row.languages) & set(wish.languages)) if wish.languages else True)
    )


def by_brute_force(rows, place, wish, *, now):
    """Measure every station with geopy, and keep what fits."""
    roads = travel.load()
    found = []
    for row, metres in rows(place):
        land = terrain(row.division_code)
        minutes = metres * roads.weight(wish.mode, land)
        if wish.minutes is not None and roads.minutes(metres, wish.mode, land) > wish.minutes:
            continue
        if has(row, wish, now=now):
            found.append((metres if wish.order is Order.DISTANCE else minutes, row.id))
    return [which for _, which in sorted(found)]


@pytest.fixture
def rows(country):
    """Give every station with its distance from a place, by geopy; measured once a place."""
    asked = select(Station.__table__, Venue.lat, Venue.lon, Venue.facts).join(Venue, Venue.id == Station.venue_id)
    known = country.execute(asked).all()
    measured = {}

    def at(place):
        if place not in measured:
            here = (place.lat, place.lon)
            spots = {spot: metres_between(here, spot) for spot in {(row.lat, row.lon) for row in known}}
            measured[place] = [(row, spots[row.lat, row.lon]) for row in known]
        return measured[place]

    with deadline.running(120):  # geopy is slow
        yield at


@pytest.mark.no_cover
def test_gives_what_a_brute_force_check_gives(rows, places, now):
    for place in places:
        for wish in WISHES:
            expected = by_brute_force(rows, place, wish, now=now)
            if not expected:
                continue

            found = search(wish, place, now=now)

            assert found.relaxed == ()
            assert found.total == len(expected)
            assert [near.station.id for near in found.page(9)] == expected[:10]


@pytest.mark.no_cover
def test_says_how_many_would_be_left(rows, places, now):
    for place, wish in zip(places, WISHES, strict=False):
        found = search(wish, place, now=now)
        for facet in found.facets:
            more = Wish(
                **{name: getattr(found.wish, name) for name in Wish.__dataclass_fields__}
                | {"needs": (*found.wish.needs, facet.need)}
            )
            assert facet.count == len(by_brute_force(rows, place, more, now=now)), (wish, facet)
            assert facet.label == needs.LABELS[facet.need]


def test_leads_through_pages_without_a_gap(country, now):
    found = search(Wish(needs=(Need.PARKING,)), now=now)

    whole = [near.station.id for near in found.page(60)]
    pieces = [near.station.id for start in range(0, 60, 20) for near in found.page(20, start)[:20]]
    assert pieces == whole[:60]


def test_goes_no_deeper_than_anybody_reads(country, now):
    with pytest.raises(Malformed) as refused:
        search(Wish(), now=now).page(10, nearby.DEEPEST)

    assert refused.value.code == "nearby_too_deep"


def test_lets_go_of_what_nobody_has_and_says_so(country, now):
    wish = Wish(needs=(Need.PARKING, Need.SIGN_LANGUAGE, Need.WHEELCHAIR_RAMP))

    found = search(wish, now=now)

    assert [(one.need, one.label) for one in found.relaxed] == [(Need.SIGN_LANGUAGE, "手语服务")]
    assert found.page(1)


def test_goes_farther_rather_than_without(country, now):
    wish = Wish(needs=(Need.OPEN_THIS_WEEKEND, Need.NURSING_ROOM), minutes=1)

    found = search(wish, now=now)

    assert [one.label for one in found.relaxed] == ["步行1分钟以内"]
    assert found.page(1)


def test_keeps_to_the_sort_of_place_as_long_as_it_can(country, now):
    wish = Wish(kinds=(StationKind.PRISON,), languages=("藏语",))

    found = search(wish, now=now)

    assert [one.label for one in found.relaxed] == ["会说藏语", "监狱工作站"]
    assert found.page(1)


def test_is_empty_only_where_there_is_nothing(country, now):
    country.execute(update(Station).values(retired_on=now.date()))
    version.advance(now=now)

    found = search(Wish(needs=(Need.LIFT,)), now=now)

    assert found.page(3) == []
    assert found.total == 0


def test_shows_places_nobody_walks_into_only_to_who_asks_for_them(country, now):
    country.execute(update(Station).where(Station.id == "demo-430204-0").values(kind=StationKind.PRISON))
    version.advance(now=now)

    plain = {near.station.id for near in search(Wish(), now=now).page(50)}
    asked = search(Wish(kinds=(StationKind.PRISON,)), now=now).page(1)[0].station

    assert "demo-430204-0" not in plain
    assert asked.id == "demo-430204-0"
    assert asked.is_restricted
    assert "12348" in asked.restricted_note
    assert asked.directions is None
    assert asked.opening is None


def test_what_is_within_reach_is_measured_once(country, now, monkeypatch):
    measured = []
    within = Index.within
    monkeypatch.setattr(Index, "within", lambda *asked: measured.append(1) or within(*asked))

    found = search(Wish(minutes=30, mode=Mode.DRIVE), now=now)

    assert found.total >= len(found.page(5)) > 0
    assert found.facets
    assert len(measured) == 1


def test_what_is_within_reach_can_be_asked_for_by_distance(country, now):
    found = search(Wish(minutes=30, mode=Mode.DRIVE, order=Order.DISTANCE), now=now).page(5)

    assert [near.metres for near in found] == sorted(near.metres for near in found)


def test_gives_the_stations_around_one(country, now):
    row = next(one.station for one in search(Wish(order=Order.DISTANCE), now=now).page(1))

    around = nearby.around(row, 4, now=now)

    assert len(around) == 4
    assert row.id not in {near.station.id for near in around}
    assert around[0].exact <= around[-1].exact


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_refuses_minutes_nobody_means(minutes):
    with pytest.raises(Malformed) as refused:
        Wish(minutes=minutes)

    assert refused.value.code == "minutes_out_of_range"


def test_refuses_more_languages_than_there_are_to_choose():
    with pytest.raises(Malformed) as refused:
        Wish(languages=tuple("一二三四五六七八九十百"))

    assert refused.value.code == "languages_too_many"
