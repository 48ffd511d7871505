"""Reading about the law, in a browser without scripts."""

import json
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from content import commands, laws, version
from content.search.missing import SearchMiss
from core.db import keep, session, transaction
from core.identity import SYSTEM
from locator import queries as places
from tests.content.shelf import later, page
from tests.portal.applying import country
from tests.portal.browser import Browser
from tests.portal.valid import judge

BODY = """## 先留证据

先申请劳动仲裁，再要**支付令**。见《劳动合同法》第三十条。

| 路 | 找谁 |
|---|---|
| 投诉 | 劳动监察 |

## 再去申请

好的。

## 别错过时间

一年。
"""
WAGES = ["group:migrant_workers", "topic:wages"]


@pytest.fixture
def shelf(db, client):
    """Pages that are shown since a moment ago."""
    now = datetime.now(UTC)
    with transaction():
        laws.load(SYSTEM, now=now)
        page("wages", "被拖欠工资，先留证据", BODY, now=later(now, -60), tags=WAGES, summary="没签合同也能要。")
        page("faq", "讨薪要开证明吗？", now=later(now, -60), kind="faq", tags=WAGES)
        page("divorce", "离婚冷静期", now=later(now, -90), tags=["group:women", "topic:family"], is_sample=False)
    places.forget()
    keep(country)
    yield Browser(client)
    places.forget()


def test_a_reader_finds_a_page_by_what_it_means_and_by_pinyin(shelf):
    for typed in "讨薪", "taoxin", "tx", "欠薪":
        shelf.look(f"/learn/search?q={typed}")
        links = [one.attributes["href"] for one in shelf.page.css(".hits a")]
        assert set(links) == {"/learn/wages", "/learn/faq"}, typed

    assert "没有找到和“欠薪”一样的字" not in shelf.words
    assert "下面是“讨薪”的结果" in shelf.look("/learn/search?q=taoxin").words
    assert shelf.page.css_first(".hits mark").text() == "讨薪"


def test_what_was_typed_is_shown_as_words(shelf):
    shelf.look("/learn/search?q=<script>alert(1)</script>")

    assert shelf.status == 200
    assert not shelf.page.css("main script")
    assert "没有找到" in shelf.words


def test_what_nobody_finds_is_counted_once_a_search(shelf):
    for _ in range(3):
        shelf.look("/learn/search?q=电动车上牌")
    shelf.look("/learn/search?q=讨薪")
    shelf.look("/learn/search")

    with transaction():
        assert [(one.words, one.times) for one in session().query(SearchMiss)] == [("电动车上牌", 3)]


def test_a_page_says_first_what_to_do_then_why_then_what_next(shelf):
    shelf.look("/learn/wages")

    words = shelf.words
    assert shelf.heading == "被拖欠工资，先留证据"
    order = ["没签合同也能要。", "这是样例", "先申请劳动仲裁", "下一步", "难懂的词", "依据的法律", "接着看"]
    assert sorted(order, key=words.index) == order
    assert shelf.page.css_first("a.term").attributes["href"] == "#term-zhongcai"
    assert shelf.page.css_first("#term-zhongcai dfn").text() == "劳动仲裁"
    assert [one.attributes["value"] for one in shelf.page.css(".next [name=answer]")] == ["area:WORK", "matter:WAGES"]
    assert shelf.page.css_first("main ~ footer .qr img, footer .qr img")
    told = json.loads(shelf.page.css_first("script[type='application/ld+json']").text())
    assert told["headline"] == "被拖欠工资，先留证据"
    assert shelf.page.css_first("link[rel=canonical]").attributes["href"].endswith("/learn/wages")


def test_the_next_step_begins_the_questions_with_what_the_page_is_about(shelf):
    shelf.look("/learn/wages").fill("/check")

    assert shelf.status == 200
    carried = [one.attributes["value"] for one in shelf.page.css("[name=answer]")]
    assert {"area:WORK", "matter:WAGES"} <= set(carried)


def test_traditional_is_marked_and_leads_back(shelf):
    shelf.look("/learn/wages?lang=zh-Hant")

    assert shelf.page.css_first("article").attributes["lang"] == "zh-Hant"
    assert "機器轉換" in shelf.words
    assert "這一篇還沒有" not in shelf.words
    assert "这一篇还没有您要的语言" in shelf.look("/learn/wages?lang=en").words
    assert shelf.page.css_first("article").attributes["lang"] == "zh-Hans"


def test_shelves_show_what_there_is_and_say_what_there_is_not(shelf):
    assert shelf.look("/learn/for/migrant_workers").heading == "给农民工看的"
    assert len(shelf.page.css(".page-card")) == 2
    assert len(shelf.look("/learn/for/migrant_workers?kind=FAQ").page.css(".page-card")) == 1
    assert "这里还没有这种文章" in shelf.look("/learn/about/wages?kind=VIDEO").words
    assert "还在写" in shelf.look("/learn/for/veterans").words
    for path in "/learn/for/nobody", "/learn/about/women", "/learn/nothing-here":
        assert shelf.look(path).status == 404


def test_a_browser_keeps_a_page_until_something_changes(shelf, client, count_statements):
    told = {"base_url": "https://127.0.0.1"}
    client.get("/learn", **told)
    tag = client.get("/learn/wages", **told).headers["ETag"]

    with count_statements() as sent:
        again = client.get("/learn/wages", headers={"If-None-Match": tag}, **told)

    assert (again.status_code, again.get_data()) == (304, b"")
    assert [one for one in sent if "article" in one or "revision" in one] == []
    assert client.get("/learn/faq", headers={"If-None-Match": tag}, **told).status_code == 200
    client.set_cookie("__Host-prefs", "elder", domain="127.0.0.1")
    assert client.get("/learn/wages", headers={"If-None-Match": tag}, **told).status_code == 200
    client.set_cookie("__Host-prefs", "standard", domain="127.0.0.1")
    with transaction():
        version.advance(now=datetime.now(UTC))
    assert client.get("/learn/wages", headers={"If-None-Match": tag}, **told).status_code == 200


def test_machines_read_a_feed_and_a_sitemap(shelf, client):
    feed, sitemap = client.get("/feed.xml"), client.get("/sitemap.xml")

    assert feed.content_type == "application/atom+xml; charset=utf-8"
    assert feed.text.count("<entry>") == 3
    assert sitemap.text.count("/learn/wages<") == 1
    assert "/learn/for/women<" in sitemap.text
    assert "/learn/for/veterans<" not in sitemap.text
    assert "Sitemap: http" in client.get("/robots.txt").text
    tag = feed.headers["ETag"]
    assert not tag.startswith("W/")
    assert client.get("/feed.xml", headers={"If-None-Match": tag}).status_code == 304


def test_html_is_valid(shelf, client, tmp_path):
    paths = ["/learn", "/learn/for/migrant_workers", "/learn/for/veterans", "/learn/search?q=taoxin", "/learn/wages"]

    judge(tmp_path, {str(number): client.get(path).text for number, path in enumerate(paths)})


def test_pages_that_come_with_the_house_are_there_when_it_is_tried_out(shelf, client, now):
    commands.load_demo(now)
    commands.load_demo(now)

    assert HTMLParser(client.get("/learn").text).css_first(".page-card")
