"""Keeping the directory through the door: the documents, whom they are open to, and that a key counts once."""

from datetime import timedelta

import pytest

from api import execution
from api.viewer import Viewer
from core.db import keep, reading, session
from core.errors import Forbidden, Malformed, NotFound, NotSignedIn
from core.identity import ANYONE
from locator.models import Station
from tests.locator.upkeep.files import laid, office
from tests.locator.upkeep.test_import import DEMO

KEY = "key-of-the-directory-{}"


@pytest.fixture
def run(brought_in, db, now):
    """Run a document as somebody: `run(actor, name, …)`."""
    return lambda actor, name, **variables: execution.run(Viewer(actor, now), name, **variables)


@pytest.fixture
def do(run):
    """Do something as somebody, and give the payload."""
    keys = iter(range(100))

    def act(actor, name, **given):
        answer = run(actor, name, input=given, idempotencyKey=KEY.format(next(keys)))
        (payload,) = answer.values()
        return payload

    return act


@pytest.fixture
def code(run):
    with reading():
        return session().get_one(Station, DEMO).code


@pytest.fixture
def file(run, keeper, now):
    """A file that waits: a new station, a remark, a row that was not taken."""
    return keep(lambda: laid(office(hours="看牌子"), office(name=""), actor=keeper, now=now)).id


def whole(run, actor, which):
    return run(actor, "ChangeSet", id=which, first=9, firstNotes=9)


def test_lists_entries_with_their_score(run, clerk, code):
    page = run(clerk, "DirectoryStations", pile="ALL", text="法律援助中心", first=1)["directoryStations"]

    (one,) = page["nodes"]
    assert (one["code"], one["percent"], one["missing"], one["isStale"]) == (code, 95, ["怎么去"], True)
    assert page["totalCount"] > 1


def test_gives_an_entry_to_be_edited(run, clerk, code):
    found = run(clerk, "DirectoryStation", station=code)["directoryStation"]

    cells = {cell["column"]: cell["value"] for cell in found["cells"]}
    assert cells["PHONE"] == "12348"
    assert "工作日 08:30–12:00" in cells["HOURS"]
    assert {option["isThere"] for option in found["facts"]} == {True, False, None}
    assert found["demoNote"] == "演示数据，非真实机构"


def test_an_edit_goes_its_way(run, do, clerk, supervisor, code):
    cells = [{"column": "PHONE", "value": "0731-12345678"}]
    edit = do(clerk, "ProposeStationEdit", station=code, cells=cells, isCorrection=True)["changeSet"]["id"]

    waiting = whole(run, clerk, edit)["changeSet"]
    assert (waiting["kind"], waiting["mayApply"], waiting["mayReject"], waiting["isMine"]) == (
        "CORRECTION",
        False,
        True,
        True,
    )
    seen = whole(run, supervisor, edit)
    assert (seen["changeSet"]["mayApply"], seen["changeSet"]["proposer"]) == (True, "已离职的工作人员")
    assert [one["label"] for one in seen["stationChanges"]["nodes"][0]["differences"]] == [
        "电话",
        "核实日期",
        "更正日期",
    ]
    do(supervisor, "ApplyChangeSet", id=edit)
    assert whole(run, supervisor, edit)["changeSet"]["mayUndo"]
    do(supervisor, "UndoChangeSet", id=edit)

    again = do(clerk, "ProposeStationEdit", station=code, cells=cells, isCorrection=False)["changeSet"]["id"]
    assert do(supervisor, "RejectChangeSet", id=again, reason="")["problems"][0]["code"] == "reason_missing"
    assert do(clerk, "RejectChangeSet", id=again, reason="")["problems"] == []
    settled = run(clerk, "ChangeSets", settled=True, first=9)["changeSets"]["nodes"]
    assert {one["stateText"] for one in settled} == {"已撤回", "已生效", "已退回"}


def test_a_file_is_told_row_by_row(run, keeper, file):
    told = whole(run, keeper, file)

    laid_down = told["changeSet"]
    assert [laid_down[name] for name in ("added", "changed", "retired", "noted", "refused")] == [1, 0, 1, 2, 1]
    assert [(one["act"], one["isDemo"]) for one in told["stationChanges"]["nodes"]] == [("新增", False), ("让位", True)]
    assert [(one["row"], one["columnTitle"], one["isRefused"]) for one in told["changeNotes"]["nodes"]] == [
        (2, "开放时间", False),
        (3, "名称", True),
    ]
    one = run(keeper, "ChangeSet", id=file, first=1, firstNotes=1)
    after, after_notes = (one[name]["pageInfo"]["endCursor"] for name in ("stationChanges", "changeNotes"))
    rest = run(keeper, "ChangeSet", id=file, first=1, after=after, firstNotes=1, afterNotes=after_notes)
    assert (rest["stationChanges"]["nodes"][0]["act"], rest["changeNotes"]["nodes"][0]["row"]) == ("让位", 3)
    with pytest.raises(Malformed):
        run(keeper, "ChangeSet", id=file, first=1, firstNotes=1, after="x")


def test_confirms_and_announces(run, do, clerk, code, now):
    do(clerk, "ConfirmStation", station=code)
    day = now.date() + timedelta(days=7)
    do(clerk, "AddDeviation", station=code, firstOn=day, lastOn=day, spans="", reason="停电")

    found = run(clerk, "DirectoryStation", station=code)["directoryStation"]
    assert found["confirmedOn"] == now.date()
    (announced,) = found["deviations"]
    assert announced["firstOn"] == day
    do(clerk, "RemoveDeviation", id=announced["id"])
    assert run(clerk, "DirectoryStation", station=code)["directoryStation"]["deviations"] == []


def test_is_nobody_elses_business(run, do, neighbour, code, file, now):
    day = now.date()
    asked = [
        ("DirectoryStation", {"station": code}, NotFound),
        ("ChangeSet", {"id": file, "first": 1, "firstNotes": 1}, NotFound),
        ("ChangeSets", {"settled": False, "first": 9}, None),
        ("DirectoryStations", {"pile": "ALL", "text": "", "first": 9}, None),
    ]
    done = [
        ("ProposeStationEdit", {"station": code, "cells": [], "isCorrection": False}),
        ("ApplyChangeSet", {"id": file}),
        ("RejectChangeSet", {"id": file, "reason": "x"}),
        ("UndoChangeSet", {"id": file}),
        ("ConfirmStation", {"station": code}),
        ("AddDeviation", {"station": code, "firstOn": day, "lastOn": day, "spans": "", "reason": "x"}),
        ("RemoveDeviation", {"id": "x"}),
    ]

    for name, variables, refused in asked:
        with pytest.raises(NotSignedIn):
            run(ANYONE, name, **variables)
        if refused:
            with pytest.raises(refused):
                run(neighbour, name, **variables)
    assert run(neighbour, "ChangeSets", settled=False, first=9)["changeSets"]["nodes"] == []
    for name, given in done:
        with pytest.raises(NotSignedIn):
            do(ANYONE, name, **given)
        with pytest.raises((NotFound, Forbidden)):
            do(neighbour, name, **given)


def test_takes_no_photograph_away_where_none_is_and_none_of_others(do, clerk, neighbour, code):
    refused = do(clerk, "RemoveStationPhoto", station=code)

    assert [one["code"] for one in refused["problems"]] == ["entry_unchanged"]
    assert refused["changeSet"] is None
    for stranger, no in ((neighbour, NotFound), (ANYONE, NotSignedIn)):
        with pytest.raises(no):
            do(stranger, "RemoveStationPhoto", station=code)
