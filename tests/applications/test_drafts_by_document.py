"""Drafts and applications through the door: the documents pages and mini-program use, and what they cost."""

import itertools

import pytest

import core.db
from api import execution
from api.viewer import Viewer
from applications.models.draft import Draft
from applications.models.evidence import Evidence, Upload
from core.db import keep, session
from core.errors import Malformed, NotFound, NotSignedIn
from core.identity import ANYONE
from locator import queries as places
from tests.applications.conftest import WAGES, make_citizen, make_divisions
from tests.budget import counted

KEYS = map("key-number-{:08}".format, itertools.count(1))


@pytest.fixture
def viewer(db, now):
    with core.db.transaction():
        make_divisions()
        citizen = make_citizen("13800000001", now)
    yield Viewer(citizen, now)
    places.forget()


@pytest.fixture
def neighbour(viewer, now):
    return Viewer(keep(lambda: make_citizen("13800000002", now)), now)


def run(viewer, name, **variables):
    return execution.run(viewer, name, **variables)


def act(viewer, name, **given):
    answer = run(viewer, name, input=given, idempotencyKey=next(KEYS))
    return next(iter(answer.values()))


def written(answers):
    return [{"field": name, "values": values} for name, values in answers.items()]


def save(viewer, draft_id, step, answers, version=1):
    given = {"draftId": draft_id, "step": step, "baseVersion": version, "answers": written(answers)}
    return act(viewer, "SaveStep", **given)


@pytest.fixture
def draft_id(viewer):
    return act(viewer, "StartDraft", code=None)["draft"]["id"]


@pytest.fixture
def whole(viewer, draft_id):
    """A draft with an answer to everything that is asked."""
    for step, given in WAGES.items():
        assert save(viewer, draft_id, step, given, version=99)["problems"] == [], step
    return draft_id


def add_papers(viewer, draft_id, count, now):
    told = {"name": "x.jpg", "media_type": "image/jpeg", "size": 1, "sha256": "a" * 64, "warnings": ["photo_dark"]}

    def add():
        for number in range(count):
            upload = Upload(
                owner_id=viewer.actor.id,
                purpose="evidence",
                master_key=f"uploads/{number}-{next(KEYS)}.jpg",
                thumbnail_key=f"uploads/{number}-{next(KEYS)}.small.jpg",
                created_at=now,
                attached_at=now,
                **told,
            )
            item = {"item": "identity_document", "position": number, "created_at": now}
            session().add(Evidence(upload=upload, draft_id=draft_id, **item))

    keep(add)


def test_shows_a_step_with_its_questions(viewer, draft_id):
    found = run(viewer, "DraftStep", id=draft_id, step="matter")["draft"]["step"]

    assert found["title"] == "具体是什么事"
    assert found["fields"][0]["question"]["name"] == "matter"
    assert found["fields"][0]["values"] == []


def test_leads_from_step_to_step(viewer, draft_id):
    answer = act(viewer, "SaveStep", draftId=draft_id, step="area", baseVersion=1, answers=written(WAGES["area"]))

    assert answer["draft"]["nextStep"] == "matter"


def test_masks_the_identity_number_on_the_way_out(viewer, whole):
    found = run(viewer, "DraftStep", id=whole, step="id_number")["draft"]["step"]["fields"][0]

    assert found["values"] == ["1101**********002X"]
    assert "1949" not in str(run(viewer, "DraftSummary", id=whole))


def test_says_what_to_put_right_and_keeps_the_rest(viewer, draft_id):
    answer = save(viewer, draft_id, "contact", {"phone": ["12"], "phone_owner": ["SELF"]})

    assert [(one["code"], one["field"]) for one in answer["problems"]] == [("phone_unfit", "phone")]
    shown = run(viewer, "DraftStep", id=draft_id, step="contact")["draft"]["step"]["fields"]
    assert [one["values"] for one in shown] == [[], ["SELF"]]


def test_puts_all_answers_together_to_check(viewer, whole):
    summary = run(viewer, "DraftSummary", id=whole)["draft"]["summary"]

    told = {row["question"]["name"]: row["text"] for part in summary for step in part["steps"] for row in step["rows"]}
    assert told["matter"] == "老板欠我工资"
    assert told["region"] == "开元路社区居委会"
    assert told["happened_on"] == "2026年8月31日"
    assert told["agency"] == "长沙县法律援助中心"
    assert told["circumstances"] == "家人得了重病"


def test_lists_papers_with_links(viewer, whole, now):
    add_papers(viewer, whole, 1, now)

    items = run(viewer, "DraftEvidence", id=whole)["draft"]["evidence"]

    assert items[0]["code"] == "identity_document"
    paper = items[0]["files"][0]
    assert paper["url"].startswith("/m/v1/files/")
    assert paper["warnings"] != []


def test_hands_in_and_lists(viewer, whole, now):
    add_papers(viewer, whole, 1, now)

    made = act(viewer, "SubmitApplication", draftId=whole)
    again = act(viewer, "SubmitApplication", draftId=whole)

    assert made["problems"] == []
    assert again["application"] == made["application"]
    listed = run(viewer, "MyApplications", first=10)
    assert [one["reference"] for one in listed["myApplications"]["nodes"]] == [made["application"]["reference"]]
    assert listed["myApplications"]["nodes"][0]["matterTitle"] == "老板欠我工资"
    assert listed["myDrafts"] == []


def test_says_all_that_is_missing(viewer, draft_id):
    answer = act(viewer, "SubmitApplication", draftId=draft_id)

    assert answer["application"] is None
    assert {"code", "field", "message", "remedy"} == set(answer["problems"][0])
    assert answer["problems"][0]["message"] == "“您遇到的是哪方面的事”还没有填完。"


def test_keeps_nothing_of_a_draft_thrown_away(viewer, whole):
    assert act(viewer, "DiscardDraft", draftId=whole)["discarded"] is True

    with pytest.raises(NotFound):
        run(viewer, "DraftOverview", id=whole)


def test_refuses_cursors_of_somebody_else(viewer):
    for after in ("!!", "WzEsMl0", "WyJ4IiwgInkiXQ"):
        with pytest.raises(Malformed):
            run(viewer, "MyApplications", first=10, after=after)


@pytest.mark.parametrize("name", ["DraftOverview", "DraftEvidence", "DraftSummary"])
def test_looks_like_nothing_to_a_stranger(viewer, neighbour, draft_id, now, name):
    for missing in (draft_id, "A" * 22):
        with pytest.raises(NotFound):
            run(neighbour, name, id=missing)
    with pytest.raises(NotSignedIn):
        run(Viewer(ANYONE, now), name, id=draft_id)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("SaveStep", {"step": "area", "baseVersion": 1, "answers": []}),
        ("AttachEvidence", {"item": "identity_document", "token": "x"}),
        ("RemoveEvidence", {"token": "x"}),
        ("DiscardDraft", {}),
        ("SubmitApplication", {}),
    ],
)
def test_lets_no_stranger_change_anything(viewer, neighbour, draft_id, now, name, given):
    with pytest.raises(NotFound):
        act(neighbour, name, draftId=draft_id, **given)
    with pytest.raises(NotSignedIn):
        act(Viewer(ANYONE, now), name, draftId=draft_id, **given)


@pytest.mark.parametrize(("name", "budget"), [("DraftEvidence", 5), ("DraftSummary", 5)])
def test_more_papers_cost_no_more(viewer, whole, now, name, budget):
    run(viewer, name, id=whole)
    add_papers(viewer, whole, 1, now)
    with counted() as few:
        run(viewer, name, id=whole)
    add_papers(viewer, whole, 9, now)
    with counted() as many:
        run(viewer, name, id=whole)

    assert len(many) == len(few) <= budget, many


def test_more_drafts_and_applications_cost_no_more(viewer, now):
    def add(count):
        for _ in range(count):
            told = {"answers": {}, "changed_in": {}, "steps_done": [], "channel": "portal"}
            moments = {"created_at": now, "saved_at": now, "expires_at": now.replace(year=2027)}
            session().add(Draft(owner_id=viewer.actor.id, **told, **moments))

    keep(lambda: add(1))
    with counted() as few:
        run(viewer, "MyApplications", first=100)
    keep(lambda: add(8))
    with counted() as many:
        run(viewer, "MyApplications", first=100)

    assert len(many) == len(few) == 2


def test_serves_the_mini_program_alike(viewer, whole):
    page = run(viewer, "DraftPage", id=whole, step="story")["draft"]
    saved = run(
        viewer,
        "SaveDraftStep",
        input={"draftId": whole, "step": "groups", "baseVersion": 99, "answers": written(WAGES["groups"])},
        idempotencyKey=next(KEYS),
    )["saveStep"]

    assert page["step"]["fields"][0]["values"] == WAGES["story"]["story"]
    assert saved["draft"]["nextStep"] == "evidence"
    assert run(viewer, "MyCases", first=5)["myDrafts"][0]["id"] == whole
    assert run(viewer, "MyDrafts")["myDrafts"][0]["matterTitle"] == "老板欠我工资"
