"""Laying out shifts on pages, and choosing instead what an office could not keep; without scripts."""

import re

import pytest
import time_machine
from sqlalchemy import select

from api import execution
from api.viewer import Viewer
from appointments import displaced, refitting
from appointments.models import Appointment, Rota
from core.db import keep, session
from core.identity import ANYONE
from core.outbox import Errand
from locator import queries as places
from locator.models import Station
from tests.appointments import town
from tests.appointments.town import at
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

ROTA = f"/desk/places/{town.code()}/rota"
CLOSED = {f"first_on_{part}": value for part, value in (("year", "2026"), ("month", "11"), ("day", "24"))}


@pytest.fixture
def browser(client, now):
    keep(town.put_up)
    with time_machine.travel(now, tick=False):
        yield Browser(client)
    places.forget()


@pytest.fixture
def clerk(browser):
    sign_staff_in(browser.client, "station_clerk")
    return browser


def carry_out(*kinds):
    handlers = {"directory.closed": refitting.after_a_closure, "appointment.refit": refitting.after_a_change}
    for kind in kinds:

        def work(kind=kind):
            for one in session().scalars(select(Errand).where(Errand.kind == kind)).all():
                handlers[kind](one.payload, now=town.NOW)

        keep(work)


def link():
    return keep(lambda: session().scalars(select(Appointment)).one().link)


def test_a_shift_is_kept_once_it_was_seen_whom_it_affects(clerk):
    keep(lambda: town.booked(at("10:00", 1)))
    clerk.look(f"/desk/places/{town.code()}")
    clerk.look(ROTA)
    assert "还没有排" in clerk.words
    assert clerk.fill("/rota", opens="99:00", capacity="0").status == 422
    assert clerk.problems == ["#field-service"]
    assert clerk.fill("/rota", service="WINDOW_TALK").problems == [
        *("#field-weekdays", "#field-opens", "#field-capacity"),
    ]

    clerk.fill("/rota", weekdays=["2"], opens="13:30", closes="17:00", capacity="2")
    assert "有 1 个预约办不了" in clerk.words
    assert "2026年11月24日 星期二 10:00，到窗口面谈" in clerk.words
    assert keep(lambda: session().scalars(select(Rota)).all()) == []
    clerk.fill("/rota", capacity="3")  # not what was looked at: looked at again
    assert keep(lambda: session().scalars(select(Rota)).all()) == []
    clerk.fill("/rota")
    assert "排好了" in clerk.words
    assert "30 分钟，3 人" in clerk.words

    (change,) = [one.attributes["href"] for one in clerk.page.css("td a") if "更改" in one.text()]
    assert clerk.look(change).value("opens") == "13:30"
    clerk.fill("/rota", opens="14:00")
    clerk.fill("/rota")
    assert "14:00–17:00" in clerk.words
    assert clerk.look(f"{ROTA}?shift=nobody").status == 404


def test_a_shift_is_ended_once_it_was_seen_whom_that_affects(clerk):
    keep(lambda: town.seats(2))
    which = keep(lambda: session().scalars(select(Rota.id)).one())
    clerk.look(f"{ROTA}/{which}/end")
    assert clerk.fill("/end", last_on_day="99").problems == ["#field-last_on"]
    assert clerk.fill("/end", last_on_year="2026", last_on_month="11", last_on_day="1").status == 200
    assert clerk.fill("/end").problems == ["#field-last_on"]
    clerk.fill("/end", last_on_day="30")
    assert "没有预约受影响" in clerk.words
    clerk.fill("/end")
    assert "到 11月30日" in clerk.words


def test_a_closure_is_announced_once_it_was_seen_whom_it_affects_and_they_choose_instead(clerk):
    keep(lambda: town.booked(at("10:00", 1)))
    clerk.look(f"/desk/directory/{town.code()}")
    clerk.fill("/closures", reason="停电检修", **CLOSED)
    assert "有 1 个预约办不了" in clerk.words
    clerk.fill("/closures")
    assert "通知已发布" in clerk.words
    carry_out("directory.closed")

    mine = f"/visits/of/{link()}"
    clerk.look(mine)
    assert "这个时间办不了了：停电检修" in clerk.words
    clerk.look(f"{mine}/instead")
    assert [one.text().split("：")[0].strip() for one in clerk.page.css(".card p:first-child")] == [
        *("换地点", "换时间", "换方式"),
    ]
    assert clerk.fill("/instead", button=("instead", "x")).status == 400
    clerk.look(f"{mine}/instead")
    assert clerk.fill("/instead", button=("instead", f"{town.code()} WINDOW_TALK x")).status == 400
    clerk.look(f"{mine}/instead")
    taken = f"{town.code()} WINDOW_TALK {at('10:07', 2).isoformat()}"
    assert clerk.fill("/instead", button=("instead", taken)).status == 422
    wanted = clerk.page.css_first(".card button").attributes["value"]
    clerk.fill("/instead", button=("instead", wanted))
    assert "约好了" in clerk.words
    assert "已经换好了" in clerk.look(f"{mine}/instead").words
    assert clerk.look(f"/visits/of/{'x' * 41}/instead").status == 404


def test_nothing_is_wanted_instead_by_page_and_by_document(browser, now):
    def take_back():
        displaced.take_back(town.booked(at("10:00", 1)), "停电", now=now)

    keep(take_back)
    which = link()
    found = execution.run(Viewer(ANYONE, now), "AppointmentInstead", link=which)["appointmentInstead"]
    assert len(found["alternatives"]) == 3
    browser.look(f"/visits/of/{which}/instead")
    browser.fill("/instead", button=("instead", "none"))
    assert browser.path == f"/visits/of/{which}"
    assert re.search("办不了了", browser.words) is None
    for name, given in (("LetAppointmentBe", {}), ("ChooseOtherTime", {"station": town.code()})):
        told = {"link": which, **given}
        if given:
            told |= {"service": "WINDOW_TALK", "startsAt": at("10:00", 2)}
        with pytest.raises(displaced.Conflict):
            execution.run(Viewer(ANYONE, now), name, input=told, idempotencyKey=f"{name}-0000000000000")


def test_orders_that_fit_no_more_are_told_from_the_desk(clerk):
    keep(lambda: town.booked(at("15:00")))
    clerk.look("/desk/affected")
    assert "所有预约都有人接待" in clerk.words

    def shorter():
        session().get_one(Station, "near").hours = "WD 09:00-12:00"

    keep(shorter)
    clerk.look("/desk/affected")
    assert "有 1 个预约办不了" in clerk.words
    assert clerk.fill("/affected").problems == ["#field-why"]
    clerk.fill("/affected", why="下午不开门了")
    assert "已经告诉 1 个人" in clerk.words
