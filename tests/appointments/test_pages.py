"""Ordering, moving and giving back on pages, without scripts; the day as staff see it."""

import re
from datetime import timedelta

import icalendar
import pytest
import time_machine

from appointments import holds
from appointments.guards import Taken
from appointments.holds import Wish
from core.db import keep, session
from core.outbox import Errand
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import at
from tests.portal.applying import sign_somebody_in
from tests.portal.browser import SITE, Browser
from tests.portal.working import sign_staff_in

CODE = re.compile(r"/visits/of/([\w-]+)")
TIMES = f"/visits/at/{town.code()}/WINDOW_TALK"
WISH = Wish(town.code(), town.TALK, at("15:00"))


@pytest.fixture
def browser(client, now):
    keep(town.put_up)
    with time_machine.travel(now, tick=False):
        yield Browser(client)
    places.forget()


def texted():
    """Give the code that was texted last."""
    sent = keep(lambda: session().query(Errand).filter_by(kind="accounts.code_requested").all())
    return max(sent, key=lambda one: one.due_at).payload["code"]


def radios(browser):
    return [one.attributes["value"] for one in browser.page.css("[name=starts_at]")]


def test_a_place_says_when_somebody_has_time_and_leads_there(browser):
    browser.look(f"/stations/at/{town.code()}")
    assert "最早可以约：2026年11月23日 星期一 11:00（请工作人员打电话给我）" in browser.words

    browser.look(f"/visits/at/{town.code()}")
    assert [one.text() for one in browser.page.css(".cards h3")] == ["到窗口面谈", "请工作人员打电话给我", "视频面谈"]

    browser.look(f"/visits/at/{town.code('jail')}")
    assert "这里不能在网上预约" in browser.words
    assert "最早可以约" not in browser.look(f"/stations/at/{town.code('jail')}").words


def test_every_time_is_a_labelled_choice_with_its_day_in_full(browser):
    browser.look(TIMES)

    labels = {one.attributes["for"]: " ".join(one.text().split()) for one in browser.page.css(".slots label")}
    ids = [one.attributes["id"] for one in browser.page.css("[name=starts_at]")]
    assert len(set(ids)) == len(ids) == len(labels)
    assert labels["field-starts_at"] == "2026年11月23日 星期一 11:30–12:00"
    assert [one.text().strip() for one in browser.page.css(".slot-day legend")][:2] == [
        "2026年11月23日 星期一",
        "2026年11月24日 星期二",
    ]
    assert browser.page.css_first("[rel=prev]") is None
    browser.look(TIMES + browser.page.css_first("[rel=next]").attributes["href"])
    assert radios(browser)[0] == at("09:00", 7).isoformat()
    assert browser.page.css_first("[rel=prev]").attributes["href"] == "?from=2026-11-23"
    assert radios(browser.look(f"{TIMES}?from=2030-01-01")) == []
    assert "这几天没有空的时间" in browser.words
    assert radios(browser.look(f"{TIMES}?from=x"))[0] == at("11:30").isoformat()


def test_somebody_signed_in_orders_moves_and_gives_back(browser):
    sign_somebody_in(browser.client, "13800000001")
    browser.look(TIMES)
    assert browser.fill("/visits/at").status == 422
    assert browser.problems == ["#field-starts_at"]
    browser.fill("/visits/at", starts_at=at("15:00").isoformat())
    assert browser.heading == "2026年11月23日 星期一 15:00"
    assert "为您留到 09:40" in browser.words
    assert browser.fill("/order", name="").status == 422
    assert browser.problems == ["#field-name"]

    browser.fill("/order", name="王女士", needs=["WHEELCHAIR"], note="在二楼吗")
    assert "约好了" in browser.words
    assert browser.heading == "2026年11月23日 星期一 15:00"
    assert all(one in browser.words for one in ("要带什么", "near 路 1 号", "YY-"))
    assert not any(told in browser.words for told in ("王女士", "138", "轮椅", "在二楼吗"))
    assert browser.answer.headers["Cache-Control"] == "no-store"
    link = CODE.search(browser.path)[1]
    browser.fill("/confirm")
    assert "您说了会来" in browser.words

    browser.look(f"/visits/of/{link}/change")
    assert browser.fill("/change").problems == ["#field-starts_at"]
    browser.fill("/change", starts_at=at("09:30", 1).isoformat())
    assert browser.heading == "2026年11月24日 星期二 09:30"
    file = browser.client.get(f"/visits/of/{link}/calendar.ics", base_url=SITE)
    (event,) = icalendar.Calendar.from_ical(file.data).walk("VEVENT")
    assert file.mimetype == "text/calendar"
    assert (event["SEQUENCE"], event.decoded("DTSTART")) == (1, at("09:30", 1))

    assert "/visits/of/" in browser.look("/me/visits").page.css_first(".card a").attributes["href"]
    browser.look(f"/visits/of/{link}/cancel")
    browser.fill("/cancel")
    assert "已取消" in browser.words
    assert browser.page.css_first(f"main a[href='/visits/at/{town.code()}']")


def test_without_an_account_a_texted_code_is_enough(browser):
    browser.look(TIMES)
    browser.fill("/visits/at", starts_at=at("15:00").isoformat())
    browser.fill("/order", name="王女士", phone="123")
    assert browser.problems == ["#field-phone"]
    browser.fill("/order", phone="13800000009", needs=["WRITING"])
    assert browser.heading == "填验证码，完成预约"

    assert browser.fill("/visits/at", code="1").problems == ["#field-code"]
    browser.fill("/visits/at", code=texted())
    assert "约好了" in browser.words


def test_a_time_that_was_taken_meanwhile_comes_with_others_and_nothing_typed_is_lost(browser):
    sign_somebody_in(browser.client, "13800000001")
    browser.look(f"{TIMES}/order?starts_at={at('15:00').isoformat().replace('+', '%2B')}")
    assert "没有为您留着" in browser.words
    keep(lambda: town.booked(at("15:00")))

    browser.fill("/order", name="李先生", needs=["WRITING"])

    assert browser.status == 422
    assert browser.problems == ["#field-starts_at"]
    assert browser.value("name") == "李先生"
    assert {one.text().split("：")[0].strip() for one in browser.page.css(".panel button")} == {
        "换时间",
        "换地点",
        "换方式",
    }
    browser.fill(town.code("next"))
    assert (browser.value("name"), "为您留到" in browser.words) == ("李先生", True)
    browser.fill("/order")
    assert "约好了" in browser.words


def test_a_time_is_kept_while_somebody_fills_in_the_form_longer_on_request_and_not_while_away(browser):
    def somebody_else():
        return keep(lambda: holds.hold(town.citizen("13900000002"), WISH, address="192.0.2.9", now=town.NOW))

    browser.look(TIMES)
    browser.fill("/visits/at", starts_at=at("15:00").isoformat())
    place = browser.answer.request.full_path
    assert isinstance(somebody_else(), Taken)

    assert "为您留到 09:40" in browser.look(place).words
    with time_machine.travel(town.NOW + timedelta(minutes=9), tick=False):
        browser.fill("/order", name="王女士", button=("longer", "yes"))
        assert "为您留到 09:49" in browser.words
        assert browser.value("name") == "王女士"
        told = browser.page.css_first("[data-hold]").attributes["data-hold"]
        form = {one: browser.value(one) for one in ("csrf_token", "idempotency_key")}
        assert browser.client.post(f"{told}nowhere", data=form, base_url=SITE).status_code == 404
        for way in ("left", "back"):
            sent = browser.client.post(f"{told}{way}", data=form | {"idempotency_key": way * 5}, base_url=SITE)
            assert sent.status_code == 204
    with time_machine.travel(town.NOW + timedelta(minutes=30), tick=False):
        assert "没有为您留着" in browser.look(place).words
        browser.fill("/order", name="王女士", button=("longer", "yes"))
        assert "为您留到 10:10" in browser.words
        browser.fill("/order", button=("other", "yes"))
        assert "回到刚才选的时间" in browser.words
        browser.fill("/visits/at", starts_at=at("15:30").isoformat())
        assert (browser.heading, browser.value("name")) == ("2026年11月23日 星期一 15:30", "王女士")
    with time_machine.travel(town.NOW + timedelta(minutes=60), tick=False):
        keep(lambda: town.booked(at("15:30"), now=town.NOW + timedelta(minutes=60)))
        assert browser.fill("/order", button=("longer", "yes")).problems == ["#field-starts_at"]


def test_what_nobody_can_follow_is_said_so(browser):
    for path in (f"/visits/of/{'x' * 22}", f"/visits/of/{'x' * 41}", f"/visits/at/{'A' * 21}", "/visits/at/AAAA-9999"):
        assert browser.look(path).status == 404
    for path in (f"/visits/at/{town.code()}/NOTHING", f"/visits/at/{town.code()}/HOME_VISIT"):
        assert browser.look(path).status == 404
    for wrong in ("x", "2026-11-23T15:00"):
        assert browser.look(TIMES).fill("/visits/at", starts_at=wrong).status == 400
    assert browser.look(f"/visits/at/{town.code()}/HOME_VISIT/order?starts_at=x").status == 404


def test_staff_see_a_day_and_say_who_came(browser):
    keep(lambda: town.booked(at("15:00")))
    sign_staff_in(browser.client, "station_clerk")

    browser.look("/desk/visits?day=2026-11-23")
    assert "李先生" in browser.words
    assert "139****0001" in browser.words
    browser.fill("/desk/visits", button=("state", "ARRIVED"))
    assert "已到" in browser.words
    assert "这一天没有预约" in browser.look("/desk/visits?day=2026-11-24").words
    assert browser.look("/desk/visits?day=x").heading == "2026年11月23日 星期一的预约"
    assert "工作台" in browser.look("/me/visits").words


def test_a_call_is_ordered_with_how_it_is_safe_and_staff_note_each_try(browser):
    sign_somebody_in(browser.client, "13800000001")
    browser.look(f"/visits/at/{town.code()}/PHONE_CALLBACK")
    browser.fill("/visits/at", starts_at=at("14:30").isoformat())
    browser.fill("/order", name="王女士", may_say="no", only_then="no", text_instead="yes", reach="CALL")
    assert "约好了" in browser.words

    sign_staff_in(browser.client, "station_clerk")
    browser.look("/desk/visits?day=2026-11-23")
    assert "不要说是法律援助" in browser.words
    assert "别的时间也能打" in browser.words
    browser.fill("/desk/visits/call", button=("outcome", "NO_ANSWER"))
    assert "第 1 次电话 09:30：没有人接、占线" in browser.words


def test_the_menu_says_what_there_is_and_leads_to_places_that_give_it(browser):
    browser.look("/visits")

    ways = {one.text(): one.attributes["href"] for one in browser.page.css(".cards a")}
    assert ways["到窗口面谈"] == "/stations?need=CONSULTATION"
    assert ways["视频面谈"] == "/stations?need=VIDEO"
    assert ways["上门服务"] == "/home-visits"

    browser.look(ways["视频面谈"])
    assert browser.page.css_first("[name=need][value=VIDEO]") is not None
    assert "只找：视频咨询" in browser.words
