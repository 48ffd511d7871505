"""What comes after, through the door: the same for pages and the mini-program, in few statements."""

import dataclasses

import pytest

from api import documents
from appointments import attendance
from appointments.aftercare import jobs as afterwards
from core.db import keep
from core.errors import NotSignedIn
from core.identity import ANYONE
from tests.appointments import town
from tests.appointments.test_by_document import ask, book, do, people  # noqa: F401  # fixtures
from tests.appointments.town import at

LATER = at("15:40")
SAID = {"outcome": "ADVISED", "nextStep": "不用再来"}


@pytest.fixture
def made(book, ask, do):  # noqa: F811
    """Somebody's appointment, as the desk sees it."""
    link = book()["appointment"]["link"]
    (row,) = ask("DeskVisits", town.clerk(), on=at().date())["appointmentsOfDay"]
    return link, row["id"]


@pytest.mark.parametrize(("look", "rate"), [("VisitRating", "RateVisit"), ("AppointmentRating", "RateAppointment")])
def test_a_link_asks_how_it_was(ask, do, made, look, rate, count_statements):  # noqa: F811
    link, which = made
    assert do("RecordOutcome", town.clerk(), appointment=which, **SAID)["outcome"] == {"outcome": "ADVISED"}
    keep(lambda: afterwards.ask_how_it_was({"appointment": which}, now=LATER))

    with count_statements() as sent:
        found = ask(look, link=link)["appointmentRating"]
    assert len(sent) <= 3
    assert (found["outcome"]["nextStep"], found["score"], found["canRate"]) == ("不用再来", None, True)
    assert do(rate, link=link, score=2, words="太久")["rating"] == {"score": 2, "isLow": True}
    assert ask(look, link=link)["appointmentRating"]["words"] == "太久"
    for document in (look, rate):
        assert "name" not in documents.texts()[document].replace("{ code name }", "")  # of the place alone

    with count_statements() as sent:
        desk = ask("DeskTasks", town.clerk())
    assert len(sent) <= 6
    (task,) = desk["tasks"]
    assert (task["reasonText"], task["isMine"], task["isOverdue"]) == ("对服务不满意，请回电", False, False)
    assert desk["ratingFigures"] == {"asked": 1, "answered": 1, "scores": []}
    assert do("TakeTask", town.clerk(), task=task["id"])["task"] == {"id": task["id"]}
    colleague = dataclasses.replace(town.clerk(), id="other", name="李")
    assert [one["code"] for one in do("TakeTask", colleague, task=task["id"])["problems"]] == ["task_taken"]
    for who in (colleague, town.clerk()):
        assert do("TakeTask", who, task=task["id"], isTakenOver=True)["problems"] == []
    assert do("FinishTask", town.clerk(), task=task["id"], result="REACHED", answer="好")["problems"] == []


@pytest.mark.parametrize(
    ("look", "explain"), [("MissedVisit", "ExplainMissedVisit"), ("MissedAppointment", "ExplainAbsence")]
)
def test_a_link_asks_why_somebody_did_not_come(ask, do, made, look, explain, count_statements):  # noqa: F811
    link, which = made
    keep(lambda: _absent(which))

    with count_statements() as sent:
        found = ask(look, link=link)["missedAppointment"]
    assert len(sent) <= 2
    assert (found["why"], found["wantsCall"], len(found["choices"])) == (None, False, 8)
    assert do(explain, link=link, why="WAY", wantsCall=True)["missed"] == {"why": "WAY", "wantsCall": True}


def _absent(which):
    attendance.mark(town.clerk(), which, attendance.AppointmentState.NO_SHOW, now=LATER)
    afterwards.ask_why({"appointment": which}, now=LATER)


def test_strangers_learn_nothing_of_tasks(ask, people):  # noqa: F811
    with pytest.raises(NotSignedIn):
        ask("DeskTasks", ANYONE)
