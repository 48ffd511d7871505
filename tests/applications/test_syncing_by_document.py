"""Copies on devices through the door: what comes in, what goes out, in words."""

import itertools

import pytest

import core.db
from api import execution
from api.viewer import Viewer
from core.db import keep
from core.errors import NotFound, NotSignedIn
from core.identity import ANYONE
from locator import queries as places
from tests import make
from tests.applications.conftest import VILLAGE, WAGES, make_citizen, make_divisions
from tests.budget import counted

KEYS = map("key-number-{:08}".format, itertools.count(1))


@pytest.fixture
def viewer(db, now):
    with core.db.transaction():
        make_divisions()
        citizen = make_citizen("13800000001", now)
    yield Viewer(citizen, now, channel="miniprogram")
    places.forget()


def act(viewer, name, **given):
    (answer,) = execution.run(viewer, name, input=given, idempotencyKey=next(KEYS)).values()
    return answer


def page(step, **answers):
    return {"step": step, "answers": [{"field": name, "values": values} for name, values in answers.items()]}


def sync(viewer, draft, base, *pages):
    return act(viewer, "SyncDraft", draftId=draft["id"], baseVersion=base, pages=list(pages))


@pytest.fixture
def draft(viewer):
    return act(viewer, "BeginDraft", code=None)["draft"]


BEGUN = [page(name, **WAGES[name]) for name in ("area", "matter", "urgency", "groups", "region", "agency", "story")]


def test_a_telephone_brings_in_what_was_written_in_the_valley(viewer, draft):
    first = sync(viewer, draft, 1, *BEGUN)
    act(
        viewer,
        "SaveDraftStep",
        draftId=draft["id"],
        step="story",
        baseVersion=first["draft"]["version"],
        answers=page("story", **WAGES["story"] | {"wanted": ["要回工资和补偿"]})["answers"],
    )

    done = sync(
        viewer,
        draft,
        first["draft"]["version"],
        page("story", story=["干了八个月，老板没给钱。"], wanted=["只要工资"]),
        page("region", region=[VILLAGE]),
        page("pension", kind=["x"]),
    )

    assert (first["problems"], first["conflicts"], first["leftOut"]) == ([], [], [])
    (conflict,) = done["conflicts"]
    assert conflict["theirsValues"] == ["要回工资和补偿"]
    assert "“只要工资”，别处写的是“要回工资和补偿”" in conflict["text"]
    assert [(one["step"], one["field"]) for one in done["leftOut"]] == [("pension", None)]
    assert [one["name"] for one in done["pages"]] == ["story", "region"]
    merged = {one["question"]["name"]: one["text"] for one in done["pages"][0]["fields"]}
    assert (merged["story"], merged["wanted"]) == ("干了八个月，老板没给钱。", "只要工资")


def test_a_lost_answer_is_given_again(viewer, draft):
    asked = {"input": {"draftId": draft["id"], "baseVersion": 1, "pages": BEGUN}, "idempotencyKey": next(KEYS)}

    first, again = (execution.run(viewer, "SyncDraft", **asked) for _ in range(2))

    assert first == again


def test_is_nobody_elses_business(viewer, draft, now):
    stranger = Viewer(keep(lambda: make_citizen("13800000002", now)), now)

    with pytest.raises(NotFound):
        sync(stranger, draft, 1, *BEGUN)
    with pytest.raises(NotSignedIn):
        execution.run(Viewer(ANYONE, now), "MyCasesSince", since=None)
    assert execution.run(stranger, "MyCasesSince", since=None)["caseChanges"]["drafts"] == []


def test_tells_what_has_changed_in_few_statements(viewer, draft, now):
    keep(lambda: [case(viewer.actor, number, now) for number in range(6)])

    with counted() as sent:
        said = execution.run(viewer, "MyCasesSince", since=None)["caseChanges"]

    assert (len(said["cases"]), said["more"], [one["id"] for one in said["drafts"]]) == (6, False, [draft["id"]])
    assert said["cases"][0]["stateText"] == "已收到，等待审查"
    assert len(sent) <= 2
    assert said["goneDrafts"] == []
    assert execution.run(viewer, "MyCasesSince", since=said["next"])["caseChanges"]["more"] is False


def case(owner, number, now):
    return make.application(owner, reference=f"FY-AAAAA-AAAAA-AAA{number}", now=now)
