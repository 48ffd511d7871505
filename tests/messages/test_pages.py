"""The pages of messages, without scripts."""

import re
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select

from accounts import demo
from accounts.models import Person
from core.crypto import blind_index
from core.db import keep, reading, session
from core.identity import Actor, ActorKind
from messages import telling
from messages.telling import Note
from messages.ways import Kind
from tests.accounts.browsing import PHONE, Browser, asks_to_sign_in, heading
from tests.messages.told import carry


@pytest.fixture
def browser(client):
    """Somebody who has signed in."""
    made = Browser(client)
    made.sign_in()
    return made


def owner():
    with reading():
        asked = select(Person.id).where(Person.phone_index == blind_index(PHONE, "person.phone"))
        return Actor(id=session().scalar(asked), kind=ActorKind.CITIZEN)


def leave(*paths):
    now = datetime.now(UTC)
    for n, path in enumerate(paths):
        note = Note(Kind.NEWS, f"k{n}", "x", f"标题 {n}", "正文", path, owner().id, is_pushed=False)
        keep(lambda note=note: telling.tell(note, now=now))


def forms(answer, action):
    return LexborHTMLParser(answer.text).css(f'main form[action="{action}"]')


def test_an_empty_list_says_what_will_come(browser):
    page = browser.get("/messages")

    assert heading(page) == "消息"
    assert "还没有消息" in page.text
    assert "12348" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_opening_a_message_marks_it_and_leads_on(browser):
    leave("/me/applications/FY-1", "")
    assert "2 条没看过" in browser.get("/account").text
    page = browser.get("/messages")
    opened = {}
    for form in forms(page, "/messages/open"):
        hidden = {one.attributes["name"]: one.attributes["value"] for one in form.css("input[type=hidden]")}
        answer = browser.client.post("/messages/open", data=hidden)
        opened[form.css_first("button").text(strip=True)] = (answer.status_code, answer.location)

    assert opened == {"打开：标题 0": (303, "/me/applications/FY-1"), "知道了：标题 1": (303, "/messages")}
    assert "都看过了" in browser.get("/messages").text
    assert "没看过" not in browser.get("/account").text


def test_all_are_marked_at_once(browser):
    leave("", "")

    assert browser.submit("/messages", "/messages/read").location == "/messages"
    assert "都看过了" in browser.get("/messages").text


def test_somebody_chooses_how_they_are_told(browser):
    page = browser.get("/messages/settings")
    ticked = [one.attributes["value"] for one in LexborHTMLParser(page.text).css("main input[checked]")]
    assert ticked == ["bySms", "byWechat"]

    wrong = browser.submit("/messages/settings", "/messages/settings", ways="byWechat")
    assert wrong.status_code == 422
    assert "这样就没有办法通知您了" in wrong.text
    assert 'href="#field-ways"' in wrong.text
    saved = browser.submit("/messages/settings", "/messages/settings", ways="bySms")
    assert "保存好了" in browser.get(saved.location).text


def test_a_mailbox_is_named_confirmed_and_forgotten(browser, mails, client):
    assert "邮箱" in browser.get("/messages/settings").text
    wrong = browser.submit("/messages/settings", "/messages/settings/mailbox", address="anna at home")
    assert wrong.status_code == 422
    assert 'value="anna at home"' in wrong.text

    sent = browser.submit("/messages/settings", "/messages/settings/mailbox", address="anna@example.com")
    assert "请去邮箱点确认链接" in browser.get(sent.location).text
    carry(datetime.now(UTC))
    path = re.search(r"https?://[^/]+(/messages/email/\S+)", mails.outgoing[0].text).group(1)
    stranger = Browser(client.application.test_client())
    assert heading(stranger.get(path)) == "确认邮箱"
    assert "an***@example.com 已确认" in stranger.submit(path, path).text
    assert stranger.client.post(path + "x", data={}).status_code == 400  # no token of a form of ours

    form = forms(browser.get("/messages/settings"), "/messages/settings/mailbox")[0]
    hidden = {one.attributes["name"]: one.attributes["value"] for one in form.css("input[type=hidden]")}
    gone = browser.client.post("/messages/settings/mailbox", data=hidden | {"forget": "yes"})
    assert "邮箱已经删掉" in browser.get(gone.location).text


def test_a_link_that_is_not_ours_is_not_there(browser):
    answer = browser.submit("/messages/email/nonsense", "/messages/email/nonsense")

    assert answer.status_code == 404
    assert "确认链接不对" in answer.text


def test_a_stranger_signs_in_first(client):
    for path in ("/messages", "/messages/settings"):
        assert asks_to_sign_in(client.get(path))


def test_staff_are_told_where_it_belongs(client):
    keep(lambda: demo.load(now=datetime.now(UTC)))
    browser = Browser(client)
    browser.sign_in_as("reviewer")

    for path in ("/messages", "/messages/settings"):
        assert browser.get(path).status_code == 200
    assert "条没看过" not in browser.get("/account").text
