"""Somebody signs up for an event in a browser without scripts, gives the place back, and an editor says who came."""

import dataclasses
from datetime import timedelta

import pytest

from core.db import keep
from portal.filters import CHINA
from tests.content.desk import come
from tests.content.newsroom import FIT, article, published
from tests.portal.working import instant, links

TITLE = "宪法日现场咨询"


def held(day=10, slug="law-day", capacity="2"):
    on = (instant().astimezone(CHINA) + timedelta(days=day)).date()
    fields = {"held_on": on.isoformat(), "hours": "9:00–11:30", "place": "炎帝广场", "capacity": capacity}
    said = dataclasses.replace(FIT, title=TITLE, fields=fields)

    def put():
        made = article(said, kind="event", slug=slug, now=instant())
        published(made, now=instant())
        return made.id

    return keep(put)


def test_two_sign_up_one_waits_and_moves_up(browser):
    held()
    browser.look("/events")
    assert "还有 2 个名额" in browser.words
    browser.look(links(browser, "^/events/law-day$")[0])
    browser.fill("/events/", people="0", phone="123")
    assert (browser.status, browser.problems) == (422, ["#field-people", "#field-phone"])
    browser.fill("/events/", people="x")
    assert (browser.status, browser.problems, browser.value("people")) == (422, ["#field-people"], "x")
    browser.fill("/events/", people="2", phone="13800000001")
    assert "报上了" in browser.words
    assert browser.answer.headers["Cache-Control"] == "no-store"
    first = browser.page.css_first(".reference").text()

    browser.look("/events/law-day")
    assert "名额满了" in browser.words
    browser.fill("/events/", people="1")
    second = browser.page.css_first(".reference").text()
    assert "您排在第一" in browser.words
    browser.look(f"/signups?code={first.lower().replace('-', '')}").fill("/signups/")
    assert "已经取消" in browser.words
    assert not browser.page.css("main form")
    assert "有您的名额" in browser.look(f"/signups/{second}").words
    assert browser.look("/signups?code=").status == 404


def test_who_comes_too_late_is_told(browser):
    held()
    browser.look("/events/law-day").fill("/events/", people="1")
    code = browser.page.css_first(".reference").text()
    form = browser.look(f"/signups/{code}").page
    browser.fill("/signups/")
    browser.page = form
    browser.fill("/signups/", idempotency_key="another-key-0123456789")
    assert (browser.status, "没有可以取消的报名" in browser.answer.text) == (409, True)

    held(slug="open", capacity="")
    assert "不用报名" in browser.look("/events/open").words
    held(day=-1, slug="over")
    assert "活动已经办完" in browser.look("/events/over").words
    browser.look("/events/law-day")
    shape = browser.page.css_first("main form[action='/events/law-day']")
    shape.attrs["action"] = "/events/over"
    browser.fill("/events/over", people="1")
    assert browser.status == 409


def test_there_may_be_nothing_on(browser):
    assert "最近没有活动" in browser.look("/events?region=4302").words


@pytest.mark.parametrize(("day", "asks"), [(10, False), (0, True)])
def test_an_editor_says_who_came(browser, day, asks):
    which = held(day)
    come(browser)
    browser.look(f"/desk/content/{which}")
    assert "名额 2 个，已占 0 个" in browser.words
    assert bool(browser.page.css("main form[action$='/report']")) is asks
    if not asks:
        return
    browser.fill("/report", came="", asked="x", copies="3")
    assert browser.problems == ["#field-asked"]
    browser.fill("/report", came="", asked="2", copies="3", pictures="picture:none", words="打 13800000001")
    assert browser.problems == ["#field-came", "#field-words", "#field-pictures"]
    browser.fill("/report", came="35", asked="2", copies="3", pictures="", words="问得最多的是讨薪。")
    assert "来了 35 人，咨询 2 人" in browser.words
