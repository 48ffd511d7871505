import contextlib
import csv
import math
from pathlib import Path

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Malformed
from locator import coords
from locator.coords import Datum, Position, in_china, located, rounded

WGS, GCJ, BAIDU = Datum.WGS84, Datum.GCJ02, Datum.BD09
CITIES = {  # published pairs: (lat, lon) in WGS-84, GCJ-02 and BD-09, to a millionth of a degree (11 cm)
    "Changsha": ((28.196000, 112.976200), (28.192578, 112.981755), (28.198239, 112.988332)),
    "Zhuzhou": ((27.875700, 113.117600), (27.872569, 113.123449), (27.878459, 113.129996)),
    "Jishou": ((28.313900, 109.738900), (28.310510, 109.743632), (28.316184, 109.750207)),
    "Beijing": ((39.908700, 116.397500), (39.910103, 116.403744), (39.916443, 116.410117)),
    "Kunming": ((25.040600, 102.712300), (25.037627, 102.713742), (25.043915, 102.720155)),
    "Hefei": ((31.861200, 117.283000), (31.859204, 117.288521), (31.864914, 117.295101)),
}
MARGIN = 0.02  # degrees: more than any shift
inside = st.builds(
    Position,
    st.floats(coords.SOUTH + MARGIN, coords.NORTH - MARGIN),
    st.floats(coords.WEST + MARGIN, coords.EAST - MARGIN),
    st.sampled_from(Datum),
)


def measured():
    """Give what libraries of others made of 121 seats of counties."""
    with (Path(__file__).parent / "data" / "datums.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple((float(row[f"{name}_lat"]), float(row[f"{name}_lon"])) for name in ("wgs", "gcj", "bd"))


def metres(position, pair):
    return geodesic((position.lat, position.lon), pair).m


def test_agrees_with_published_pairs_to_a_decimetre():
    cases = [*CITIES.values(), *measured()]

    for wgs, gcj, baidu in cases:
        assert metres(Position(*wgs, WGS).to(GCJ), gcj) < 0.1
        assert metres(Position(*wgs, WGS).to(BAIDU), baidu) < 0.1
        assert metres(Position(*gcj, GCJ).to(WGS), wgs) < 0.1
        assert metres(Position(*baidu, BAIDU).to(WGS), wgs) < 0.1
        assert metres(Position(*gcj, GCJ).to(BAIDU), baidu) < 0.2  # both sides are cut to a millionth
        assert metres(Position(*baidu, BAIDU).to(GCJ), gcj) < 0.2
    assert len(cases) == 127


@given(position=inside, datum=st.sampled_from(Datum))
def test_comes_back_to_where_it_was(position, datum):
    back = position.to(datum).to(position.datum)

    assert abs(back.lat - position.lat) < 1e-11  # a micrometre
    assert abs(back.lon - position.lon) < 1e-11
    assert back.datum is position.datum


@given(position=inside)
def test_the_frames_are_less_than_two_kilometres_apart(position):
    moved = [position.to(datum) for datum in Datum]

    assert all(metres(one, (position.lat, position.lon)) < 3_000 for one in moved)


@pytest.mark.parametrize("pair", [(51.5, -0.1), (0, 100), (56, 100), (30, 71.9), (30, 138), (-33.9, 151.2), (90, 0)])
def test_outside_of_china_all_frames_agree(pair):
    for datum in Datum:
        for other in Datum:
            assert Position(*pair, datum).to(other) == Position(*pair, other)


def test_knows_the_edges_of_the_box():
    south, north, west, east = coords.SOUTH, coords.NORTH, coords.WEST, coords.EAST
    corners = [(lat, lon) for lat in (south, north) for lon in (west, east)]

    assert all(in_china(Position(*pair, WGS)) for pair in corners)
    assert not any(in_china(Position(lat, 110, WGS)) for lat in (math.nextafter(south, 0), math.nextafter(north, 90)))
    assert not any(in_china(Position(30, lon, WGS)) for lon in (math.nextafter(west, 0), math.nextafter(east, 180)))
    for pair in corners:  # where the frames part, an answer is still an answer
        assert metres(Position(*pair, GCJ).to(WGS), pair) < 3_000


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        ((math.nan, 113), "position_out_of_range"),
        ((28, math.inf), "position_out_of_range"),
        ((-math.inf, 113), "position_out_of_range"),
        ((90.001, 0), "position_out_of_range"),
        ((28, -180.5), "position_out_of_range"),
        ((1e300, 1e300), "position_out_of_range"),
        ((112.9762, 28.196), "position_swapped"),
        ((73, 3), "position_swapped"),
        ((0, 0), "position_empty"),
        ((-0.0, 0.0), "position_empty"),
    ],
)
def test_refuses_what_is_no_position(pair, code):
    with pytest.raises(Malformed) as refused:
        located(*pair, WGS)

    assert refused.value.code == code


@given(lat=st.floats(allow_nan=True), lon=st.floats(allow_nan=True))
def test_takes_or_refuses_whatever_floats_there_are(lat, lon):
    with contextlib.suppress(Malformed):
        assert located(lat, lon, GCJ) == Position(lat, lon, GCJ)


def test_rounds_to_a_kilometre_for_statistics():
    home = Position(28.1234567, 112.9876543, WGS)

    assert rounded(home) == Position(28.12, 112.99, WGS)
    assert rounded(home.to(GCJ)) == rounded(home)  # one spot is one cell, whatever the frame
