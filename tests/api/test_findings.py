"""A pledge that was not true, through the door."""

import pytest

from api import execution
from api.viewer import Viewer
from applications.models.pledge import Pledge
from core.db import session, transaction
from core.errors import NotFound
from tests import make

REFERENCE = "FY-AAAAA-AAAAA-AAAA"
WORDS = "工资表上每月有六千元。"


@pytest.fixture
def citizen(db):
    with transaction():
        who = make.person()
        case = make.application(who)
        said = {"template": "x", "template_version": "2026-11", "acknowledged": [], "method": "typed", "signed": {}}
        said |= {"signed_at": make.MORNING, "sha256": "b" * 64, "draft_id": case.draft_id, "person_id": who.id}
        session().add(Pledge(application_id=case.id, **said))
    return Viewer(who, make.MORNING)


@pytest.fixture
def reviewer(citizen):
    return Viewer(make.staff(), make.MORNING)


@pytest.fixture
def decider(citizen):
    return Viewer(make.staff(staff_id="staff-2"), make.MORNING)


def act(viewer, name, **given):
    variables = {"input": {"reference": REFERENCE, **given}, "idempotencyKey": f"key-of-{name.lower():0<20}"}
    (answer,) = execution.run(viewer, name, **variables).values()
    return answer


def shown(viewer, name):
    (case, *_) = execution.run(viewer, name, reference=REFERENCE).values()
    return case["pledgeFinding"]


def test_goes_from_doubt_to_confirmation_and_back(citizen, reviewer, decider):
    assert shown(citizen, "CaseFile") is None

    act(reviewer, "DoubtPledge", words=WORDS)
    assert shown(citizen, "CaseFile")["canExplain"]
    assert not shown(reviewer, "DeskCase")["canConfirm"]
    act(citizen, "ExplainPledge", words="填的时候还没有开工。")
    assert shown(decider, "DeskCase")["canConfirm"]
    assert shown(decider, "DeskCase")["explanation"] == "填的时候还没有开工。"
    assert act(decider, "ConfirmFalsePledge")["finding"]["endsOn"] is None
    assert not shown(citizen, "CaseFile")["canExplain"]
    act(decider, "LiftPledgeFinding", words="核对错了人。")

    seen = shown(citizen, "CaseFile")
    assert (seen["liftedBecause"], seen["reason"]) == ("核对错了人。", WORDS)
    assert not shown(decider, "DeskCase")["canLift"]


def test_says_what_to_put_right(reviewer):
    (problem,) = act(reviewer, "DoubtPledge", words="不")["problems"]

    assert (problem["field"], problem["message"]) == ("words", "请用 4 到 500 个字写清楚。")


def test_is_nobody_elses_business(reviewer, citizen):
    act(reviewer, "DoubtPledge", words=WORDS)
    with transaction():
        neighbour = Viewer(make.person("13800000002", "citizen-2"), make.MORNING)

    for stranger, name in ((neighbour, "CaseFile"), (Viewer(make.staff(region="430104"), make.MORNING), "DeskCase")):
        with pytest.raises(NotFound):
            shown(stranger, name)
    with pytest.raises(NotFound):
        act(neighbour, "ExplainPledge", words=WORDS)
