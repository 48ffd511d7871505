"""Our measure against geopy's, and the bounds the index rests on."""

import math
import random

import pytest
from geopy.distance import geodesic as geopy_geodesic
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from locator.nearest import geodesic, hunt
from locator.nearest.geodesic import TIGHTEST, WIDEST, metres, spot

TENTH_OF_A_MILLIMETRE = 0.0001
anywhere = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def arc(line, radius):
    """Give the arc over a straight line."""
    return 2 * radius * math.asin(line / (2 * radius))


def test_is_a_tenth_of_a_millimetre_from_geopy_over_china():
    chance = random.Random(1)  # noqa: S311  # no secret

    for _ in range(1_000):
        one = (chance.uniform(18, 54), chance.uniform(73, 136))
        spread = chance.choice([0.001, 0.1, 2, 10, 60])
        other = (one[0] + chance.uniform(-spread, spread) / 3, one[1] + chance.uniform(-spread, spread))
        assert abs(metres(spot(*one), spot(*other)) - geopy_geodesic(one, other).m) < TENTH_OF_A_MILLIMETRE


@settings(max_examples=250)
@given(one=anywhere, other=anywhere)
@example(one=(0, 0), other=(0.5, 179.7))  # Vincenty does not settle: geopy answers
@example(one=(0, 0), other=(0, 180))
@example(one=(90, 0), other=(90, 77))
@example(one=(-90, 0), other=(90, 0))
@example(one=(0, 179.9), other=(0, -179.9))
@example(one=(0, 10), other=(0, 40))  # along the equator
def test_is_a_tenth_of_a_millimetre_from_geopy_anywhere(one, other):
    assert abs(metres(spot(*one), spot(*other)) - geopy_geodesic(one, other).m) < TENTH_OF_A_MILLIMETRE


@settings(max_examples=250)
@given(one=anywhere, other=anywhere)
def test_the_way_lies_between_the_arcs_of_the_widest_and_the_tightest_curve(one, other):
    line, way = math.dist(spot(*one), spot(*other)), geopy_geodesic(one, other).m
    assume(line < hunt.FARTHEST)

    assert arc(line, WIDEST) - 1e-6 <= way <= arc(line, TIGHTEST) + 1e-6


@pytest.mark.parametrize("line", [0, 1, 1e3, 3e4, 1e5, 1e6, 5e6, 8e6, 1e7, 1.1e7, 1.2e7])
def test_the_index_looks_as_far_as_the_arcs_ask_for(line):
    longest_way = arc(line, TIGHTEST)
    farthest_line = 2 * WIDEST * math.sin(longest_way / (2 * WIDEST))

    assert hunt.scale(None).reach(line) > farthest_line
    assert hunt.scale((1.0,)).reach(line) > longest_way
    assert hunt.scale((2.0, 0.5)).reach(line / 2) > longest_way / 2  # the lightest point counts


def test_knows_the_ellipsoid_geopy_uses():
    assert geopy_geodesic((0, 0), (0, 1)).m == pytest.approx(math.radians(1) * geodesic.AXIS, abs=1e-6)
