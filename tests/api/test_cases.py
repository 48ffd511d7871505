"""A case through the door: its applicant, its agency, and nobody else."""

from datetime import timedelta

import pytest

from api import execution
from api.viewer import Viewer
from applications import supplements
from applications.supplements import Missing
from core.db import transaction
from core.errors import Forbidden, Malformed, NotFound, NotSignedIn
from core.identity import ANYONE
from tests import make

REFERENCE = "FY-AAAAA-AAAAA-AAAA"


@pytest.fixture
def citizen(db):
    with transaction():
        who = make.person()
        make.application(who, judgement=make.JUDGEMENT)
    return Viewer(who, make.MORNING)


@pytest.fixture
def reviewer(citizen):
    return Viewer(make.staff(), make.MORNING)


def ask(viewer, name, **variables):
    (answer,) = execution.run(viewer, name, **variables).values()
    return answer


def act(viewer, name, key="key-0123456789abcdef", **given):
    answer = ask(viewer, name, input={"reference": REFERENCE, **given}, idempotencyKey=key)
    assert answer["problems"] == []
    return answer["caseFile"]


def test_shows_how_a_case_stands(citizen):
    case = ask(citizen, "CaseFile", reference=REFERENCE)

    assert case["stateText"] == "已收到，等待审查"
    assert case["turn"] == "agency"
    assert case["decisionDue"]["target"].isoformat() == "2026-11-30"
    assert [line["state"] for line in case["timeline"]] == ["done", "now", "waiting"]


def test_goes_from_notice_to_grant(citizen, reviewer):
    asked = act(reviewer, "AskSupplement", items=[{"code": "case_material", "note": "工资条"}])
    assert asked["state"] == "supplement_required"
    case = ask(citizen, "CaseFile", reference=REFERENCE)
    (item,) = case["openNotice"]["items"]
    assert item["text"] == "工资条"

    supplied = act(citizen, "SupplyMissing", explanations=[{"item": item["id"], "text": "没有工资条"}])
    assert supplied["state"] == "submitted"
    act(reviewer, "GrantAid", key="key-fedcba9876543210", reasons=["conditions_met"], explanation="")

    case = ask(citizen, "CaseFile", reference=REFERENCE)
    assert case["decision"]["kind"] == "granted"
    assert case["lawyerDue"]["target"].isoformat() == "2026-11-26"
    assert [letter["kind"] for letter in case["letters"]] == ["supplement", "grant"]
    assert all(letter["url"].startswith("/m/v1/letters/") for letter in case["letters"])


def test_refuses_with_what_can_be_put_right(reviewer):
    answer = ask(
        reviewer,
        "RefuseAid",
        input={"reference": REFERENCE, "reasons": [], "explanation": ""},
        idempotencyKey="key-0123456789abcdef",
    )

    assert [(one["code"], one["field"]) for one in answer["problems"]] == [
        ("reasons_missing", "reasons"),
        ("explanation_missing", "explanation"),
    ]
    assert act(reviewer, "RefuseAid", reasons=["outside_scope"], explanation="不属于范围")["state"] == "refused"


def test_may_be_given_up_when_nothing_came(citizen, reviewer):
    act(reviewer, "AskSupplement", items=[{"code": "authority"}])
    late = Viewer(make.staff(), make.MORNING + timedelta(days=30))

    assert act(late, "DeemWithdrawn", key="key-fedcba9876543210", delivered="read")["state"] == "deemed_withdrawn"


def test_may_be_taken_back(citizen):
    assert act(citizen, "WithdrawApplication")["state"] == "withdrawn"


def test_queue_shows_no_whole_name(reviewer):
    queue = ask(reviewer, "DeskQueue", pile="TO_REVIEW", first=5)

    assert queue["totalCount"] == 1
    assert [row["applicant"] for row in queue["nodes"]] == ["张**"]


def test_queue_reads_on(citizen, reviewer):
    with transaction():
        for letter in "BCD":
            make.application(citizen.actor, reference=f"FY-{letter}")

    first = ask(reviewer, "DeskQueue", pile="TO_REVIEW", first=3)
    second = ask(reviewer, "DeskQueue", pile="TO_REVIEW", first=3, after=first["pageInfo"]["endCursor"])

    assert first["pageInfo"]["hasNextPage"]
    assert len({row["reference"] for row in first["nodes"] + second["nodes"]}) == 4


@pytest.mark.parametrize("after", ["x", "W10", "WzEsMiwzLDRd", "WzEsIjIwMjYtMDEtMDEiLCIyMDI2LTAxLTAxIiwieCJd"])
def test_takes_no_cursor_that_is_not_its_own(reviewer, after):
    with pytest.raises(Malformed):
        ask(reviewer, "DeskQueue", pile="TO_REVIEW", first=3, after=after)


def test_more_cases_need_no_more_statements(citizen, reviewer, count_statements):
    with count_statements() as few:
        ask(reviewer, "DeskQueue", pile="TO_REVIEW", first=50)
    with transaction():
        for number in range(20):
            make.application(citizen.actor, reference=f"FY-{number:05}")
    with count_statements() as many:
        ask(reviewer, "DeskQueue", pile="TO_REVIEW", first=50)

    assert len(many) == len(few) <= 8


def test_more_events_need_no_more_statements(citizen, reviewer, count_statements):
    with count_statements() as few:
        ask(citizen, "CaseFile", reference=REFERENCE)
    act(reviewer, "AskSupplement", items=[{"code": "case_material"}, {"code": "authority"}, {"code": "explanation"}])
    with count_statements() as many:
        ask(citizen, "CaseFile", reference=REFERENCE)

    assert len(few) <= 10
    assert len(many) <= len(few) + 1  # the items of a notice, however many


def test_opening_on_the_desk_is_recorded_and_whole(reviewer):
    answer = execution.run(reviewer, "DeskCase", reference=REFERENCE)

    assert answer["deskCase"]["judgement"]["headline"] == "可能符合"
    assert {row["field"] for section in answer["deskCase"]["sections"] for row in section["rows"]} >= {"matter"}
    assert "11010519491231002X" not in str(answer)
    assert answer["reviewReasons"]["supplement"]


def test_reveals_a_number_for_a_reason(reviewer):
    given = {"reference": REFERENCE, "field": "id_number", "reason": "核对证件原件"}
    answer = ask(reviewer, "RevealValue", input=given, idempotencyKey="key-0123456789abcdef")

    assert answer["value"] == "11010519491231002X"


def test_files_stand_for_what_is_missing_only(citizen, reviewer):
    with transaction():
        supplements.ask(reviewer.actor, REFERENCE, [Missing("case_material")], now=make.MORNING)

    given = {"reference": REFERENCE, "item": "no-such-item", "token": "no-such-token"}

    with pytest.raises(NotFound):
        ask(citizen, "SupplyEvidence", input=given, idempotencyKey="key-0123456789abcdef")


def test_is_nobody_elses(citizen):
    with transaction():
        neighbour = Viewer(make.person("13800000002", "citizen-2"), make.MORNING)
    elsewhere = Viewer(make.staff(region="430104"), make.MORNING)
    nobody = Viewer(ANYONE, make.MORNING)

    for stranger in neighbour, elsewhere, nobody:
        with pytest.raises(NotFound):
            ask(stranger, "CaseFile", reference=REFERENCE)
    for name in "AskSupplement", "GrantAid", "RefuseAid", "DeemWithdrawn", "RevealValue":
        given = {
            "AskSupplement": {"items": [{"code": "authority"}]},
            "DeemWithdrawn": {},
            "RevealValue": {"field": "id_number", "reason": "核对证件原件"},
        }.get(name, {"reasons": ["conditions_met" if name == "GrantAid" else "outside_scope"], "explanation": "x"})
        for stranger, refusal in ((neighbour, Forbidden), (elsewhere, NotFound), (nobody, NotSignedIn)):
            with pytest.raises(refusal):
                act(stranger, name, **given)
    with pytest.raises(NotFound):
        act(neighbour, "WithdrawApplication")
    with pytest.raises(NotFound):
        act(neighbour, "SupplyMissing", explanations=[])
