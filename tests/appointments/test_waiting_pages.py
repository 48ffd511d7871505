"""The wait list on pages, without scripts, and by document."""

import re
from datetime import timedelta

import pytest
import time_machine

from appointments import booking, policy
from appointments.models import Appointment
from core.db import keep, session
from core.errors import Forbidden, NotFound
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town
from tests.appointments.test_by_document import ask, do, people  # noqa: F401  # fixtures
from tests.appointments.test_pages import texted
from tests.appointments.town import at
from tests.portal.applying import sign_somebody_in
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

WAIT = f"/visits/at/{town.code()}/WINDOW_TALK/wait"
LINK = re.compile(r"/visits/waiting/([\w-]+)")
DAY = at().date()


@pytest.fixture
def browser(client, now):
    keep(lambda: town.put_up() or town.seats(1, opens=900, closes=930))
    with time_machine.travel(now, tick=False):
        yield Browser(client)
    places.forget()


def give_back(link):
    keep(lambda: booking.cancel(ANYONE, link, now=town.NOW))


def test_with_a_texted_code_onto_the_list_an_offer_and_one_tap(browser):
    taken = keep(lambda: town.booked(at())).link
    browser.look(WAIT.removesuffix("/wait"))
    browser.look(browser.page.css_first(f"a[href='{WAIT}']").attributes["href"])
    assert browser.fill("/wait", name="王女士", phone="1").problems == ["#field-phone"]
    browser.fill("/wait", phone="13800000009", needs=["WRITING"], reach="CALL", within="7")
    assert browser.heading == "填验证码，完成登记等候"
    assert browser.fill("/wait", code="1").problems == ["#field-code"]
    browser.fill("/wait", code=texted())
    assert "正在等候" in browser.words
    assert not any(told in browser.words for told in ("王女士", "138"))
    link = LINK.search(browser.path)[1]

    give_back(taken)
    browser.look(f"/visits/waiting/{link}")
    assert browser.heading == "有时间了：2026年11月23日 星期一 15:00"
    browser.fill("accept")
    assert "约好了" in browser.words
    assert browser.look(f"/visits/waiting/{link}").status == 200
    assert "已经约好" in browser.words


def test_somebody_signed_in_waits_declines_and_goes(browser):
    taken = keep(lambda: town.booked(at())).link
    sign_somebody_in(browser.client, "13800000001")
    browser.look(WAIT)
    assert browser.fill("/wait", name="", within="7").problems == ["#field-name"]
    assert browser.fill("/wait", name="王", within="1").status == 422
    browser.fill("/wait", name="王", within="7")
    give_back(taken)
    browser.look(browser.path).fill("decline")
    assert browser.heading == "等空出来的时间"
    browser.fill("leave")
    assert "已退出" in browser.words
    assert browser.look(f"/visits/at/{town.code()}/HOME_VISIT/wait").status == 404
    assert browser.look("/visits/waiting/x").status == 404


def test_an_offer_that_cannot_be_taken_says_why(browser):
    taken = keep(lambda: town.booked(at())).link
    sign_somebody_in(browser.client, "13800000001")
    browser.look(WAIT).fill("/wait", name="王", within="7")
    place = browser.path
    give_back(taken)

    def many():
        one = session().query(Appointment).first()
        for hours in (1, 2, 3):
            told = {column.name: getattr(one, column.name) for column in Appointment.__table__.columns}
            told |= {"id": f"x{hours}", "reference": f"x{hours}", "link_index": f"x{hours}", "state": "booked"}
            told |= {"starts_at": at() + timedelta(days=hours), "phone_index": index}
            session().add(Appointment(**told))

    index = policy.index_of("13800000001")
    keep(many)
    assert browser.look(place).fill("accept").status == 422
    assert "同一个号码最多同时约 3 次" in browser.words
    form = {"csrf_token": browser.value("csrf_token"), "idempotency_key": "n" * 20}
    assert browser.client.post(f"{place}/nowhere", data=form, base_url="https://127.0.0.1").status_code == 404


def test_staff_see_who_waits_and_answer_for_them(browser):
    taken = keep(lambda: town.booked(at())).link
    sign_somebody_in(browser.client, "13800000001")
    browser.look(WAIT).fill("/wait", name="王阿姨", within="7", needs=["WHEELCHAIR"], reach="CALL")
    give_back(taken)
    sign_staff_in(browser.client, "station_clerk")

    browser.look("/desk/visits")
    browser.look("/desk/waiting")
    assert all(told in browser.words for told in ("王阿姨", "13800000001", "优先", "2026年11月23日 15:00"))
    browser.fill("/desk/waiting", button=("answer", "yes"))
    assert "没有人在等" in browser.words


def test_by_document(ask, do, people):  # noqa: F811
    keep(lambda: town.seats(1, opens=900, closes=930))
    taken = keep(lambda: town.booked(at())).link
    wish = {"station": town.code(), "service": "WINDOW_TALK", "firstOn": DAY, "lastOn": DAY, "name": "王"}
    entry = do("JoinWaitingList", people[0], **wish)["entry"]
    assert (entry["stateText"], entry["offered"], entry["service"]["label"]) == ("正在等候", None, "到窗口面谈")
    give_back(taken)
    offered = ask("WaitingByLink", link=entry["link"])["waitingByLink"]["offered"]
    assert (offered["startsAt"], offered["endsAt"]) == (at(), at("15:30"))
    with pytest.raises(Forbidden):
        ask("DeskWaiting", people[1])
    assert do("AnswerOffer", link=entry["link"], accepts=True)["appointment"]["startsAt"] == at()

    again = do("JoinWaitingList", people[1], **wish)["entry"]["link"]
    assert do("AnswerOffer", link=again, accepts=False)["appointment"] is None
    assert do("LeaveWaitingList", link=again)["problems"] == []
    other = do("WaitForVisit", people[1], **wish)["entry"]["link"]
    assert ask("Waiting", link=other)["waitingByLink"]["isWaiting"]
    assert do("AnswerWaitingOffer", link=other, accepts=False)["problems"] == []
    with pytest.raises(NotFound, match="waiting_unknown"):
        do("AnswerForWaiting", town.clerk("430281"), waiting="x", accepts=True)
    assert do("LeaveWaiting", link=other)["problems"] == []
    assert do("JoinWaitingList", people[1], **{**wish, "name": ""})["problems"][0]["code"] == "appointment_name_missing"
