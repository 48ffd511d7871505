import pytest

from locator import travel
from locator.travel import Mode, Terrain
from locator.way import Way

HERE = (27.876, 113.113)


def way(metres, *, is_approximate=False, end=(27.9, 113.113)):
    return Way(HERE, end, metres, Terrain.HILL, travel.load(), is_approximate)


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "0 米"),
        (4, "0 米"),
        (304.9, "300 米"),
        (994, "990 米"),
        (1234, "1.2 公里"),
        (99_960, "100.0 公里"),
        (123_456, "123 公里"),
    ],
)
def test_says_how_far_it_is(metres, text):
    assert way(metres).distance_text == text


@pytest.mark.parametrize(
    ("metres", "text", "told"), [(300, "1 公里以内", 0), (1_499, "约 1 公里", 1_000), (4_600, "约 5 公里", 5_000)]
)
def test_says_whole_kilometres_of_a_point_that_is_about_right(metres, text, told):
    found = way(metres, is_approximate=True)

    assert found.distance_text == text
    assert found.metres == told


def test_gives_metres_to_a_tenth():
    assert way(1234.5678).metres == 1234.6


@pytest.mark.parametrize(
    ("end", "degrees", "text"),
    [
        ((28.0, 113.113), 0, "北"),
        ((27.976, 113.226), 45, "东北"),
        ((27.876, 113.3), 90, "东"),
        ((27.7, 113.113), 180, "南"),
        ((27.876, 113.0), 270, "西"),
        ((27.99, 113.11), 359, "北"),
        (HERE, 0, "北"),
    ],
)
def test_says_which_way_to_set_out(end, degrees, text):
    found = way(1000, end=end)

    assert found.bearing == pytest.approx(degrees, abs=1)
    assert found.bearing_text == text


def test_estimates_the_time_each_way_of_going_takes():
    roads = travel.load()
    found = way(3000)

    assert found.walk_minutes == roads.minutes(3000, Mode.WALK, Terrain.HILL)
    assert found.ride_minutes == roads.minutes(3000, Mode.RIDE, Terrain.HILL)
    assert found.drive_minutes == roads.minutes(3000, Mode.DRIVE, Terrain.HILL)
    assert found.walk_minutes > found.ride_minutes > found.drive_minutes
