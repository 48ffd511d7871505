import itertools
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator import gazetteer, travel
from locator.travel import Mode, Terrain, TravelError

OURS = travel.load()
WALK, RIDE, DRIVE = Mode
metres = st.floats(0, 2_000_000)
terrains = st.sampled_from(Terrain)


@given(one=metres, other=metres, mode=st.sampled_from(Mode), terrain=terrains)
def test_farther_never_takes_less(one, other, mode, terrain):
    nearer, farther = sorted((one, other))

    assert OURS.minutes(nearer, mode, terrain) <= OURS.minutes(farther, mode, terrain)


@given(way=st.floats(1_000, 2_000_000), terrain=terrains)
def test_walking_takes_longest_and_driving_least_beyond_the_first_kilometre(way, terrain):
    walk, ride, drive = (OURS.minutes(way, mode, terrain) for mode in Mode)

    assert walk >= ride >= drive


@given(way=metres, mode=st.sampled_from(Mode))
def test_mountains_take_longer_than_hills_and_hills_than_plains(way, mode):
    assert OURS.minutes(way, mode, Terrain.PLAIN) <= OURS.minutes(way, mode, Terrain.HILL)
    assert OURS.minutes(way, mode, Terrain.HILL) <= OURS.minutes(way, mode, Terrain.MOUNTAIN)


@given(way=st.floats(0.001, 2_000_000), mode=st.sampled_from(Mode), terrain=terrains)
def test_rounds_up_to_whole_minutes(way, mode, terrain):
    exact = OURS.starts[mode] + way * OURS.weight(mode, terrain)

    assert exact <= OURS.minutes(way, mode, terrain) < exact + 1


def test_says_what_a_person_would():
    assert OURS.minutes(0, DRIVE, Terrain.HILL) == 0
    assert OURS.minutes(1, WALK, Terrain.PLAIN) == 1
    assert OURS.minutes(1_000, WALK, Terrain.PLAIN) == 17
    assert OURS.minutes(10_000, DRIVE, Terrain.HILL) == 31
    assert OURS.minutes(10_000, DRIVE, Terrain.MOUNTAIN) == 47


@pytest.mark.parametrize(
    ("division", "terrain"),
    [
        ("430721", Terrain.PLAIN),  # 安乡县
        ("430721100", Terrain.PLAIN),  # a town of it
        ("433123", Terrain.MOUNTAIN),  # 凤凰县
        ("430529", Terrain.MOUNTAIN),  # 城步
        ("4305", Terrain.HILL),  # 邵阳 as a whole
        ("430204", Terrain.HILL),  # 石峰区
        ("110101", Terrain.HILL),
        ("", Terrain.HILL),
    ],
)
def test_knows_the_land_by_the_division(division, terrain):
    assert OURS.terrain(division) is terrain


def test_names_divisions_that_there_are():
    known = {row.code for row in gazetteer.divisions(villages=False)}

    assert {front.ljust(6, "0") for front in OURS.terrains} <= {code.ljust(6, "0") for code in known}


def test_is_dated_and_says_how_sure_it_is():
    told = tomllib.loads(travel.BUNDLED.read_text("utf-8"))["edition"]

    assert set(told) == {"label", "active_from", "source", "confidence"}
    assert told["confidence"] == "OWN"
    assert OURS.version.startswith(f"{told['label']}-")


def test_takes_the_file_of_the_house_instead(tmp_path):
    text = travel.BUNDLED.read_text("utf-8").replace("DRIVE = 3\n", "DRIVE = 9\n")
    (tmp_path / "travel.toml").write_text(text, "utf-8")
    (tmp_path / "empty").mkdir()

    theirs = travel.load(str(tmp_path))

    assert theirs.minutes(10_000, DRIVE, Terrain.HILL) == OURS.minutes(10_000, DRIVE, Terrain.HILL) + 6
    assert theirs.version != OURS.version
    assert travel.load(str(tmp_path / "empty")).version == OURS.version


def test_says_all_that_is_wrong_with_a_file_at_once(tmp_path):
    (tmp_path / "travel.toml").write_text(
        'road_factor = 1\n[km_an_hour.HILL]\nWALK = -4\n[terrain]\nSWAMP = ["43"]\nHILL = ["43"]\n', "utf-8"
    )

    with pytest.raises(TravelError) as wrong:
        travel.load(str(tmp_path))

    wanted = [".".join(path) for path in itertools.product(travel.TABLES, Terrain, Mode)]
    wanted += [f"minutes_to_start.{mode}" for mode in Mode]
    said = [f"{path}: a number of at least {0 if 'start' in path else 0.1} is needed" for path in wanted]
    assert list(wrong.value.problems) == [
        *said,
        "edition.label: missing",
        "terrain.SWAMP: no such terrain",
        "terrain: 43 is named twice",
    ]


@pytest.mark.parametrize("data", [b"[edition", b"\xff\xfe", b"terrain = 4", b"[terrain]\nHILL = 43"])
def test_says_so_when_a_file_cannot_be_read(tmp_path, data):
    (tmp_path / "travel.toml").write_bytes(data)

    with pytest.raises(TravelError):
        travel.load(str(tmp_path))
