"""Marking a home without a map: figures in, steps, words out."""

import pytest

from api import execution
from api.viewer import Viewer
from core.db import keep
from core.errors import NotFound
from core.identity import ANYONE
from locator import queries as places
from portal import pin
from tests.portal.applying import VILLAGE, country
from tests.portal.working import instant

MIDDLE = {"name": "嵩山路街道", "lat": 27.83, "lon": 113.1}


def typed(lat="", lon=""):
    return {"pin_lat": lat, "pin_lon": lon}


def test_steps_begin_in_the_middle_and_are_a_hundred_metres_long():
    one = pin.nudged(typed(), "north", MIDDLE)
    assert one == {"pin_lat": "27.8309", "pin_lon": "113.1000"}

    for way in ("north", "south", "west", "east"):
        moved = pin.point(pin.nudged(one, way, MIDDLE))
        assert pin.metres(moved, pin.point(one)) == pytest.approx(100, abs=12)  # four digits are some ten metres


def test_anything_else_takes_it_away():
    assert pin.nudged(typed("27.8", "113.1"), "away", MIDDLE) == typed()
    assert pin.nudged(typed(), "north", None) == typed()


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        ("27.83", "113.1", "现在标在嵩山路街道的中心。"),
        ("27.84", "113.1", "现在标在嵩山路街道中心的北边，大约 1.1 公里。"),
        ("27.83", "113.105", "现在标在嵩山路街道中心的东边，大约 490 米。"),
        ("27.827", "113.0966", "现在标在嵩山路街道中心的西南边，大约 470 米。"),
        ("", "", ""),
    ],
)
def test_says_in_words_where_it_is(lat, lon, said):
    assert pin.shown(typed(lat, lon), MIDDLE) == said


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("27.83", "", "pin_unread"),
        ("nan", "113.1", "pin_unread"),
        ("inf", "113.1", "pin_unread"),
        ("北", "东", "pin_unread"),
        ("113.1", "27.83", "position_elsewhere"),
        ("39.9", "116.4", "position_elsewhere"),
    ],
)
def test_says_what_is_wrong(lat, lon, code):
    assert [one["code"] for one in pin.problems(typed(lat, lon), MIDDLE)] == [code]


def test_nothing_is_asked_of_who_marks_nothing():
    assert pin.problems(typed(), MIDDLE) == []
    assert pin.problems(typed("27.83", "113.1"), MIDDLE) == []
    assert pin.problems(typed("27.83", "113.1"), None)[0]["code"] == "position_elsewhere"


def test_everybody_may_ask_for_the_middle_of_a_place(client):
    places.forget()
    keep(country)
    viewer = Viewer(ANYONE, instant())

    county = execution.run(viewer, "DivisionMiddle", code="430121")["division"]["middle"]
    village = execution.run(viewer, "DivisionMiddle", code=VILLAGE)["division"]["middle"]

    assert county["name"] == "长沙县"
    assert (27, 112) < (county["lat"], county["lon"]) < (29, 114)
    assert pin.metres((village["lat"], village["lon"]), (county["lat"], county["lon"])) < pin.FARTHEST
    with pytest.raises(NotFound):
        execution.run(viewer, "DivisionMiddle", code="999999")
    places.forget()
