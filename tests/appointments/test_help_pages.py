"""Writing instead of speaking: a tap, a talk in text, and a desk that sees who waits; without scripts."""

from datetime import timedelta

import pytest
import time_machine

from api import execution
from api.viewer import Viewer
from core.db import keep
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town
from tests.portal.browser import SITE, Browser
from tests.portal.working import sign_staff_in


@pytest.fixture
def browser(client, now):
    keep(town.put_up)
    with time_machine.travel(now, tick=False):
        yield Browser(client)
    places.forget()


def test_somebody_writes_and_is_answered_in_text(browser, now):
    browser.look("/write")
    assert [one.attributes["href"] for one in browser.page.css("main .notice a")] == ["sms:12110", "tel:110"]
    assert browser.fill("/write", words="家里有人").status == 422
    assert browser.problems == ["#field-place"]
    assert "家里有人" in browser.page.css_first("main textarea").text()
    browser.fill("/write", lat="27.801", lon="113.104", ticks=["deaf", "danger"])
    assert "已经发出" in browser.words
    assert "09:35" in browser.words  # the clock, five minutes
    assert "先报警" in browser.words
    assert browser.answer.headers["Cache-Control"] == "no-store"
    mine = browser.path
    assert browser.fill("/write/of").problems == ["#field-words"]

    sign_staff_in(browser.client, "station_clerk")
    browser.look("/desk/help")
    assert "有危险" in browser.words
    browser.look(browser.page.css_first("th a").attributes["href"])
    assert "27.8, 113.1" in browser.words
    desk = browser.path
    assert browser.fill(desk).problems == ["#field-words"]
    browser.fill(desk, words="我在，您安全吗")
    browser.look(mine)
    assert "有人在回复您" in browser.words
    assert "我在，您安全吗" in browser.words
    browser.fill("/write/of", words="安全了")
    browser.look(desk)
    assert "安全了" in browser.words
    browser.fill("/close")
    assert "没有人在等" in browser.words
    assert "已经结束" in browser.look(mine).words


def test_silence_is_said_and_either_side_may_end_it(browser, now):
    browser.look("/write")
    browser.fill("/write", lat="27.801", lon="113.104", ticks=[])
    mine = browser.path
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert "还没有人回复" in browser.look(mine).words
        browser.fill("/end")
        assert "已经结束" in browser.words
    assert browser.look(f"/write/of/{'x' * 41}").status == 404
    assert browser.look("/write").answer.status_code == 200
    assert "打字联系" in browser.client.get("/stations", base_url=SITE).get_data(as_text=True)


def test_the_mini_program_asks_the_same(browser, now):
    def ask(name, **variables):
        (answer,) = execution.run(Viewer(ANYONE, now, address="192.0.2.1"), name, **variables).values()
        return answer

    assert ask("HelpBoxes")[0] == {"code": "deaf", "label": "我听不见，请打字"}
    point = {"lat": 27.8, "lon": 113.1, "datum": "GCJ02"}
    made = ask("AskForHelp", input={"position": point}, idempotencyKey="ask-for-help-000001")["call"]
    written = {"link": made["link"], "words": "在"}
    assert ask("WriteOn", input=written, idempotencyKey="write-on-00000000001")["call"]["isClosed"] is False
    assert len(ask("HelpByLink", link=made["link"])["words"]) == 2
    ended = ask("EndHelpCall", input={"link": made["link"]}, idempotencyKey="end-help-00000000001")
    assert ended["call"]["isClosed"] is True
