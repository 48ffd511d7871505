"""A number by the sign at the door, the counter, and the large display: without scripts, and without names."""

from datetime import UTC, datetime

import pytest
import time_machine

from api import execution
from api.viewer import Viewer
from appointments.queue import arrival
from appointments.queue import hall as signs
from core.db import keep
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import at
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

DESK = f"/desk/places/{town.code()}/queue"


@pytest.fixture
def browser(client, now):
    keep(town.put_up)
    with time_machine.travel(now, tick=False):
        yield Browser(client)
    places.forget()


def hall():
    return f"/queue/at/{town.code()}/{signs.shown(town.code(), datetime.now(UTC))}"


def test_a_number_is_one_tap_and_called_from_the_counter(browser):
    browser.look(hall())
    assert "现在有 0 个人在等" in browser.words
    browser.fill("/queue/at")
    assert browser.heading == "您是 1 号"
    assert "下一个就是您" in browser.words
    assert browser.answer.headers["Cache-Control"] == "no-store"
    mine = browser.path
    browser.look(hall())
    browser.fill("/queue/at")
    assert "前面还有 1 个人" in browser.words
    browser.fill("/leave")
    assert "不等了" in browser.words

    sign_staff_in(browser.client, "station_clerk")
    browser.look(DESK)
    assert browser.fill("/call").problems == ["#field-window"]
    browser.fill("/call", window="1 号窗口")
    assert "请 1 号" in browser.words
    assert browser.value("window") == "1 号窗口"
    browser.look(mine)
    assert "叫到您了，请到“1 号窗口”" in browser.words
    screen = browser.look(f"/queue/at/{town.code()}/{signs.display(town.code())}/screen").page
    assert [one.text() for one in screen.css("tbody th, tbody td")] == ["1", "1 号窗口"]
    assert screen.css_first("noscript").html
    assert screen.css_first(".queue-scan img").attributes["src"].startswith("data:image/svg+xml")
    browser.look(f"{DESK}?window=1")
    browser.fill("/mark", button=("state", "MISSED"))
    assert "过号" in browser.words
    assert "马上给您重新排上" in browser.look(mine).words
    browser.look(DESK)
    browser.fill("/call", window="2")
    assert "没有人在等" in browser.words


def test_whoever_ordered_a_time_says_so_at_the_sign_or_at_the_counter(browser):
    made = keep(lambda: town.booked(at("11:30")))
    with time_machine.travel(at("11:00"), tick=False):
        browser.look(hall())
        browser.fill("/queue/at", reference="YY-1")
        assert browser.problems == ["#field-reference"]
        assert browser.value("reference") in {"", "YY-1"}
        browser.fill("/queue/at", reference=made.reference)
        assert "您约的是 11:30" in browser.words
        browser.fill("/text")
        assert "可以在外面等" in browser.words
        sign_staff_in(browser.client, "station_clerk")
        browser.look(DESK)
        assert browser.fill("/add", phone="12").problems == ["#field-phone"]
        browser.fill("/add", reference=made.reference, phone="")
        assert "取好了：1 号" in browser.words


def test_the_sign_on_paper_asks_for_the_word_of_the_day(browser, now):
    browser.look(f"/queue/at/{town.code()}/{signs.printed(town.code())}")
    assert browser.fill("/queue/at", word="12").problems == ["#field-word"]
    browser.fill("/queue/at", word=signs.word(town.code(), now))
    assert browser.heading == "您是 1 号"


def test_the_sign_is_printed_by_those_who_work_there(browser):
    sign_staff_in(browser.client, "station_clerk")
    browser.look(f"{DESK}/sign")
    assert browser.page.css_first(".queue-sign img").attributes["src"].startswith("data:image/svg+xml")
    assert browser.look(f"/desk/places/{town.code('far')}/queue").status == 404
    for wrong in (f"/queue/at/{town.code()}/{'x' * 12}", f"/queue/at/{'x' * 21}/x", f"/queue/of/{'x' * 41}"):
        assert browser.look(wrong).status == 404
    assert browser.client.post(f"/queue/at/{town.code()}/x", base_url="https://127.0.0.1").status_code >= 400


def test_the_mini_program_asks_the_same(browser, now):
    def ask(name, **variables):
        (answer,) = execution.run(Viewer(ANYONE, now, address="192.0.2.1"), name, **variables).values()
        return answer

    given = {"station": town.code(), "sign": signs.printed(town.code())}
    assert ask("HallQueue", **given)["asksWord"] is True
    word = signs.word(town.code(), now)
    made = ask("TakeNumber", input={**given, "word": word}, idempotencyKey="take-number-00000001")["ticket"]
    assert (made["number"], made["ahead"]) == (1, 0)
    assert ask("QueueTicket", link=made["link"])["stateText"] == "在等"
    with pytest.raises(arrival.Conflict):
        ask("TextMeSoon", input={"link": made["link"]}, idempotencyKey="text-me-soon-00000001")
    left = ask("LeaveTheQueue", input={"link": made["link"]}, idempotencyKey="leave-00000000000001")
    assert left["ticket"]["state"] == "LEFT"
