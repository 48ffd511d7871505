"""The day of a visit through the door, in few statements; what staff send comes back act by act."""

import pytest

from accounts.models import StaffMember
from api import execution
from api.viewer import Viewer
from core.db import keep, session
from core.errors import NotFound
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town
from tests.appointments.test_by_document import KEYS
from tests.appointments.town import at
from tests.appointments.visits import village

DAY = at("09:50", 1)


@pytest.fixture
def visits(db):
    """Three visits on Tuesday."""

    def work():
        town.put_up()
        village.put_up()
        clocks = ("10:00", "14:00", "15:00")
        made = [village.ordered(at(clock, 1), f"1390000000{number}") for number, clock in enumerate(clocks)]
        told = {"password_hash": "-", "totp_secret": "-", "name": "田小禾", "work_number": "1", "created_at": DAY}
        session().add(StaffMember(id=town.clerk().id, username="clerk", region="430211", **told))
        return [(one.id, one.link) for one in made]

    yield keep(work)
    places.forget()


def ask(name, actor=ANYONE, **variables):
    return execution.run(Viewer(actor, DAY, address="192.0.2.1"), name, **variables)


def do(document, actor, **given):
    (payload,) = ask(document, actor, input=given, idempotencyKey=next(KEYS)).values()
    return payload


@pytest.mark.parametrize(("card", "check"), [("DoorCard", "CheckDoor"), ("VisitorsCard", "VisitorsExpected")])
def test_pages_and_the_mini_program_check_who_comes(visits, card, check, count_statements):
    with count_statements() as sent:
        found = ask(card, link=visits[0][1])["doorCard"]
    assert len(sent) <= 7
    code = found.pop("code")
    assert ask(check, code=code)["visitorsExpected"] == found
    assert ask(check, code="1234")["visitorsExpected"] is None


def test_the_sheet_takes_as_many_statements_for_three_as_for_one(visits, count_statements):
    with count_statements() as sent:
        found = ask("DeskRound", town.clerk(), team="team0", on=DAY.date())["visitSheet"]["stops"]
    assert len(found) == 3
    assert {one["code"][4] for one in found} == {" "}
    assert len(sent) <= 11
    with count_statements() as again:
        one = ask("VisitOnSheet", town.clerk(), id=visits[0][0])["visitOnSheet"]
    assert len(again) <= len(sent)
    assert (one["wasNear"], one["isOver"], one["papers"], one["photos"]) == (None, False, [], 0)
    assert ask("VisitPhotos", town.clerk(), id=visits[0][0])["visitPhotos"] == []


def test_acts_are_answered_one_by_one_and_may_be_sent_again(visits):
    here = {"lat": 27.8, "lon": 113.1, "datum": "WGS84"}
    done = [
        {"key": "a" * 16, "visit": visits[0][0], "kind": "ARRIVED", "at": at("09:40", 1), "position": here},
        {"key": "b" * 16, "visit": "nothing", "kind": "FINISHED"},
    ]
    for _ in range(2):
        first, second = do("RecordVisitActs", town.clerk(), acts=done)["answers"]
        assert first == {"key": "a" * 16, "problem": None}
        assert second["problem"]["code"] == "appointment_unknown"
    assert ask("VisitOnSheet", town.clerk(), id=visits[0][0])["visitOnSheet"]["arrivedAt"] == at("09:40", 1)


def test_a_code_says_who_sits_beside_and_is_for_visits_of_the_region(visits):
    assert len(do("IssueWitnessCode", town.clerk(), visit=visits[0][0])["code"]) == len("7K3M-Q9Q2")
    with pytest.raises(NotFound):
        do("IssueWitnessCode", town.clerk("430281"), visit=visits[0][0])


def test_the_numbers_of_a_team_are_kept(visits):
    assert do("SetTeamContact", town.clerk(), team="team0", teamPhone="137 0000 0001")["problems"] == []
    found = ask("TeamContact", town.clerk(), team="team0")["teamContact"]
    assert (found["teamPhone"], found["supervisorPhone"]) == ("13700000001", "")
