"""Equal to brute force: over 10,000 points in China with random filters, and over any few points of the earth."""

import functools
import math
import random

import pytest
from geopy.distance import geodesic as geopy_geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.nearest import BY_DISTANCE, EVERYTHING, Index, Points, Ranking, Wanted, geodesic
from locator.nearest.hunt import Hunt
from tests.locator import oracle

SIZE, BITS, SCHEDULES, CLASSES = 10_000, 12, 40, 3
FAR_NORTH, FAR_EAST = 89.999_999, 179.999_999


def columns(rows):
    lat, lon, masks, schedules, classes = zip(*rows, strict=True) if rows else ((),) * 5
    return Points(lat, lon, masks, schedules, classes)


@functools.cache
def china():
    """Make 10,000 points: around 300 towns, many on one spot, some on a line, some all over the world."""
    chance = random.Random(12348)  # noqa: S311  # no secret
    towns = [(chance.uniform(19, 52), chance.uniform(75, 133)) for _ in range(300)]
    rows = []
    for number in range(SIZE):
        lat, lon = chance.choice(towns)
        if number % 10 < 7:
            lat, lon = lat + chance.gauss(0, 0.2), lon + chance.gauss(0, 0.2)
        elif number % 10 == 7:
            lat, lon = round(lat, 2), round(lon + chance.gauss(0, 0.1), 2)
        elif number % 100 == 8:
            lat, lon = chance.uniform(-90, 90), chance.uniform(-180, 180)
        rare = (1 << BITS) * (chance.random() < 0.02) | (2 << BITS) * (chance.random() < 0.002)
        mask = chance.getrandbits(BITS) | rare
        rows.append((lat, lon, mask, chance.randrange(SCHEDULES), chance.randrange(CLASSES)))
    points = columns(rows)
    spots = [geodesic.spot(lat, lon) for lat, lon in zip(points.lat, points.lon, strict=True)]
    return points, spots, Index(points)


masks = st.integers(0, (1 << BITS + 2) - 1)
few_bits = st.lists(st.integers(0, BITS + 1), max_size=3).map(lambda bits: sum({1 << bit for bit in bits}))
schedules = st.none() | st.integers(0, (1 << SCHEDULES) - 1)
wanted = st.builds(Wanted, few_bits, st.lists(masks, max_size=2).map(tuple), schedules)
weights = st.none() | st.tuples(*[st.floats(0.001, 0.1)] * CLASSES)
rankings = st.builds(Ranking, weights, st.just(math.inf) | st.floats(0, 200_000), st.just(0) | masks)
inland = st.tuples(st.floats(18, 54), st.floats(73, 136))
anywhere = st.tuples(
    st.floats(-90, 90) | st.sampled_from([-90, 0, 28.2, FAR_NORTH, 90]),
    st.floats(-180, 180) | st.sampled_from([-180, 0, 112.9, FAR_EAST, 180]),
)


@pytest.mark.no_cover
@settings(max_examples=120)
@given(place=inland, k=st.integers(1, 30), wanted=wanted, ranking=rankings)
def test_equals_brute_force_over_ten_thousand_points(place, k, wanted, ranking):
    points, spots, index = china()

    found = index.nearest(place, k, wanted, ranking)

    assert [hit.number for hit in found] == oracle.by_walking(points, spots, place, k, wanted, ranking)


@functools.cache
def province():
    """Make 5,000 points within one province: whoever asks from elsewhere is far from all of them."""
    chance = random.Random(43)  # noqa: S311  # no secret
    rows = [
        (
            chance.uniform(24.6, 30.1),
            chance.uniform(108.8, 114.2),
            chance.getrandbits(BITS),
            0,
            chance.randrange(CLASSES),
        )
        for _ in range(SIZE // 2)
    ]
    points = columns(rows)
    spots = [geodesic.spot(lat, lon) for lat, lon in zip(points.lat, points.lon, strict=True)]
    return points, spots, Index(points)


@pytest.mark.no_cover
@settings(max_examples=60)
@given(place=inland | anywhere, k=st.integers(1, 15), wanted=st.just(EVERYTHING) | wanted, weights=weights)
def test_equals_brute_force_from_far_outside_all_points(place, k, wanted, weights):
    points, spots, index = province()
    ranking = Ranking(weights)

    found = index.nearest(place, k, wanted, ranking)

    assert [hit.number for hit in found] == oracle.by_walking(points, spots, place, k, wanted, ranking)


@pytest.mark.parametrize("place", [(45.7, 126.6), (47.4, 130.0), (39.5, 76.0), (18.2, 109.5), (28.2, 113.0)])
def test_few_are_looked_at_however_far_away_somebody_is(place):
    _points, _spots, index = province()

    assert Hunt(index._tree, geodesic.spot(*place), 11, Wanted(any_of=(1,)), BY_DISTANCE).run(leaves=12)


@pytest.mark.parametrize("place", [(28.2, 112.94), (39.9, 116.4), (43.8, 87.6), (18.3, 109.5), (48.9, 2.3)])
def test_equals_every_point_measured(place):
    points, spots, index = china()

    for wanted in (EVERYTHING, Wanted(1 << BITS), Wanted(2 << BITS), Wanted(schedules=5)):
        truth = oracle.by_measure(points, spots, place, 10, wanted, BY_DISTANCE)
        assert [hit.number for hit in index.nearest(place, 10, wanted)] == truth
        assert oracle.by_walking(points, spots, place, 10, wanted, BY_DISTANCE) == truth


@pytest.mark.no_cover
@settings(max_examples=60)
@given(place=inland, k=st.integers(1, 15), wanted=st.just(EVERYTHING) | wanted)
def test_equals_brute_force_from_where_points_are_dense(place, k, wanted):
    points, spots, index = china()
    number = int(abs(place[0] * place[1] * 1e4)) % SIZE
    near = (points.lat[number], points.lon[number])

    found = index.nearest(near, k, wanted)

    assert [hit.number for hit in found] == oracle.by_walking(points, spots, near, k, wanted, BY_DISTANCE)


@settings(max_examples=250)
@given(
    spots=st.lists(anywhere, max_size=8),
    again=st.lists(st.integers(0, 7), max_size=6),
    place=anywhere,
    k=st.integers(-1, 20),
    ranking=rankings,
)
def test_equals_geopy_for_any_points_on_earth(spots, again, place, k, ranking):
    spots += [spots[one] for one in again if one < len(spots)]
    points = columns([(*spot, number % 5, number % 3, number % CLASSES) for number, spot in enumerate(spots)])
    ranking = Ranking(ranking.weights, ranking.within * 100, ranking.prefer)

    found = Index(points).nearest(place, k, EVERYTHING, ranking)

    assert [hit.number for hit in found] == (oracle.by_geopy(points, place, k, EVERYTHING, ranking) if k > 0 else [])
    for hit in found:
        truth = geopy_geodesic(place, (points.lat[hit.number], points.lon[hit.number])).m
        assert abs(hit.metres - truth) < 0.0002


def test_gives_all_within_a_circle():
    points, spots, index = china()
    place = (points.lat[0], points.lon[0])
    here = geodesic.spot(*place)

    found = index.within(place, 50_000, Wanted(any_of=(3,)))

    close = [one for one in range(SIZE) if geodesic.metres(here, spots[one]) <= 50_000 and points.masks[one] & 3]
    assert sorted(hit.number for hit in found) == close
    assert [hit.metres for hit in found] == sorted(hit.metres for hit in found)
    assert len(found) > 5


def test_gives_all_within_so_many_minutes():
    points, _, index = china()
    place, ranking = (points.lat[0], points.lon[0]), Ranking((0.001, 0.002, 0.004))

    found = index.within(place, 60, EVERYTHING, ranking)

    minutes = [hit.metres * ranking.weights[points.classes[hit.number]] for hit in found]
    assert minutes == sorted(minutes)
    assert minutes[-1] <= 60
    assert len(index.within(place, 60.1, EVERYTHING, ranking)) >= len(found) > 5


def test_a_place_exactly_at_the_limit_is_within():
    points = columns([(28.0, 112.0, 0, 0, 0), (28.5, 112.0, 0, 0, 0)])
    truth = geopy_geodesic((28.1, 112.0), (28.0, 112.0)).m

    assert [hit.number for hit in Index(points).within((28.1, 112.0), truth)] == [0]
    assert Index(points).within((28.1, 112.0), math.nextafter(truth, 0)) == []


def test_asks_geopy_about_what_is_too_close_to_call():
    mirrored = columns([(0.1, 112.0, 0, 0, 0), (-0.1, 112.0, 0, 0, 0), (0.0, 112.0, 0, 0, 0)])
    place = (0.0, 112.0)

    found = Index(mirrored).nearest(place, 3)

    assert [hit.number for hit in found] == [2, 0, 1]
    assert found[1].metres == found[2].metres == geopy_geodesic(place, (0.1, 112.0)).m


def test_of_places_in_one_building_the_preferred_comes_first():
    points = columns([(28.0, 112.0, 1, 0, 0), (28.0, 112.0, 2, 0, 0), (28.0, 112.0, 2, 0, 0)])
    index = Index(points)

    assert [hit.number for hit in index.nearest((28.0, 112.1), 3)] == [0, 1, 2]
    assert [hit.number for hit in index.nearest((28.0, 112.1), 3, EVERYTHING, Ranking(prefer=2))] == [1, 2, 0]


def test_finds_nothing_where_there_is_nothing():
    empty = Index(columns([]))

    assert len(empty) == 0
    assert empty.nearest((28, 112), 10) == empty.within((28, 112), 1e6, Wanted(1)) == []
    assert empty.count() == empty.count(Wanted(1, (2,), 4)) == 0
    assert empty.facets(3) == {1: 0, 2: 0}


def test_thousands_on_one_spot_come_by_number():
    index = Index(columns([(28.2, 112.9, 1, 0, 0)] * 3_000))

    assert [hit.number for hit in index.nearest((28.3, 112.8), 5)] == [0, 1, 2, 3, 4]
    assert len(index.nearest((28.2, 112.9), 5_000)) == 3_000


@pytest.mark.parametrize("both", [10, 3_000])
def test_does_not_lose_patience_where_no_branch_can_be_left_out(both):
    """Near by everybody has one of two things, far away a few have both: only looking at points can tell."""
    chance = random.Random(2)  # noqa: S311  # no secret
    rows = [(chance.uniform(28, 29), chance.uniform(112, 113), 1 + number % 2, 0, 0) for number in range(6_000)]
    rows += [(chance.uniform(30, 31), chance.uniform(112, 113), 3, 0, 0) for _ in range(both)]
    points = columns(rows)
    spots = [geodesic.spot(lat, lon) for lat, lon in zip(points.lat, points.lon, strict=True)]

    found = Index(points).nearest((28.5, 112.5), 7, Wanted(3))

    truth = oracle.by_walking(points, spots, (28.5, 112.5), 7, Wanted(3), BY_DISTANCE)
    assert [hit.number for hit in found] == truth


def test_knows_thousands_of_schedules():
    chance = random.Random(3)  # noqa: S311  # no secret
    rows = [(chance.uniform(28, 30), chance.uniform(112, 114), 0, number, 0) for number in range(3_000)]
    points = columns(rows)
    index = Index(points)

    for opens in (1 << 2_500, 1 << 2_500 | 1 << 3, -1, ~(1 << 7), 0):
        asked = Wanted(schedules=opens)
        found = index.nearest((29, 113), 3_000, asked)
        assert sorted(hit.number for hit in found) == [one for one in range(3_000) if opens >> one & 1]
        assert index.count(asked) == len(found)


@settings(max_examples=40)
@given(wanted=wanted)
def test_counts_what_a_filter_leaves(wanted):
    points, _, index = china()
    left = [one for one in range(SIZE) if oracle.passes(points, one, wanted)]

    assert index.count(wanted) == len(left)
    assert index.facets(0b1011 << BITS - 1, wanted) == {
        1 << bit: sum(points.masks[one] >> bit & 1 for one in left) for bit in (BITS - 1, BITS, BITS + 2)
    }


def test_counts_among_what_was_found():
    points, _, index = china()
    found = index.within((points.lat[0], points.lon[0]), 30_000)

    counted = index.facets_among(0b11, found)

    assert counted == {1 << bit: sum(points.masks[hit.number] >> bit & 1 for hit in found) for bit in (0, 1)}
    assert counted[1] > 0


@pytest.mark.parametrize("schedules", [0xFF, 0b1011 << 20, None])
def test_counts_among_what_is_reached_in_time_as_brute_force_does(schedules):
    points, _, index = china()
    start, weights = (points.lat[7], points.lon[7]), (0.012, 0.02, 0.03, 0.05)[: max(points.classes) + 1]
    wanted = Wanted(all_of=0b1, schedules=schedules)
    most = 60_000 * min(weights)

    counted = index.facets_among(0b110, index.within(start, most, wanted, Ranking(weights=weights)))

    near = [
        one
        for one in range(SIZE)
        if abs(points.lat[one] - start[0]) < 1 and oracle.passes(points, one, wanted)
        if geodesic.exact(*start, points.lat[one], points.lon[one]) * weights[points.classes[one]] <= most
    ]
    assert counted == {bit: sum(bool(points.masks[one] & bit) for one in near) for bit in (0b10, 0b100)}
    assert near


def test_takes_no_more_classes_than_it_can_tell_apart():
    with pytest.raises(ValueError, match="at most 8"):
        Index(columns([(28, 112, 0, 0, 8)]))
