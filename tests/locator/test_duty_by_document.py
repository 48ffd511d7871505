"""People at a station through the door."""

from datetime import date

import pytest

from api import execution
from api.viewer import Viewer
from core.db import keep, session
from core.errors import Malformed, NotFound, NotSignedIn
from core.identity import ANYONE, Permission
from locator.models import Station
from tests import make

KEYS = map("key-number-{:08}".format, range(1000))


@pytest.fixture
def ask(brought_in, db, now):
    return lambda name, actor=ANYONE, **variables: execution.run(Viewer(actor, now), name, **variables)


@pytest.fixture
def do(ask, clerk):
    def run(name, /, **given):
        (payload,) = ask(name, clerk, input=given, idempotencyKey=next(KEYS)).values()
        assert payload["problems"] == []
        return payload

    return run


@pytest.fixture
def clerk():
    return make.staff("430211", frozenset({Permission.DIRECTORY_EDIT}))


@pytest.fixture
def code(brought_in, db):
    return keep(lambda: session().get_one(Station, "demo-430211-0").code)


def test_everybody_sees_who_is_there_today(ask, do, code):
    assert ask("StationDuty", station=code, days=1) == {"contactToday": None, "dutyLawyers": []}
    do("SetContactPerson", station=code, name="李明", workNumber="T1", phone="0731-28000000")
    pattern = {"weekdays": [1], "opens": "9:00", "closes": "12:00"}
    pattern |= {"firstOn": date(2026, 11, 23), "lastOn": date(2026, 11, 30)}
    assert do("LayOutDuty", station=code, who={"lawyer": "陈律师"}, **pattern)["made"] == 2

    shown = ask("StationDuty", station=code, days=14)

    assert shown["contactToday"]["name"] == "李明"
    assert [(one["opens"], one["closes"], one["lawyer"]) for one in shown["dutyLawyers"]] == [
        ("09:00", "12:00", "陈律师")
    ] * 2
    assert set(shown["dutyLawyers"][0]) == {"on", "opens", "closes", "lawyer", "firm", "workNumber"}


def test_keepers_change_shifts_and_people(ask, do, clerk, code):
    pattern = {"weekdays": [1], "opens": "9:00", "closes": "12:00"}
    days = {"firstOn": date(2026, 11, 23), "lastOn": date(2026, 11, 23)}
    do("LayOutDuty", station=code, who={}, **pattern, **days)
    assert [one["stationCode"] for one in ask("KeptStations", clerk, text="", first=5)["dutyGaps"]] == [code]
    (shift,) = ask("DeskRoster", clerk, station=code, first=days["firstOn"])["dutyWeek"]

    assert do("AssignDuty", shift=shift["id"], who={"lawyer": "周律师"})["shift"]["lawyer"] == "周律师"
    assert do("CancelDuty", shift=shift["id"])["cancelled"]
    do("SetContactPerson", station=code, name="李明", workNumber="T1", phone="0731-28000000")
    assert ask("DeskPlace", clerk, station=code)["contactPerson"]["workNumber"] == "T1"
    assert do("RemoveContactPerson", station=code)["removed"]


def test_stations_are_listed_page_by_page(ask, clerk):
    seen, after = [], None
    while True:
        page = ask("KeptStations", clerk, text="法律", first=3, after=after)["keptStations"]
        seen += [one["code"] for one in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]

    assert len(seen) == len(set(seen)) > 3


@pytest.mark.parametrize("days", [0, 15])
def test_nobody_looks_too_far(ask, code, days):
    with pytest.raises(Malformed):
        ask("StationDuty", station=code, days=days)


def test_strangers_are_turned_away(ask, clerk, code):
    for name, given in (("KeptStations", {"text": "", "first": 5}), ("DeskPlace", {"station": code})):
        with pytest.raises(NotSignedIn):
            ask(name, **given)
    with pytest.raises(NotFound):
        ask("StationDuty", station="0000-0000", days=1)
    with pytest.raises(Malformed):
        ask("KeptStations", clerk, text="", first=5, after="WzFd")
