"""Visits through the door: who orders, who is visited, who drives there, and what strangers are told."""

from datetime import date

import pytest

from api import execution
from api.viewer import Viewer
from core.db import keep, session
from core.errors import Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import at
from tests.appointments.visits import village

KEYS = map("visit-key-{:08}".format, range(10_000))
HERE = {"division": village.COUNTY, "position": {"lat": 27.81, "lon": 113.1, "datum": "WGS84"}, "isApproximate": False}
TUESDAY = at("10:00", ahead=1)


@pytest.fixture
def people(db):
    def work():
        town.put_up()
        village.put_up(teams=2)
        return town.citizen(), town.citizen("13800000002")

    yield keep(work)
    places.forget()


@pytest.fixture
def ask(people, now):
    def run(name, actor=ANYONE, *, when=now, **variables):
        return execution.run(Viewer(actor, when, address="192.0.2.1"), name, **variables)

    return run


@pytest.fixture
def do(ask):
    def run(document, actor=ANYONE, /, **given):
        told = {"input": given} if given else {}
        (payload,) = ask(document, actor, **told, idempotencyKey=next(KEYS)).values()
        return payload

    return run


def said(**given):
    usual = {"name": "王女士", "place": HERE, "address": "幸福路 3 号", "wishes": {}, "reasons": ["AGE"]}
    return {**usual, "visitee": {"relation": "SELF"}, **given}


@pytest.fixture
def ordered(do, people):
    def run(document="OrderHomeVisit", actor=None, starts_at=TUESDAY, **given):
        return do(document, actor or people[0], startsAt=starts_at, **said(**given))

    return run


def test_what_can_be_said_is_the_same_everywhere(ask, people):
    form = ask("HomeVisitForm", people[0], signedIn=True)

    assert ask("VisitForm")["visitChoices"] == form["visitChoices"]
    assert form["visitChoices"]["reasons"][0] == {"code": "DISABILITY", "label": "身体有残疾，出门困难"}
    assert "myAccessProfile" not in ask("HomeVisitForm", signedIn=False)
    assert form["myAccessProfile"] is None


def test_orders_a_window_that_was_offered_and_moves_it(ask, do, ordered):
    look = {"place": HERE, "wishes": {"woman": False, "specialty": "LABOUR", "halfDay": "MORNING"}}
    days = ask("HomeVisitWindows", **look, **{"from": TUESDAY.date()}, days=2)["visitWindows"]["days"]
    assert TUESDAY in [one["startsAt"] for one in days[0]["windows"]]

    link = ordered()["appointment"]["link"]
    visit = ask("HomeVisit", link=link)["homeVisitByLink"]
    assert (visit["startsAt"], visit["endsAt"]) == (TUESDAY, at("11:00", ahead=1))
    assert [one["name"] for one in visit["workers"]] == ["周敏", "周敏"]
    assert visit["isForOther"] is False

    other = ask("OtherHomeVisitWindows", link=link, **{"from": TUESDAY.date()}, days=2)
    chosen = other["otherVisitWindows"]["days"][1]["windows"][0]["startsAt"]
    assert do("ChangeHomeVisit", link=link, startsAt=chosen)["problems"] == []
    assert ask("HomeVisit", link=link)["homeVisitByLink"]["startsAt"] == chosen


def test_the_mini_program_has_documents_of_its_own(ask, do, ordered):
    assert ask("VisitWindows", place=HERE, wishes={}, **{"from": TUESDAY.date()}, days=1)["visitWindows"]["days"]
    made = ordered("BookHomeVisit")["appointment"]

    do("MoveHomeVisit", link=made["link"], startsAt=at("14:00", ahead=1))

    seen = ask("HomeVisitByLink", link=made["link"], **{"from": TUESDAY.date()}, days=1)
    assert (made["state"], seen["homeVisitByLink"]["startsAt"]) == ("BOOKED", at("14:00", ahead=1))
    asked = do("RequestHomeVisit", **said(codeRequest="nobody", code="123456"))
    assert (asked["problems"][0]["field"], asked["request"]) == ("code", None)


def test_a_window_that_is_gone_comes_with_others(ordered, people):
    for actor in people:
        ordered(actor=actor)

    missed = ordered(starts_at=at("10:00", ahead=50))

    assert missed["problems"][0]["code"] == "slot_taken"
    assert missed["appointment"] is None


def test_whoever_is_visited_can_undo_what_another_ordered(ask, do, ordered):
    whom = {"relation": "CARER", "name": "老王", "phone": "13800000009", "agreed": True}
    made = ordered(visitee=whom)["appointment"]
    assert ask("HomeVisit", link=made["link"])["homeVisitByLink"]["isForOther"] is True
    with pytest.raises(NotFound):
        ask("HomeVisitOrderedFor", link=made["link"])

    secret = keep(lambda: session().scalars(village.every_visit()).one().visitee_link)
    assert ask("HomeVisitOrderedFor", link=secret)["visitOrderedFor"]["startsAt"] == TUESDAY
    assert do("UndoHomeVisit", link=secret)["appointment"]["state"] == "CANCELLED"
    assert do("UndoHomeVisit", link=secret)["appointment"]["state"] == "CANCELLED"


def test_what_is_no_visit_is_not_shown_as_one(ask, do, people):
    talk = {"station": town.code(), "service": "WINDOW_TALK", "startsAt": at("15:00"), "name": "王女士"}
    made = do("BookAppointment", people[0], **talk)["appointment"]

    for link in made["link"], "nothing":
        with pytest.raises(NotFound):
            ask("HomeVisit", link=link)


def test_a_request_is_answered_with_a_date(ask, do, people):
    clerk = town.clerk()
    request = do("AskHomeVisit", people[0], **said())["request"]
    seen = ask("VisitRequest", link=request["link"])["visitRequestByLink"]
    assert (seen["state"], seen["dueAt"]) == ("asked", at("17:30", ahead=1))

    (waiting,) = ask("DeskRounds", clerk, on=TUESDAY.date())["visitRequests"]
    found = ask("DeskVisitRequest", clerk, id=waiting["id"], days=3)
    chosen = found["visitRequestWindows"][0]["windows"][0]["startsAt"]
    assert found["visitRequest"]["phone"] == "13800000001"
    missed = do("AnswerRequestWithTime", clerk, request=waiting["id"], startsAt=at("03:00", ahead=1))
    assert missed["problems"][0]["code"] == "slot_taken"
    assert do("AnswerRequestWithTime", clerk, request=waiting["id"], startsAt=chosen)["isPlanned"] is True

    visit = ask("HomeVisit", link=request["link"])["homeVisitByLink"]
    assert (visit["startsAt"], visit["appointment"]["reference"]) == (chosen, seen["reference"])
    assert ask("DeskRounds", clerk, on=TUESDAY.date())["visitRequests"] == []


def test_a_request_is_answered_with_another_way_or_taken_back(ask, do, people):
    clerk = town.clerk()
    first, second = (do("AskHomeVisit", one, **said())["request"] for one in people)
    which = [one["id"] for one in ask("DeskRounds", clerk, on=TUESDAY.date())["visitRequests"]]

    empty = do("AnswerRequestWithWords", clerk, request=which[0], reply="VIDEO", words=" ")
    done = do("AnswerRequestWithWords", clerk, request=which[0], reply="VIDEO", words="路被雪封了。")

    states = [ask("VisitRequest", link=one["link"])["visitRequestByLink"] for one in (first, second)]
    answered = next(one for one in states if one["state"] == "alternative")
    other = next(one for one in states if one["state"] == "asked")
    assert (empty["problems"][0]["code"], done["isAnswered"]) == ("visit_answer_unreasoned", True)
    assert (answered["words"], answered["replyText"][:4]) == ("路被雪封了。", "就近到有")
    assert do("WithdrawVisitRequest", link=other["link"])["request"]["state"] == "withdrawn"


def test_the_day_of_a_team_shows_where_from_a_day_before(ask, do, ordered):
    clerk, day = town.clerk(), {"team": "team0", "on": TUESDAY.date()}
    whom = {"relation": "FAMILY", "name": "老王", "phone": "13800000009", "agreed": True}
    ordered(visitee=whom, wishes={"needs": ["WHEELCHAIR"], "language": "MIAO"}, starts_at=at("10:00", ahead=4))
    day["on"] = date(2026, 11, 27)
    (outing, _) = ask("DeskRounds", clerk, on=day["on"])["visitOutings"]
    assert (outing["hoursText"], outing["visits"]) == ("09:00–17:00", 1)

    (hidden,) = ask("DeskRound", clerk, **day)["visitSheet"]["stops"]
    assert do("NoteVisitSafety", clerk, appointment=hidden["appointment"], words="有狗")["isNoted"] is True
    sheet = ask("DeskRound", clerk, when=at("11:00", ahead=3), **day)["visitSheet"]

    (shown,) = sheet["stops"]
    assert (hidden["isShown"], hidden["address"], hidden["name"], hidden["phone"]) == (False, "", "", "")
    assert (shown["address"], shown["name"], shown["safetyNotes"]) == ("幸福路 3 号", "老王", "有狗")
    assert shown["orderedBy"] == "王女士 13800000001"
    assert shown["needs"] == ["坐轮椅，或走路不方便", "说苗语"]
    assert "印泥" in shown["kit"]
    assert sheet["backAt"] > shown["leavesAt"]
    assert ask("DeskRound", clerk, team="team1", on=date(2026, 11, 28))["visitSheet"]["hoursText"] == ""


def test_strangers_are_turned_away(ask, do, ordered, people):
    far, on = town.clerk("430281"), {"on": TUESDAY.date()}
    ordered()
    request = do("AskHomeVisit", people[1], **said())["request"]
    (waiting,) = ask("DeskRounds", town.clerk(), **on)["visitRequests"]
    which = {"request": waiting["id"]}

    assert ask("DeskRounds", far, **on) == {"visitOutings": [], "visitRequests": []}
    for stranger, refused in (far, NotFound), (people[1], Forbidden), (ANYONE, NotSignedIn):
        with pytest.raises(refused):
            ask("DeskRound", stranger, team="team0", **on)
        with pytest.raises(refused):
            ask("DeskVisitRequest", stranger, id=waiting["id"], days=1)
        with pytest.raises(refused):
            do("AnswerRequestWithWords", stranger, **which, reply="PHONE", words="无")
        with pytest.raises(refused):
            do("AnswerRequestWithTime", stranger, **which, startsAt=TUESDAY)
        with pytest.raises(refused):
            do("NoteVisitSafety", stranger, appointment="x" * 22, words="无")
    for document in "HomeVisit", "VisitRequest", "HomeVisitOrderedFor":
        with pytest.raises(NotFound):
            ask(document, link=request["link"][::-1])
    with pytest.raises(Forbidden):
        ask("MyAccessNeeds", far)


def test_needs_are_kept_reused_and_forgotten(ask, do, people):
    told = {"needs": ["WHEELCHAIR"], "language": "LOCAL", "safeTimes": "上午", "address": "幸福路 3 号"}
    edition = ask("MyAccessNeeds", people[0])["profileConsent"]["edition"]

    assert do("SaveAccessNeeds", people[0], **told, agreedEdition="old")["problems"][0]["field"] == "agreed"
    assert do("SaveAccessNeeds", people[0], **told, agreedEdition=edition)["problems"] == []

    kept = ask("HomeVisitForm", people[0], signedIn=True)["myAccessProfile"]
    assert kept == {**told, "accessNotes": ""}
    assert ask("MyAccessNeeds", people[1])["myAccessProfile"] is None
    assert do("ForgetAccessNeeds", people[0])["isForgotten"] is True
    assert do("ForgetAccessNeeds", people[0])["isForgotten"] is True
    assert ask("MyAccessNeeds", people[0])["myAccessProfile"] is None


def test_a_month_of_windows_costs_no_more_than_a_day(ask, ordered, people, count_statements):
    look = {"place": HERE, "wishes": {}, "from": TUESDAY.date()}
    ask("HomeVisitWindows", **look, days=1)
    for clock in "10:00", "11:00", "14:00":
        ordered(starts_at=at(clock, ahead=1))

    with count_statements() as a_day:
        ask("HomeVisitWindows", **look, days=1)
    with count_statements() as a_month:
        ask("HomeVisitWindows", **look, days=31)

    assert len(a_month) == len(a_day) <= 8


def test_a_day_of_many_stops_costs_no_more_statements(ask, ordered, count_statements):
    clerk, day = town.clerk(), {"team": "team0", "on": TUESDAY.date()}
    sent = []
    for clock in "10:00", "11:00":
        ordered(starts_at=at(clock, ahead=1))
        with count_statements() as counted:
            ask("DeskRound", clerk, **day)
        sent.append(len(counted))

    assert sent[0] == sent[1] <= 14
