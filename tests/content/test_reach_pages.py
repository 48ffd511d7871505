"""What is counted while people read, without knowing who; what editors see of it; the board."""

import dataclasses
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from api import execution
from api.viewer import Viewer
from content.models import PageCount
from content.reach import tally
from content.search import missing
from core.db import keep, reading, session
from core.errors import Unavailable
from core.identity import ANYONE
from locator import queries as places
from mobile_api import counting
from tests.content import newsroom
from tests.content.desk import REVIEWER, come
from tests.content.newsroom import article, published
from tests.portal.browser import SITE
from tests.portal.working import instant

PERSON = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0"}
ROBOT = {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"}


@pytest.fixture
def counts(monkeypatch):
    """Counts that are written with the next answer."""
    made = tally.Tally()
    monkeypatch.setattr(tally, "tally", made)
    monkeypatch.setattr(tally, "EVERY", 0.0)
    return made


def put(slug="wages"):
    keep(lambda: published(article(slug=slug, now=instant()), now=instant()))


def told():
    with reading():
        return {row.what: row.times for row in session().scalars(select(PageCount))}


def test_reading_going_on_and_printing_are_counted_and_nobody_is(browser, counts):
    put()
    here = {"Referer": f"{SITE}/learn/wages", **PERSON}
    first = browser.client.get("/learn/wages", base_url=SITE, headers=PERSON)
    again = browser.client.get("/learn/wages", base_url=SITE, headers=PERSON | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    browser.client.get("/stations", base_url=SITE, headers=here)
    browser.client.get("/stations", base_url=SITE, headers=here | {"Referer": "https://elsewhere.example/learn/wages"})
    browser.client.get("/m/v1/pages/wages/leaflet-a5.pdf", base_url=SITE, headers=PERSON)
    browser.client.get("/learn/wages", base_url=SITE, headers=ROBOT)
    browser.client.get("/learn/wages", base_url=SITE, headers=PERSON | {"Sec-Purpose": "prefetch"})
    browser.client.get("/learn/nothing", base_url=SITE, headers=PERSON)

    assert told() == {"read": 2, "next": 1, "paper": 1}
    come(browser)
    browser.client.get("/learn/wages", base_url=SITE, headers=PERSON)
    assert told()["read"] == 2
    browser.look("/desk/content/reach")
    assert "看了 2 次，走到下一步 1 次，拿走海报、宣传单 1 次" in browser.words


def test_a_count_that_cannot_be_written_holds_nobody_up(browser, counts, monkeypatch):
    put()

    def away(_counts):
        raise Unavailable("busy")

    monkeypatch.setattr(counting.reach, "write", away)

    assert browser.client.get("/learn/wages", base_url=SITE, headers=PERSON).status_code == 200
    assert told() == {}


def test_what_nobody_found_begins_a_page(browser):
    for _ in range(3):
        keep(lambda: missing.note(ANYONE, "电动车上牌", now=instant()))
    come(browser)

    browser.look("/desk/content/reach")

    (link,) = [one.attributes["href"] for one in browser.page.css("main a") if "写一篇" in one.text()]
    assert browser.look(link).value("title") == "电动车上牌"
    assert "还没有数到" in browser.look("/desk/content/reach").words


def test_the_board_and_what_is_handed_out(browser):
    put()
    come(browser)
    browser.look("/desk/content/board").fill("/board", copies="", slug="")
    assert (browser.status, browser.problems) == (
        422,
        ["#field-slug", "#field-copies", "#field-on"],
    )
    browser.fill("/board", copies="x", on_year="2026", on_month="x", on_day="1")
    assert browser.problems == ["#field-copies", "#field-on"]
    day = instant() - timedelta(days=1)
    told_day = {"on_year": str(day.year), "on_month": str(day.month), "on_day": str(day.day)}
    address = "https://rufa.example/learn/wages?lang=zh-Hans"
    browser.fill("/board", slug=address, copies="200", region="430211", place="工地", **told_day)
    assert "已登记" in browser.words
    assert "200" in browser.words
    assert browser.look("/desk/content/board?on=2026-02-01").heading == "2026年1到3月的任务"
    assert browser.look("/desk/content/board?on=soon").status == 400
    come(browser, REVIEWER)
    assert "登记发出的" not in browser.look("/desk/content/board").words


@pytest.mark.parametrize(
    ("document", "given", "most"),
    [("QuotaBoard", {"on": date(2026, 11, 23)}, 14), ("ContentReach", {}, 6), ("ComingEvents", {"region": "4302"}, 5)],
)
def test_more_pages_ask_no_more(db, count_statements, document, given, most):
    keep(newsroom.put_up)
    sent = []
    for number in range(2):
        fields = {"held_on": f"2026-12-0{number + 1}", "place": "广场", "capacity": "9"}
        said = dataclasses.replace(newsroom.FIT, title=f"活动{number}", fields=fields)
        keep(lambda said=said, number=number: published(article(said, kind="event", slug=f"event-{number}")))
        keep(lambda number=number: tally.write({(f"event-{number}", date(2026, 11, 23), "read"): 2}))
        with count_statements() as counted:
            execution.run(Viewer(newsroom.EDITOR, newsroom.NOW), document, **given)
        sent.append(len(counted))
    places.forget()

    assert sent[1] <= sent[0] <= most
