"""The documents of the mini-program: from the first question to the receipt, what they say and what they cost."""

import pytest

from api import execution
from api.viewer import Viewer
from applications.models.evidence import Upload
from core.db import keep, session
from core.errors import NotFound, NotSignedIn
from core.identity import ANYONE
from tests.applications.conftest import WAGES
from tests.applications.test_drafts_by_document import KEYS, neighbour, viewer, written  # noqa: F401
from tests.budget import counted

PLEDGED = WAGES | {"verification": {"verification": ["PLEDGE"]}}
TEXT = {"name": "x.jpg", "media_type": "image/jpeg", "size": 1, "sha256": "a" * 64, "warnings": ["photo_dark"]}


def run(viewer, document, **variables):  # noqa: F811
    return execution.run(viewer, document, **variables)


def act(viewer, document, **given):  # noqa: F811
    answer = run(viewer, document, input=given, idempotencyKey=next(KEYS))
    return next(iter(answer.values()))


@pytest.fixture
def draft_id(viewer):  # noqa: F811
    made = act(viewer, "BeginDraft", code=None)["draft"]
    for step, given in PLEDGED.items():
        answers = {"draftId": made["id"], "step": step, "baseVersion": 99, "answers": written(given)}
        assert act(viewer, "SaveDraftStep", **answers)["problems"] == [], step
    return made["id"]


def photograph(owner, now, number=1):
    def add():
        keys = {"master_key": f"uploads/{number}.jpg", "thumbnail_key": f"uploads/{number}.small.jpg"}
        upload = Upload(owner_id=owner.actor.id, purpose="evidence", created_at=now, **keys, **TEXT)
        session().add(upload)
        session().flush()
        return upload.id

    return keep(add)


def add_paper(owner, draft_id, now, number=1):
    given = {"draftId": draft_id, "item": "identity_document", "token": photograph(owner, now, number)}
    return act(owner, "AddPaper", **given)


def sign(owner, draft_id):
    shown = run(owner, "ReadPledge", draftId=draft_id)["pledgeForm"]
    codes = [clause["code"] for clause in shown["clauses"]]
    given = {"draftId": draft_id, "version": shown["version"], "acknowledged": codes}
    return shown, act(owner, "GivePledge", method="TYPED", name="李芳", **given)


def answered_to_the_end(viewer):  # noqa: F811
    """Answer like a robot: the first of what is offered, until nothing is asked any more."""
    answers = []
    while True:
        told = run(viewer, "EligibilityCheck", answers=answers, region="430121")["preCheck"]
        asked = told["nextQuestion"]
        if asked is None:
            return answers, told
        said = asked["options"][0]["value"] if asked["options"] else "1000"
        answers = [*answers, {"field": asked["name"], "values": [said]}]


def test_tells_who_has_not_signed_in_whether_to_apply(viewer, now):  # noqa: F811
    stranger = Viewer(ANYONE, now)
    answers, told = answered_to_the_end(stranger)
    kept = act(stranger, "KeepEligibilityCheck", answers=answers, region="430121")

    assert [one["question"]["name"] for one in told["answered"]] == [one["field"] for one in answers]
    assert told["judgement"]["headline"]
    assert kept["problems"] == []
    assert kept["savedPreCheck"]["code"]


def test_carries_a_kept_check_into_the_application(viewer):  # noqa: F811
    answers, _ = answered_to_the_end(viewer)
    kept = act(viewer, "KeepEligibilityCheck", answers=answers, region="430121")
    made = act(viewer, "BeginDraft", code=kept["savedPreCheck"]["code"])["draft"]

    shown = run(viewer, "DraftPage", id=made["id"], step="area")["draft"]["step"]["fields"][0]
    assert shown["values"] == next(one["values"] for one in answers if one["field"] == "area")


def test_leads_from_the_pledge_to_the_receipt(viewer, draft_id, now):  # noqa: F811
    shown, given = sign(viewer, draft_id)
    papers = add_paper(viewer, draft_id, now)["draft"]["evidence"]
    checked = run(viewer, "DraftCheck", id=draft_id)["draft"]
    made = act(viewer, "HandIn", draftId=draft_id)

    assert shown["clauses"][0]["plain"]
    assert given["signed"]["method"] == "typed"
    assert [len(item["files"]) for item in papers if item["code"] == "identity_document"] == [1]
    assert checked["pledge"]["method"] == "typed"
    assert made["problems"] == []
    told = run(viewer, "CaseProgress", reference=made["application"]["reference"])["caseFile"]
    assert told["turnText"]
    assert told["timeline"][0]["state"] == "done"


def test_takes_a_paper_back(viewer, draft_id, now):  # noqa: F811
    shown = add_paper(viewer, draft_id, now)["draft"]["evidence"]
    token = next(file["token"] for item in shown for file in item["files"])

    left = act(viewer, "TakePaperBack", draftId=draft_id, token=token)["draft"]["evidence"]

    assert [item["files"] for item in left if item["files"]] == []


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("AddPaper", {"item": "identity_document", "token": "x"}),
        ("TakePaperBack", {"token": "x"}),
        ("GivePledge", {"version": "x", "acknowledged": [], "method": "TYPED", "name": "李芳"}),
        ("HandIn", {}),
    ],
)
def test_lets_no_stranger_change_anything(viewer, neighbour, draft_id, now, name, given):  # noqa: F811
    with pytest.raises(NotFound):
        act(neighbour, name, draftId=draft_id, **given)
    with pytest.raises(NotSignedIn):
        act(Viewer(ANYONE, now), name, draftId=draft_id, **given)


def test_shows_no_stranger_anything(viewer, neighbour, draft_id, now):  # noqa: F811
    asked = {"DraftCheck": {"id": draft_id}, "ReadPledge": {"draftId": draft_id}}
    for name, variables in asked.items():
        with pytest.raises(NotFound):
            run(neighbour, name, **variables)
        with pytest.raises(NotSignedIn):
            run(Viewer(ANYONE, now), name, **variables)
    made = hand_in(viewer, draft_id, now)
    for other in (neighbour, Viewer(ANYONE, now)):
        with pytest.raises(NotFound):
            run(other, "CaseProgress", reference=made)
    with pytest.raises(NotFound):
        act(neighbour, "SupplyPaper", reference=made, item="x", token="x")


def hand_in(owner, draft_id, now):
    sign(owner, draft_id)
    add_paper(owner, draft_id, now, 99)
    return act(owner, "HandIn", draftId=draft_id)["application"]["reference"]


def test_more_papers_cost_no_more(viewer, draft_id, now):  # noqa: F811
    add_paper(viewer, draft_id, now)
    with counted() as few:
        run(viewer, "DraftCheck", id=draft_id)
    for number in range(2, 9):
        add_paper(viewer, draft_id, now, number)
    with counted() as many:
        run(viewer, "DraftCheck", id=draft_id)
    with counted() as pledge:
        run(viewer, "ReadPledge", draftId=draft_id)
    made = hand_in(viewer, draft_id, now)
    with counted() as case:
        run(viewer, "CaseProgress", reference=made)

    assert len(many) == len(few) <= 6, many
    assert len(pledge) <= 6, pledge
    assert len(case) <= 13, case
