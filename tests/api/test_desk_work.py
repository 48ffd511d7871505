"""Who works on what, and what cannot wait, through the door: the desk of the region, and nobody else."""

from datetime import date

import pytest

from api import execution
from api.viewer import Viewer
from core.db import transaction
from core.errors import Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from tests import make

REFERENCE = "FY-AAAAA-AAAAA-AAAA"


@pytest.fixture
def citizen(db):
    with transaction():
        who = make.person()
        make.application(who, judgement=make.JUDGEMENT, lane=0, urgent_until=date(2026, 11, 25))
    return Viewer(who, make.MORNING)


@pytest.fixture
def reviewer(citizen):
    return Viewer(make.staff(), make.MORNING)


def ask(viewer, name, **variables):
    (answer,) = execution.run(viewer, name, **variables).values()
    return answer


def act(viewer, name, key=None, **given):
    more = {"input": given} if given else {}
    return ask(viewer, name, idempotencyKey=key or f"key-{name}-0123456789", **more)


def test_the_next_case_is_taken_once_however_often_it_is_asked_for(reviewer):
    first = act(reviewer, "TakeNextCase")
    assert (first["caseReference"], first["problems"]) == (REFERENCE, [])
    assert "11月25日" in first["why"]
    assert act(reviewer, "TakeNextCase") == first
    assert act(reviewer, "TakeNextCase", "another-key-0123456789")["caseReference"] is None
    assert [one["reference"] for one in ask(reviewer, "CasesInHand")] == [REFERENCE]
    case = execution.run(reviewer, "DeskCase", reference=REFERENCE)["deskCase"]
    assert (case["holding"]["heldBy"], case["holding"]["isMine"]) == ("李明", True)

    assert act(reviewer, "PutBackCase", reference=REFERENCE)["caseReference"] == REFERENCE
    assert ask(reviewer, "CasesInHand") == []


def test_the_applicant_is_not_told_who_has_it_in_hand(citizen, reviewer):
    act(reviewer, "TakeNextCase")

    with pytest.raises(Forbidden):
        execution.run(citizen, "DeskCase", reference=REFERENCE)
    assert "holding" not in execution.run(citizen, "CaseFile", reference=REFERENCE)["caseFile"]


def test_somebody_rings_and_aid_comes_first(citizen, reviewer):
    (call,) = ask(reviewer, "UrgentCalls")
    assert (call["reference"], call["callBy"].minute) == (REFERENCE, 30)

    assert act(reviewer, "NoteUrgentCall", reference=REFERENCE, reached=True)["problems"] == []
    assert ask(reviewer, "UrgentCalls") == []

    wrong = act(reviewer, "ProvideAidFirst", reference=REFERENCE, ground="other_urgent")
    assert [one["field"] for one in wrong["problems"]] == ["explanation"]
    given = act(reviewer, "ProvideAidFirst", "another-key-0123456789", reference=REFERENCE, ground="term_runs_out")
    assert given["caseFile"]["state"] == "provisional_aid"
    case = ask(citizen, "CaseFile", reference=REFERENCE)
    assert [line["title"] for line in case["timeline"]][1:3] == ["我们给您打了电话", "先行提供援助"]
    assert "先行提供法律援助通知书" in [letter["title"] for letter in case["letters"]]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("TakeNextCase", {}),
        ("PutBackCase", {"reference": REFERENCE}),
        ("NoteUrgentCall", {"reference": REFERENCE, "reached": True}),
        ("ProvideAidFirst", {"reference": REFERENCE, "ground": "preservation"}),
    ],
)
def test_is_closed_to_strangers(citizen, name, given):
    with pytest.raises(Forbidden):
        act(citizen, name, **given)
    with pytest.raises(NotSignedIn):
        act(Viewer(ANYONE, make.MORNING), name, **given)
    if given:
        with pytest.raises(NotFound):
            act(Viewer(make.staff(region="430104"), make.MORNING), name, **given)


def test_lists_are_closed_to_citizens(citizen):
    for name in ("CasesInHand", "UrgentCalls"):
        with pytest.raises(Forbidden):
            ask(citizen, name)
