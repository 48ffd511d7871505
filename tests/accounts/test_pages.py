"""The pages of signing in for citizens, without scripts."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from accounts import wechat
from accounts.models import Person
from accounts.wechat import Known
from core.db import keep, reading, session
from core.identity import Actor, ActorKind
from portal.session import label
from tests.accounts.browsing import PHONE, Browser, asks_to_sign_in, cookies, heading, texted_code


def test_a_citizen_comes_in_by_a_code(browser):
    sent = browser.submit("/sign-in", "/sign-in", phone="139 0000 1111")
    assert (sent.status_code, sent.location) == (303, "/sign-in/code")
    page = browser.get("/sign-in/code")
    assert "139****1111" in page.text
    assert 'autocomplete="one-time-code"' in page.text
    assert page.headers["Cache-Control"] == "no-store"

    entered = browser.submit("/sign-in/code", "/sign-in/code", code=texted_code())

    assert (entered.status_code, entered.location) == (303, "/account")
    assert heading(browser.get("/account")) == "账户"
    assert browser.get("/sign-in").location == "/account"


def test_cookies_cannot_be_read_by_scripts_and_go_with_the_browser(browser):
    set_cookies = cookies(browser.sign_in())

    for name in "__Host-access", "__Host-refresh":
        for part in "Secure", "HttpOnly", "Path=/", "SameSite=Lax":
            assert part in set_cookies[name]
        assert "Max-Age" not in set_cookies[name]
        assert "Domain" not in set_cookies[name]


def test_somebody_may_ask_to_be_remembered(browser):
    assert "Max-Age=25" in cookies(browser.sign_in(remember="yes"))["__Host-refresh"]


def test_a_sign_in_starts_a_fresh_session(browser):
    browser.get("/sign-in")
    before = token_of(browser)
    browser.sign_in()
    browser.get("/account")

    assert token_of(browser) not in {before, None}


def token_of(browser):
    with browser.client.session_transaction() as notes:
        assert "code_request" not in notes
        return notes.get("csrf_token")


def test_what_was_wrong_is_said_and_nothing_is_lost(browser):
    answer = browser.submit("/sign-in", "/sign-in", phone="0731 8888")
    assert answer.status_code == 422
    assert 'value="0731 8888"' in answer.text
    assert "请填写 11 位手机号码" in answer.text

    browser.submit("/sign-in", "/sign-in", phone=PHONE)
    answer = browser.submit("/sign-in/code", "/sign-in/code", code="nonsense")
    assert answer.status_code == 422
    assert "还可以试 4 次" in answer.text


def test_another_code_can_be_asked_for_after_a_minute(browser):
    browser.submit("/sign-in", "/sign-in", phone=PHONE)

    early = browser.submit("/sign-in/code", "/sign-in/again")
    twice = browser.submit("/sign-in", "/sign-in", phone=PHONE)
    with time_machine.travel(datetime.now(UTC).timestamp() + 61):
        again = browser.submit("/sign-in/code", "/sign-in/again")

    assert (early.status_code, heading(early)) == (429, "填写短信里的验证码")
    assert int(early.headers["Retry-After"]) <= 60
    assert (twice.status_code, heading(twice)) == (429, "用手机号登录")
    assert again.status_code == 303


def test_without_a_code_under_way_there_is_nothing_to_fill_in(browser):
    assert browser.get("/sign-in/code").location == "/sign-in"
    with browser.client.session_transaction() as notes:
        notes["code_request"] = "a:k1.forged"
    assert browser.get("/sign-in/code").location == "/sign-in"


def test_a_code_that_is_over_says_so(browser):
    browser.submit("/sign-in", "/sign-in", phone=PHONE)

    with time_machine.travel(datetime.now(UTC).timestamp() + 301):
        assert "已经过期" in browser.get("/sign-in/code").text


def test_one_comes_back_to_where_one_was(browser):
    assert asks_to_sign_in(browser.get("/account"))
    with browser.client.session_transaction() as notes:
        notes["return_to"] = "/help"

    assert browser.sign_in().location == "/help"


@pytest.mark.parametrize("path", ["/sign-in?next=//evil.example/", "/sign-in?next=https://evil.example/"])
def test_an_address_sends_nobody_elsewhere(browser, path):
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/sign-in").text)[1]
    data = {"csrf_token": token, "idempotency_key": "a-key-of-its-own-1", "phone": PHONE}

    assert browser.client.post(path, data=data).location == "/sign-in/code"


def test_another_site_cannot_sign_anybody_in_or_out(browser):
    browser.sign_in()
    browser.get("/account")

    for headers in {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}:
        answer = browser.client.post("/sign-out", headers=headers)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
    assert browser.client.post("/sign-out").status_code == 400
    assert browser.get("/account").status_code == 200


def test_an_access_token_that_ran_out_is_renewed_unnoticed(browser):
    browser.sign_in()
    old = browser.client.get_cookie("__Host-refresh").value

    with time_machine.travel(datetime.now(UTC).timestamp() + 16 * 60):
        answer = browser.get("/account")
        assert answer.status_code == 200
        assert {"__Host-access", "__Host-refresh"} <= set(cookies(answer))

        browser.client.set_cookie("__Host-refresh", old, secure=True)
        browser.client.delete_cookie("__Host-access")
        second_tab = browser.get("/account")
        assert second_tab.status_code == 200
        assert "__Host-refresh" not in cookies(second_tab)


def test_a_stolen_refresh_token_ends_the_sign_in_for_both(browser):
    browser.sign_in()
    old = browser.client.get_cookie("__Host-refresh").value
    start = datetime.now(UTC).timestamp()
    with time_machine.travel(start + 16 * 60):
        browser.get("/account")

    with time_machine.travel(start + 18 * 60):
        owners = browser.client.get_cookie("__Host-access").value
        browser.client.set_cookie("__Host-refresh", old, secure=True)
        browser.client.delete_cookie("__Host-access")
        thief = browser.get("/account")
        assert asks_to_sign_in(thief)
        assert "Max-Age=0" in cookies(thief)["__Host-refresh"]

        browser.client.set_cookie("__Host-access", owners, secure=True)
        assert asks_to_sign_in(browser.get("/account"))


def test_a_cross_site_request_renews_nothing(browser):
    browser.sign_in()
    browser.client.delete_cookie("__Host-access")

    answer = browser.client.get("/account", headers={"Sec-Fetch-Site": "cross-site"})

    assert not {"__Host-access", "__Host-refresh"} & set(cookies(answer))


def test_signing_out_takes_the_cookies_away(browser):
    browser.sign_in()
    assert heading(browser.get("/sign-out")) == "退出登录"

    left = browser.submit("/sign-out", "/sign-out")

    assert left.location == "/"
    assert "Max-Age=0" in cookies(left)["__Host-access"]
    assert "您没有登录" in browser.get("/sign-out").text


def test_all_devices_can_be_signed_out(browser, app):
    elsewhere = Browser(app.test_client())
    elsewhere.sign_in()
    with time_machine.travel(datetime.now(UTC).timestamp() + 61):
        browser.sign_in()
        browser.submit("/account", "/sign-out", everywhere="yes")

        assert asks_to_sign_in(elsewhere.get("/account"))


def test_one_device_can_be_signed_out(browser, app):
    elsewhere = Browser(app.test_client())
    elsewhere.sign_in()
    with time_machine.travel(datetime.now(UTC).timestamp() + 61):
        browser.sign_in()
        ended = browser.submit("/account", "/account/devices/end")

        assert "那台设备已退出" in browser.get(ended.location).text
        assert asks_to_sign_in(elsewhere.get("/account"))


def test_a_wechat_can_be_let_go_without_having_that_wechat(browser):
    browser.sign_in()
    assert "解除绑定" not in browser.get("/account").text
    with reading():
        person_id = session().scalars(select(Person.id).order_by(Person.created_at.desc())).first()
    owner = Actor(id=person_id, kind=ActorKind.CITIZEN)
    keep(lambda: wechat.bind(owner, Known("o-thief"), now=datetime.now(UTC)))

    ended = browser.submit("/account", "/account/wechat/unbind")

    assert "微信已解除绑定" in browser.get(ended.location).text
    assert "/account/wechat/unbind" not in browser.get("/account").text
    with reading():
        assert wechat.person_of("o-thief") is None


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Windows 电脑 Edge"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Safari/537.36 MicroMessenger/8.0", "微信"),
        ("Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1", "iPhone Safari"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_named_as_its_owner_would(agent, said):
    assert label(agent) == said
