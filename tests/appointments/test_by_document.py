"""Times through the door: what people ask, what staff ask, and what strangers are told."""

from datetime import timedelta

import pytest

from api import documents, execution
from api.viewer import Viewer
from core.db import keep, session
from core.errors import Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from core.outbox import Errand
from locator import queries as places
from locator.models import Station
from tests.appointments import town
from tests.appointments.town import at

KEYS = map("key-number-{:08}".format, range(10_000))
DAY = at().date()


@pytest.fixture
def people(db):
    def work():
        town.put_up()
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
    def run(document, actor=ANYONE, /, key=None, **given):
        (payload,) = ask(document, actor, input=given, idempotencyKey=key or next(KEYS)).values()
        return payload

    return run


@pytest.fixture
def book(do, people):
    def run(actor=None, clock="15:00", document="BookAppointment", **given):
        told = {"station": town.code(), "service": "WINDOW_TALK", "startsAt": at(clock), "name": "王女士"}
        return do(document, actor or people[0], **{**told, **given})

    return run


def test_the_menu_and_the_times_are_for_everybody(ask):
    menu = ask("ServiceMenu")["appointmentServices"]
    assert [(one["code"], one["isBookable"]) for one in menu][-1] == ("HOME_VISIT", False)
    assert all(one["bring"] and one["who"] and one["minutes"] for one in menu)
    asked = {"station": town.code(), "service": "WINDOW_TALK", "from": DAY, "days": 2}

    free = ask("FreeTimes", **asked)["freeTimes"]
    page = ask("VisitTimes", **asked)

    assert [len(day["slots"]) for day in free["days"]] == [8, 13]
    assert page["freeTimes"]["days"] == free["days"]
    assert page["needs"][0] == {"value": "WHEELCHAIR", "label": "坐轮椅，或走路不方便"}
    services = ask("VisitServices", station=town.code())["services"]
    assert [one["code"] for one in services] == ["WINDOW_TALK", "PHONE_CALLBACK", "VIDEO"]
    assert len(ask("VisitServices", station=town.code("jail"))["services"]) == 0
    assert [one["code"] for one in ask("ServicesOnOffer")["services"]] == [one["code"] for one in menu]


def test_orders_moves_and_gives_back(ask, book, do, people):
    made = book()["appointment"]
    link = made["link"]
    assert made["service"]["bring"]
    assert made["place"]["address"] == "near 路 1 号"

    moved = do("ChangeAppointment", link=link, startsAt=at("16:00"))
    assert moved["appointment"]["startsAt"] == at("16:00")
    seen = ask("AppointmentByLink", link=link)["appointmentByLink"]
    assert (seen["state"], seen["canChange"], seen["canCancel"]) == ("BOOKED", True, True)
    assert seen["calendarFile"].startswith("BEGIN:VCALENDAR")
    assert do("CancelAppointment", link=link)["appointment"]["state"] == "CANCELLED"
    assert [one["stateText"] for one in ask("MyAppointments", people[0], first=5)["myAppointments"]["nodes"]] == [
        "已取消"
    ]


def test_whoever_comes_too_late_is_offered_three_others(book, people):
    book()

    refused = book(people[1])

    assert refused["appointment"] is None
    assert [one["code"] for one in refused["problems"]] == ["slot_taken"]
    assert {one["kindText"] for one in refused["alternatives"]} == {"换时间", "换地点", "换方式"}
    elsewhere = next(one for one in refused["alternatives"] if one["kind"] == "PLACE")
    assert elsewhere["distanceText"] == "1.1 公里"
    assert book(people[1], elsewhere["startsAt"].strftime("%H:%M"), station=elsewhere["station"]["code"])["appointment"]


def test_a_time_is_kept_by_its_secret_longer_and_given_back(do, book, people, ask):
    wish = {"station": town.code(), "service": "WINDOW_TALK", "startsAt": at()}
    held = do("HoldTime", **wish)["held"]
    assert (held["secondsLeft"], held["station"]["code"], held["service"]["code"]) == (600, town.code(), "WINDOW_TALK")
    assert book(people[1])["problems"][0]["code"] == "slot_taken"
    assert len(do("HoldTime", people[1], **wish)["alternatives"]) == 3

    assert do("ExtendHold", hold=held["secret"])["held"]["isExtendable"]
    assert do("LeaveHold", hold=held["secret"])["problems"] == []
    assert ask("VisitDetails", station=town.code(), hold=held["secret"])["held"]["startsAt"] == at()
    assert ask("VisitDetails", station=town.code(), hold="x")["held"] is None
    assert book(hold=held["secret"])["appointment"]["startsAt"] == at()
    for name in ("ExtendHold", "ExtendVisitHold"):
        with pytest.raises(NotFound, match="hold_over"):
            do(name, hold=held["secret"])
    other = do("HoldVisit", **{**wish, "startsAt": at("15:30")})["held"]["secret"]
    assert do("LeaveVisitHold", hold=other, isBack=True)["problems"] == []


def test_somebody_says_that_they_will_come(ask, book, do):
    link = book()["appointment"]["link"]
    assert ask("Visit", link=link)["appointmentByLink"]["canConfirm"]

    for name in ("ConfirmAppointment", "ConfirmVisit"):
        assert do(name, link=link)["appointment"] == {"isConfirmed": True}
    assert not ask("Visit", link=link)["appointmentByLink"]["canConfirm"]


def test_staff_see_how_to_ring_and_note_every_try(ask, book, do, people):
    safe = {"maySay": True, "onlyThen": False, "textInstead": False}
    book(clock="15:30", service="PHONE_CALLBACK", calling=safe)
    (one,) = ask("DeskVisits", town.clerk(), on=DAY)["appointmentsOfDay"]
    assert (one["howToCall"][0], one["calls"], one["isToBeCalled"]) == ("可以说是法律援助", [], True)

    assert do("NoteCall", town.clerk(), appointment=one["id"], outcome="NO_ANSWER")["made"]["number"] == 1
    found = ask("DeskVisits", town.clerk(), on=DAY)
    assert found["appointmentsOfDay"][0]["calls"][0]["outcomeText"] == found["outcomes"][1]["label"]
    with pytest.raises(Forbidden):
        do("NoteCall", people[1], appointment=one["id"], outcome="NO_ANSWER")


def test_one_key_is_one_order_also_when_it_is_full_meanwhile(book):
    first, again = book(key="a" * 20), book(key="a" * 20)

    assert first == again
    assert first["appointment"]["reference"]


def test_a_moved_time_that_is_taken_says_what_else_there_is(book, do, people):
    link = book()["appointment"]["link"]
    book(people[1], "16:00")

    refused = do("ChangeAppointment", link=link, startsAt=at("16:00"))

    assert refused["problems"][0]["code"] == "slot_taken"
    assert refused["alternatives"]


def test_without_an_account_a_code_is_enough_and_a_wrong_one_is_said(book, do):
    request = do("SendCode", phone="13800000009")["codeRequest"]["request"]
    code = keep(lambda: session().query(Errand).filter_by(kind="accounts.code_requested").one().payload["code"])

    wrong = book(ANYONE, codeRequest=request, code="12")
    right = book(ANYONE, codeRequest=request, code=code)

    assert [one["code"] for one in wrong["problems"]] == ["code_wrong"]
    assert right["appointment"]["reference"]


def test_nothing_tells_who_somebody_is_but_to_the_staff_of_the_region(ask, book, people):
    book(note="要坐轮椅", needs=["WHEELCHAIR"])
    book(clock="15:30", service="PHONE_CALLBACK")
    (call, talk) = sorted(ask("DeskVisits", town.clerk(), on=DAY)["appointmentsOfDay"], key=lambda one: one["needs"])

    assert (talk["name"], talk["phone"], talk["note"]) == ("王女士", "138****0001", "要坐轮椅")
    assert (talk["needs"], call["phone"]) == (["坐轮椅，或走路不方便"], "13800000001")
    assert ask("DeskVisits", town.clerk("430281"), on=DAY)["appointmentsOfDay"] == []
    for stranger, refusal in ((ANYONE, NotSignedIn), (people[0], Forbidden)):
        with pytest.raises(refusal):
            ask("DeskVisits", stranger, on=DAY)
        with pytest.raises(refusal):
            ask("MarkVisit", stranger, input={"appointment": talk["id"], "state": "ARRIVED"}, idempotencyKey=next(KEYS))


def test_staff_say_who_came(ask, book, do):
    book()
    (one,) = ask("DeskVisits", town.clerk(), on=DAY)["appointmentsOfDay"]

    do("MarkVisit", town.clerk(), appointment=one["id"], state="ARRIVED")

    (one,) = ask("DeskVisits", town.clerk(), on=DAY)["appointmentsOfDay"]
    assert one["appointment"]["stateText"] == "已到"
    assert [state["code"] for state in one["nextStates"]] == ["DONE"]
    with pytest.raises(NotFound):
        do("MarkVisit", town.clerk("430281"), appointment=one["id"], state="DONE")


def test_a_stranger_to_a_link_is_told_nothing(ask, book, do, now):
    link = book()["appointment"]["link"]

    for name in ("AppointmentByLink", "Visit", "VisitCalendar"):
        assert ask(name, link=link)
        with pytest.raises(NotFound, match="appointment_link_unknown"):
            ask(name, link=link[:-1])
        with pytest.raises(NotFound, match="appointment_link_unknown"):
            ask(name, link=link, when=now + timedelta(days=3))
        assert documents.named(name).is_private
    for name, given in (("ChangeVisit", {"startsAt": at("16:00")}), ("CancelVisit", {})):
        with pytest.raises(NotFound, match="appointment_link_unknown"):
            do(name, link="x" * 22, **given)


def test_ones_own_are_nobody_elses(ask, book, people):
    book(document="BookVisit")

    assert len(ask("MyVisits", people[0], first=5)["myAppointments"]["nodes"]) == 1
    assert ask("MyVisits", people[1], first=5)["myAppointments"]["nodes"] == []
    with pytest.raises(NotSignedIn):
        ask("MyVisits", first=5)


def test_more_rows_cost_no_more_statements(ask, book, people, count_statements):
    def sent(name, actor, **given):
        with count_statements() as statements:
            ask(name, actor, **given)
        return len(statements)

    month = {"station": town.code(), "service": "WINDOW_TALK", "from": DAY}
    book()
    few = sent("MyVisits", people[0], first=10), sent("DeskVisits", town.clerk(), on=DAY)
    book(clock="15:30")
    book(clock="16:00")
    assert sent("MyVisits", people[0], first=10) <= few[0] <= 4
    assert sent("DeskVisits", town.clerk(), on=DAY) <= few[1] <= 8
    assert sent("FreeTimes", ANYONE, days=31, **month) == sent("FreeTimes", ANYONE, days=1, **month) <= 6


def test_a_place_without_a_pace_has_no_next_time(ask, people):
    def close():
        for row in session().query(Station).all():
            row.slots_an_hour = 0

    first = ask("StationPage", code=town.code())["nextFreeTime"]
    assert (first["startsAt"], first["service"]["label"]) == (at("11:00"), "请工作人员打电话给我")
    keep(close)
    assert ask("StationPage", code=town.code())["nextFreeTime"] is None
