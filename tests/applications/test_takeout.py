from applications import decisions, desk, drafts, supplements, takeout
from applications.models.evidence import Evidence, Upload
from applications.models.pledge import Pledge
from applications.supplements import Missing
from core.db import session
from tests import make


def test_gives_all_that_is_held_and_nothing_of_anybody_else(citizen, neighbour, draft, now):
    case = make.application(citizen, now=now)
    make.application(neighbour, reference="FY-B", now=now)
    drafts.start(neighbour, drafts.Start(), now=now)
    supplements.ask(make.staff(), case.reference, [Missing("case_material", "要工资条")], now=now)
    told = {"name": "x", "media_type": "image/jpeg", "size": 1, "sha256": "a" * 64, "warnings": []}
    for key, whose in (("one", citizen), ("two", neighbour)):
        session().add(
            Upload(
                id=key,
                owner_id=whose.id,
                purpose="evidence",
                master_key=f"uploads/{key}",
                created_at=now,
                attached_at=now,
                **told,
            )
        )
    session().flush()
    session().add(Evidence(upload_id="one", application_id=case.id, item="supplement:1", position=1, created_at=now))
    session().add(Evidence(upload_id="two", application_id="caseFY-B", item="x", position=1, created_at=now))
    signed = {"draft_id": case.draft_id, "application_id": case.id, "person_id": citizen.id, "sha256": "b" * 64}
    session().add(
        Pledge(
            **signed,
            template="hunan",
            template_version="1",
            acknowledged=[],
            method="typed",
            signed={"statement": ["实话"]},
            signed_at=now,
        )
    )
    session().flush()
    desk.opened(make.staff(), case.reference, now=now)
    session().flush()
    session().expire_all()

    taken = takeout.mine(citizen)

    (one,) = taken.said["applications"]
    assert one["reference"] == case.reference
    assert one["answers"]["id_number"] == "11010519491231002X"
    assert [event["kind"] for event in one["events"]] == ["submitted", "supplement_asked"]
    assert [item["note"] for item in one["asked_for"]] == ["要工资条"]
    assert one["pledge"]["signed"] == {"statement": ["实话"]}
    assert one["decision"] is None
    assert len(taken.said["drafts"]) == 1
    assert [letter.kind for letter in taken.letters] == ["supplement"]
    assert taken.files == [takeout.File("001-supplement-1.jpg", "uploads/one")]


def test_gives_the_decision_too(citizen, now):
    case = make.application(citizen, now=now)
    decisions.refuse(make.staff(), case.reference, ["outside_scope"], "不在范围内", now=now)
    session().expire_all()

    (one,) = takeout.mine(citizen).said["applications"]

    assert one["decision"]["explanation"] == "不在范围内"
    assert one["pledge"] is None
