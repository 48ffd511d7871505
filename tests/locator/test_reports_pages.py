"""我要纠错 in a browser without scripts, from the form to the thanks."""

import pytest

from core import jobs, sms
from core.corrections import Told
from core.db import keep, session
from core.identity import ANYONE
from locator import reports
from locator.models import Station
from tests.portal.browser import SITE, Browser
from tests.portal.working import instant, links, sign_staff_in

PLACE = "demo-430211-0"


@pytest.fixture
def browser(brought_in, client):
    return Browser(client)


@pytest.fixture
def code(browser):
    return keep(lambda: session().get_one(Station, PLACE).code)


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory.outgoing
    sms.use(None)


def told(browser, code, **given):
    typed = {"subject": "PHONE", "words": "新号码在门口贴着", "phone": "138 0000 0001"} | given
    return browser.look(f"/stations/at/{code}/correct").fill("/correct", **typed)


def test_a_stranger_reports_staff_answer_and_the_thanks_are_there(browser, code, texts):
    told(browser, code)
    assert (browser.status, browser.heading) == (200, "您反映的情况")
    number = browser.page.css_first(".reference").text()
    assert "收到了，谢谢您" in browser.words
    assert "新号码在门口贴着" not in browser.words
    sign_staff_in(browser.client, "station_clerk")

    browser.look("/desk/places/reports")
    assert "新号码在门口贴着" in browser.words
    assert "13800000001" not in browser.answer.text
    assert browser.client.get(links(browser, "/edit$")[0], base_url=SITE).status_code == 200
    browser.fill("/desk/places/reports", button=("verdict", "accepted"))
    jobs.run_due(instant())
    browser.look("/corrections").fill("/corrections", code=number.lower())

    assert "谢谢您，已经更正" in browser.words
    assert "已更正。" in browser.words
    assert browser.answer.headers["Cache-Control"] == "no-store"
    browser.look(f"/stations/at/{code}/correct")
    assert "感谢群众指正" in browser.words
    assert [one.phone for one in texts] == ["13800000001"]


def test_what_was_typed_is_never_lost(browser, code):
    told(browser, code, words="", phone="12345")

    assert (browser.status, browser.problems) == (422, ["#field-words", "#field-phone"])
    assert browser.value("phone") == "12345"
    assert browser.page.css_first("input[value=PHONE]").attributes.get("checked", "no") != "no"
    told(browser, code, words="长" * 501)
    assert (browser.status, browser.problems) == (422, ["#field-words"])
    assert "长" * 501 in browser.answer.text


def test_a_number_that_takes_no_text_is_said(browser, code):
    told(browser, code, phone="0731-84586000")

    assert browser.problems == ["#field-phone"]


def test_too_many_reports_from_one_address_have_to_wait(browser, code):
    for _ in range(10):
        told(browser, code)
    told(browser, code)

    assert browser.status == 429
    assert "12348" in browser.answer.text


def test_the_same_tap_twice_is_one_report(browser, code):
    browser.look(f"/stations/at/{code}/correct")
    key = browser.value("idempotency_key")
    paths = []
    for _ in range(2):
        told(browser, code, idempotency_key=key)
        paths.append(browser.path)

    assert paths[0] == paths[1]


def test_a_code_nobody_gave_is_said_kindly(browser):
    assert browser.look("/corrections/0000-0000").status == 404
    assert browser.heading == "查看纠错答复"
    browser.look("/corrections").fill("/corrections", code="")
    assert (browser.status, browser.problems) == (422, ["#field-code"])


def test_codes_cannot_be_tried_through(browser):
    for _ in range(21):
        browser.look("/corrections/0000-0000")

    assert browser.status == 429


@pytest.mark.parametrize("path", ["/stations/at/0000-0000/correct", "/stations/at/x/correct"])
def test_a_place_that_is_not_there_is_not_found(browser, path):
    assert browser.look(path).status == 404
    assert "12348" in browser.answer.text


def test_staff_explain_and_see_what_was_answered(browser, code):
    told(browser, code, phone="")
    number = browser.page.css_first(".reference").text()
    sign_staff_in(browser.client, "station_clerk")
    browser.look("/desk/places/reports").fill("/desk/places/reports", button=("verdict", "explained"))
    assert browser.status == 422
    assert "请写明为什么没有更改" in browser.words

    browser.fill("/desk/places/reports", button=("verdict", "explained"), answer="电话是对的。")
    assert "没有要答复的" in browser.words
    assert "电话是对的。" in browser.look("/desk/places/reports?answered=yes").words
    assert "这次没有更改" in browser.look(f"/corrections/{number}").words


def test_a_long_answer_is_kept_on_the_page(browser, code):
    told(browser, code)
    sign_staff_in(browser.client, "station_clerk")

    browser.look("/desk/places/reports").fill(
        "/desk/places/reports", button=("verdict", "explained"), answer="长" * 301
    )

    assert browser.status == 422
    assert "长" * 301 in browser.answer.text


def test_the_next_page_of_reports_is_a_link(browser, code, now):
    def fill_up():
        for _ in range(21):
            reports.report(ANYONE, code, Told("other", "x"), now=now)

    keep(fill_up)
    sign_staff_in(browser.client, "station_clerk")
    following = browser.look("/desk/places/reports").page.css_first("a[rel=next]").attributes["href"]

    assert len(browser.look(following).page.css("blockquote")) == 1


def test_reports_wait_for_nobody_elses_clerk(browser, code):
    told(browser, code)
    sign_staff_in(browser.client, "station_clerk", region="430281")
    assert "没有要答复的" in browser.look("/desk/places/reports").words

    sign_staff_in(browser.client, "reviewer")
    assert browser.client.get("/desk/places/reports", base_url=SITE).status_code == 403
