"""Somebody reads about the law: without scripts, on a telephone, on paper; and nobody meets a barrier."""

import io

import pytest
from PIL import Image

from tests.journeys.readers import READERS, judged_at

KINDS = {
    "article": "/learn/wages-evidence",
    "guide": "/learn/violence-first-hour",
    "faq": "/learn/wages-without-proof",
    "case": "/learn/case-wages-site",
    "law card": "/learn/child-questioned",
    "leaflet": "/learn/elder-fraud",
    "quiz": "/learn/quiz-wages",
    "questions": "/quiz/quiz-wages",
    "traditional": "/learn/wages-evidence?lang=zh-Hant",
}
LISTS = ["/learn", "/learn/for/elderly", "/learn/for/minorities", "/learn/search?q=taoxin", "/learn/search?q=zzzz"]
LISTS += ["/events", "/forms", "/forms/application"]


def test_a_worker_finds_reads_prints_and_shares_without_scripts(visit):
    page = visit("/", javascript=False, width=360, height=740)
    page.get_by_role("link", name="看懂法律").click()

    for typed in "讨薪", "taoxin":
        page.get_by_label("找文章、服务、服务点").fill(typed)
        page.get_by_role("button", name="找一找").click()
        page.locator(".hits a", has_text="要开困难证明吗").wait_for()
    page.locator(".hits a", has_text="被拖欠工资").click()

    assert page.locator("h1").inner_text() == "被拖欠工资，先留住这些证据"
    page.locator("a.term").first.click()
    meaning = page.locator(".words div:target")
    assert "不收钱" in meaning.inner_text()
    assert meaning.evaluate("e => getComputedStyle(e).position") == "fixed"
    meaning.get_by_role("link").click()
    page.emulate_media(media="print")
    assert not page.locator(".take").is_visible()
    assert not page.locator(".search").is_visible()
    assert page.locator(".qr img").is_visible()
    assert page.locator(".prose").is_visible()
    page.emulate_media(media="screen")
    poster = page.request.get(page.get_by_role("link", name="海报").evaluate("e => e.href"))
    assert Image.open(io.BytesIO(poster.body())).size == (900, 1200)
    page.get_by_role("button", name="看看我能不能申请").click()
    assert "/check" in page.url


@pytest.mark.parametrize("reader", ["on a telephone", "in elder mode on a telephone", "with high contrast in the dark"])
def test_no_barrier_on_any_kind_of_page(visit, reader):
    judged_at(visit("/learn", **READERS[reader]), reader, *LISTS, *KINDS.values())
