"""Several stations of one building share it: its address, point, facts; a file may say so twice, and be undone."""

import pytest
from sqlalchemy import func, select

from core.db import session
from core.errors import Conflict
from core.identity import SYSTEM
from locator import queries
from locator.models import Station
from locator.upkeep import changes, edits, entry
from locator.upkeep import queries as desk
from locator.upkeep.columns import StationColumn
from tests.locator.upkeep.files import HEADERS, codes, laid, office
from tests.locator.upkeep.test_import import entry_of

WIDE = (*HEADERS, "facts", "venue_name", "venue_code", "transport")
HERE = {"lat": "27.8300000", "lon": "113.0900000"}
NEXT_DOOR = {"lat": "27.8300900", "lon": "113.0900000"}  # 10 metres north
FAR = {"lat": "27.8310000", "lon": "113.0900000"}
AID = office(**HERE, facts="轮椅坡道、没有电梯")
NOTARY = office(**NEXT_DOOR, name="天元区某某公证处", kind="公证处", facts="电梯、停车位", venue_name="政务中心")
BOTH = {AID["name"], NOTARY["name"]}


def bring(*rows, now):
    return changes.apply(SYSTEM, laid(*rows, now=now, headers=WIDE).id, now=now)


def house_of(name):
    return entry_of(name)["house"]


@pytest.fixture
def hall(country, now):
    """Give a hall with two stations."""
    found = laid(AID, NOTARY, now=now, headers=WIDE)
    changes.apply(SYSTEM, found.id, now=now)
    return found


def test_share_one_building_and_what_is_known_of_it(hall):
    aid, notary = entry_of(AID["name"]), entry_of(NOTARY["name"])

    assert aid["house"] == notary["house"]
    assert aid["venue"] == notary["venue"]
    assert (aid["venue"]["name"], aid["venue"]["lat"]) == ("政务中心", 27.83)
    facts = {name: fact["there"] for name, fact in aid["venue"]["facts"].items()}
    assert facts == {"wheelchair_ramp": True, "lift": False, "parking": True}
    assert codes(hall).count((2, "venue_shared")) == codes(hall).count((3, "venue_shared")) == 1
    note = next(note for note in hall.unread if note["code"] == "venue_shared")
    assert set(note["value"].split("、")) == BOTH


def test_the_same_file_again_changes_nothing(hall, now):
    again = laid(AID, NOTARY, now=now, headers=WIDE)

    assert (again.state, again.unchanged) == ("empty", 2)
    assert "venue_shared" not in dict(codes(again)).values()


def test_is_shown_together_on_the_page(hall):
    (beside,) = queries.beside(entry_of(AID["name"])["code"])

    assert beside.name == NOTARY["name"]
    assert queries.beside("0000-0000") == []


def test_who_moves_in_later_is_told_and_who_is_there_is_listed_if_anything_changes(country, now):
    bring(AID, now=now)
    moving = laid(NOTARY, now=now, headers=WIDE)

    listed = {one.after["name"]: one for one in desk.changes_of(moving, first=9) if one.after}
    assert set(listed) == BOTH
    assert listed[AID["name"]].before["venue"]["facts"].keys() == {"wheelchair_ramp", "lift"}
    assert listed[AID["name"]].after["venue"] == listed[NOTARY["name"]].after["venue"]

    changes.apply(SYSTEM, moving.id, now=now)
    assert house_of(AID["name"]) == house_of(NOTARY["name"])


def test_who_moves_in_and_says_nothing_new_changes_nobody_else(hall, now):
    third = office(**HERE, name="天元区某某调解室", kind="人民调解委员会")

    (change,) = desk.changes_of(laid(third, now=now, headers=WIDE), first=9)

    assert change.after["name"] == third["name"]
    assert change.after["venue"] == entry_of(AID["name"])["venue"]


def test_a_word_about_the_building_counts_for_all_in_it(hall, now):
    bring({**NOTARY, "facts": "电梯"}, now=now)

    assert entry_of(AID["name"])["venue"]["facts"]["lift"]["there"]


def test_undoing_gives_each_their_own_again(country, now):
    bring({**AID, **FAR}, {**NOTARY}, now=now)
    apart = {name: entry_of(name) for name in BOTH}
    assert len({one["house"] for one in apart.values()}) == 2
    together = bring({**AID, **NEXT_DOOR, "venue_code": "一"}, {**NOTARY, "venue_code": "一"}, now=now)
    assert house_of(AID["name"]) == house_of(NOTARY["name"])

    changes.undo(SYSTEM, together.id, now=now)

    assert {name: entry_of(name) for name in BOTH} == apart


def test_undoing_would_lose_what_was_said_of_the_building_since(hall, clerk, supervisor, now):
    code = entry_of(AID["name"])["code"]
    edit = edits.propose(clerk, code, {StationColumn.TRANSPORT: "坐 12 路"}, now=now)
    changes.apply(supervisor, edit.id, now=now)
    assert entry_of(NOTARY["name"])["venue"]["transport"] == "坐 12 路"

    with pytest.raises(Conflict, match="undo_would_lose_changes"):
        changes.undo(SYSTEM, hall.id, now=now)


@pytest.mark.parametrize(
    ("other", "is_shared"),
    [
        (NOTARY, True),
        ({**NOTARY, **FAR}, False),
        ({**NOTARY, "address": "某某路２号"}, False),
        ({**NOTARY, "address": "某某路 1 号"}, True),
        ({**NOTARY, "lat": "", "lon": ""}, False),
        ({**NOTARY, "lat": "27,83"}, False),
        ({**NOTARY, "venue_code": "乙"}, False),
        ({**NOTARY, **FAR, "venue_code": "甲"}, False),
        ({**NOTARY, "status": "停用"}, False),
    ],
)
def test_only_what_is_surely_one_building_is_shared(country, now, other, is_shared):
    found = laid(AID, other, now=now, headers=(*WIDE, "status"))

    assert ("venue_shared" in dict(map(reversed, codes(found)))) is is_shared


def test_a_code_of_a_building_says_it_for_certain(country, now):
    found = laid(
        {**AID, "venue_code": "甲"},
        {**NOTARY, "lat": "", "lon": "", "address": "", "venue_code": "甲"},
        now=now,
        headers=WIDE,
    )

    assert len({one.after["house"] for one in desk.changes_of(found, first=9) if one.after}) == 1


def test_nobody_moves_in_with_stations_somebody_else_keeps(hall, neighbour, now):
    third = office(**HERE, name="醴陵市某某调解室", kind="人民调解委员会", division_code="430281")

    (change,) = desk.changes_of(laid(third, actor=neighbour, now=now, headers=WIDE), first=9)

    assert change.after["house"] == change.station_id


def test_a_building_in_two_pieces_of_a_set_is_no_conflict(country, now, monkeypatch):
    monkeypatch.setattr(entry, "AT_ONCE", 1)
    bring(AID, NOTARY, now=now)
    bring({**AID, "transport": "坐 3 路"}, NOTARY, now=now)

    assert entry_of(NOTARY["name"])["venue"]["transport"] == "坐 3 路"
    assert session().scalar(select(func.count()).where(Station.name.in_(BOTH), Station.retired_on.is_(None))) == 2
