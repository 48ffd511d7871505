"""Paper of a page, as its page leads to it."""

from core.db import keep
from tests.content.shelf import page as put
from tests.portal.browser import Browser
from tests.portal.working import instant


def test_paper_carries_the_place_the_reader_came_by(db, client):
    keep(lambda: put("wages", "讨薪", "正文", now=instant()))

    browser = Browser(client).look("/learn/wages?station=ZZ-00000-00000-0000")

    taken = [one.attributes["href"] for one in browser.page.css(".take a")]
    assert len(taken) == 3
    assert all(one.endswith("?station=ZZ-00000-00000-0000") for one in taken)
    plain = [one.attributes["href"] for one in browser.look("/learn/wages").page.css(".take a")]
    assert not any("station" in one for one in plain)
