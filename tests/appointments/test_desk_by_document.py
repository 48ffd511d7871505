"""Rotas, queue, help, forecast, circuit and volunteers through the door: each document once, with what it may cost."""

from datetime import date

import pytest

from api import execution
from api.viewer import Viewer
from appointments import displaced
from appointments.queue import hall
from core.db import keep, session
from core.errors import Conflict, NotFound, NotSignedIn
from core.identity import ANYONE, Actor, ActorKind, Permission
from core.outbox import Errand
from locator import queries as places
from locator import snapshot
from tests.appointments import town
from tests.appointments.town import at

KEYS = map("desk-key-{:08}".format, range(10_000))
CODE, TUESDAY = town.code(), at(ahead=1).date()
MAY = {Permission.APPOINTMENTS_ATTEND, Permission.DIRECTORY_EDIT, Permission.STATISTICS_READ}
CLERK = Actor(id="clerk", kind=ActorKind.STAFF, permissions=frozenset(MAY), region="430211", name="田小禾")
COST = {  # statements a page may cost, however much there is
    "DeskRota": 7,
    "PreviewRota": 12,
    "PreviewRotaEnd": 12,
    "PreviewClosure": 14,
    "AffectedVisits": 10,
    "QueueBoard": 8,
    "QueueDesk": 8,
    "QueueSign": 5,
    "DeskHelp": 14,
    "DeskHelpCall": 10,
    "HelpTalk": 6,
    "Forecasts": 10,
    "Fairness": 6,
    "DeskCircuit": 8,
    "Volunteers": 6,
    "VolunteerPage": 3,
    "TicketPage": 7,
}


@pytest.fixture
def ask(db, now, count_statements):
    keep(town.put_up)
    snapshot.forget()

    def run(name, actor=CLERK, /, **variables):
        with count_statements() as sent:
            answer = execution.run(Viewer(actor, now, address="192.0.2.1"), name, **variables)
        assert len(sent) <= COST.get(name, 100), (name, len(sent), sent)
        return answer if len(answer) > 1 else next(iter(answer.values()))

    yield run
    places.forget()
    snapshot.forget()


@pytest.fixture
def do(ask):
    def run(name, actor=CLERK, /, **given):
        return ask(name, actor, input=given, idempotencyKey=next(KEYS))

    return run


def shift(**given):
    usual = {"station": CODE, "service": "WINDOW_TALK", "weekdays": [2], "opens": "14:00", "closes": "16:00"}
    return {**usual, "slotMinutes": 30, "capacity": 1, "firstOn": TUESDAY, **given}


def texted(request):
    """Give the code that was texted for a request."""
    key = f"accounts.code_requested:{request}"
    return keep(lambda: session().query(Errand).filter_by(key=key).one().payload["code"])


def test_a_shift_is_looked_at_kept_and_ended(ask, do):
    keep(lambda: town.booked(at("10:00", 1)))

    ahead = ask("PreviewRota", input=shift())
    assert (ahead["times"], [one["service"]["label"] for one in ahead["affected"]]) == (4, ["到窗口面谈"])
    assert ask("PreviewRota", input=shift(capacity=0))["problems"][0]["field"] == "capacity"
    made = do("PutRotaShift", **shift())["shift"]["id"]
    assert ask("DeskRota", station=CODE)["keptStation"]["code"] == CODE
    ending = {"shift": made, "lastOn": TUESDAY}
    assert len(ask("PreviewRotaEnd", input=ending)["affected"]) == 1
    assert do("EndRotaShift", **ending)["ended"] is True
    days = {"firstOn": TUESDAY, "lastOn": TUESDAY, "spans": ""}
    assert len(ask("PreviewClosure", station=CODE, **days)["affected"]) == 1
    assert len(ask("AffectedVisits")) == 1
    assert do("TellAffected", why="停电")["told"] == 1
    for name, given in (("PreviewRota", {"input": shift()}), ("DeskRota", {"station": CODE})):
        with pytest.raises(NotSignedIn):
            ask(name, ANYONE, **given)


def test_what_cannot_be_kept_is_chosen_anew_by_the_link(ask, do, now):
    def take_back(clock, number):
        row = town.booked(at(clock, 1), number)
        displaced.take_back(row, "停电", now=now)
        return row.link

    first, second = (
        keep(lambda one=one: take_back(*one)) for one in (("10:00", "13900000001"), ("11:00", "13900000002"))
    )
    one = ask("VisitInstead", ANYONE, link=first)["alternatives"][0]
    wanted = {"station": one["station"]["code"], "service": one["service"]["code"], "startsAt": one["startsAt"]}
    assert do("ChooseInstead", ANYONE, link=first, **wanted)["appointment"]["link"] == first
    assert do("LetVisitBe", ANYONE, link=second)["appointment"]["reference"].startswith("YY")
    with pytest.raises(Conflict):
        do("LetVisitBe", ANYONE, link=second)


def test_the_queue_of_a_day(ask, do):
    told = ask("QueueDesk", station=CODE)["queueSign"]
    on_paper = ask("QueueSign", station=CODE)
    assert (on_paper["word"], on_paper["picture"][:10]) == (told["word"], "data:image")
    here = {"station": CODE, "sign": hall.printed(CODE)}
    assert ask("QueueBoard", ANYONE, **here)["asksWord"] is True
    assert do("TakeTicket", ANYONE, **here)["problems"][0]["field"] == "word"
    link = do("TakeTicket", ANYONE, **here, word=told["word"])["ticket"]["link"]
    assert do("AddToQueue", station=CODE, phone="13800000005")["number"] == 2
    assert ask("TicketPage", ANYONE, link=link)["ahead"] == 0
    with pytest.raises(Conflict):
        do("TextMe", ANYONE, link=link)
    called = do("CallNext", station=CODE, window="1")["called"]
    assert called == {"number": 1, "window": "1"}
    board = ask("QueueScreen", ANYONE, station=CODE, key=told["display"])["board"]
    assert (board["called"], board["waiting"]) == ([called], 1)
    rows = ask("QueueDesk", station=CODE)["queueOfToday"]
    assert [one["number"] for one in rows] == [1, 2]
    assert do("MarkTicket", ticket=rows[0]["id"], state="MISSED")["ticket"]["number"] == 1
    assert do("LeaveQueue", ANYONE, link=link)["ticket"]["number"] == 1
    with pytest.raises(NotFound):
        ask("QueueBoard", ANYONE, station=CODE, sign="x")


def test_help_is_called_for_answered_and_closed(ask, do):
    assert ask("HelpForm", ANYONE)[0]["value"] == "deaf"
    point = {"lat": 27.8, "lon": 113.1, "datum": "WGS84"}
    link = do("CallForHelp", ANYONE, position=point, ticks=["deaf"])["call"]["link"]
    assert do("AddHelpWords", ANYONE, link=link, words="在")["call"]["isClosed"] is False
    (waiting,) = ask("DeskHelp")
    assert do("AnswerHelp", call=waiting["id"], words="我在")["attended"]["id"] == waiting["id"]
    assert ask("DeskHelpCall", id=waiting["id"])["ticks"] == ["我听不见，请打字"]
    assert sum(one["isStaff"] for one in ask("HelpTalk", ANYONE, link=link)["words"]) == 1
    assert do("CloseHelp", call=waiting["id"])["problems"] == []
    assert do("EndHelp", ANYONE, link=link)["call"]["isClosed"] is True


def test_figures_of_the_desk(ask):
    keep(lambda: town.booked(at("10:00", 1)))

    assert ask("Forecasts")[0]["isAlarm"] is False
    assert ask("Fairness", month=date(2026, 11, 1))["gini"] == 0


def test_circuit_and_volunteers(ask, do):
    stop = {"region": "430211", "name": "集市", "address": "路口", "on": TUESDAY, "spans": "09:00-12:00"}
    code = do("LayOutStop", **stop, phone="12348", slotMinutes=30, capacity=1)["code"]
    assert [one["code"] for one in ask("DeskCircuit")["circuitStops"]] == [code]
    sent = do("SendCode", ANYONE, phone="13800000005")["codeRequest"]["request"]
    proof = {"codeRequest": sent, "code": texted(sent)}
    link = do("WatchCircuit", ANYONE, region="430211", **proof)["link"]
    assert do("LeaveCircuit", ANYONE, link=link)["left"] is True

    assert len(ask("VolunteerForm", ANYONE)) == len(ask("VolunteerSkills", ANYONE)) == 4
    sent = do("SendCode", ANYONE, phone="13800000006")["codeRequest"]["request"]
    offer = {"name": "王芳", "region": "430211", "skills": ["ESCORT"], "codeRequest": sent}
    wrong = do("BecomeVolunteer", ANYONE, **offer, code="000000")["problems"]
    assert wrong[0]["field"] == "code"
    link = do("RegisterVolunteer", ANYONE, **offer, code=texted(sent))["link"]
    which = ask("Volunteers")["volunteers"][0]["id"]
    assert do("AcceptVolunteer", volunteer=which)["accepted"] is True
    assert do("NoteVolunteerHours", volunteer=which, on=at().date(), minutes=30)["noted"] is True
    assert ask("VolunteerPage", ANYONE, link=link) == ask("VolunteerByLink", ANYONE, link=link)
    assert do("EndVolunteer", volunteer=which, reason="试")["ended"] is True
    for name in ("LeaveVolunteers", "StopVolunteering"):
        with pytest.raises(NotFound):
            do(name, ANYONE, link=link)
