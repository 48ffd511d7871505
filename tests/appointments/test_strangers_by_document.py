"""Documents of teams, the door, volunteers, halls and video, asked by a stranger: nothing is told, nothing is done."""

import pytest

from api import execution
from api.viewer import Viewer
from core.db import keep
from core.errors import NotFound, NotSignedIn
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town

LINK = {"link": "x" * 22}
HALL = {"station": town.code(), "key": "x" * 12}
FOR_STAFF = {
    "DeskTeam": {"team": "team0"},
    "DeskTeamForm": {"station": town.code()},
    "DeskTeams": {},
    "PreviewVisitTeam": {"input": {"team": "team0", "retiredOn": town.at().date()}},
    "PutVisitTeam": {"input": {"station": town.code(), "area": "430211", "name": "一组"}},
    "ChangeVisitTeam": {"input": {"team": "team0", "retiredOn": town.at().date()}},
    "EndVisitAbsence": {"input": {"absence": "x"}},
    "VisitCompanions": {"visit": "x"},
    "AskCompanion": {"input": {"visit": "x", "volunteer": "x"}},
    "VisitPhotos": {"id": "x"},
    "QueueDesk": {"station": town.code()},
    "QueueSign": {"station": town.code()},
}
BY_SECRET = {
    "VolunteerPage": LINK,
    "AnswerCompanion": {"input": {**LINK, "id": "x", "accepts": True}},
    "ComeAlong": {"input": {**LINK, "id": "x", "accepts": True}},
    "QueueScreen": HALL,
    "QueueBoard": {"station": town.code(), "sign": "x" * 12},
    "HallQueue": {"station": town.code(), "sign": "x" * 12},
    "VisitMeeting": LINK,
    "MeetingWayIn": LINK,
    "VisitVideoAgain": {"input": LINK},
    "VideoAgain": {"input": LINK},
    "VisitInstead": LINK,
}
WRITING = ("Put", "Change", "End", "Ask", "Answer", "Come", "VisitVideo", "Video")


@pytest.fixture
def run(db, now):
    keep(town.put_up)

    def asked(name, given):
        key = {"idempotencyKey": "a-stranger-00000001"} if name.startswith(WRITING) else {}
        return execution.run(Viewer(ANYONE, now, address="192.0.2.1"), name, **given, **key)

    yield asked
    places.forget()


@pytest.mark.parametrize("name", FOR_STAFF)
def test_what_is_for_staff_is_not_for_strangers(run, name):
    with pytest.raises(NotSignedIn):
        run(name, FOR_STAFF[name])


@pytest.mark.parametrize("name", BY_SECRET)
def test_a_secret_that_is_none_opens_nothing(run, name):
    with pytest.raises(NotFound):
        run(name, BY_SECRET[name])


def test_what_can_be_said_of_a_member_is_no_secret(run):
    found = run("VisitSkills", {})["visitChoices"]

    assert {one["code"] for one in found["languages"]} >= {"MANDARIN", "MIAO"}
