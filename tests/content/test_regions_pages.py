"""What there is to read for a region: its own pages and those of the divisions it lies in (FEATURES D13)."""

import dataclasses

from core.db import keep
from tests.content.newsroom import FIT, article, published
from tests.portal.working import instant


def put(title, region, slug):
    said = dataclasses.replace(FIT, title=title)
    keep(lambda: published(article(said, region=region, slug=slug, now=instant()), now=instant()))


def test_a_region_shows_its_own_pages_and_those_from_above(browser):
    put("株洲的？", "4302", "of-the-city")
    put("天元的？", "430211", "of-the-county")
    put("醴陵的？", "430281", "of-another")

    assert "湖南省" in browser.look("/learn/in").words
    browser.look("/learn/in/430211")
    assert browser.heading == "天元区看的"
    assert ("株洲的？" in browser.words, "天元的？" in browser.words, "醴陵的？" in browser.words) == (
        True,
        True,
        False,
    )
    assert "再选下一级" not in browser.words
    browser.look("/learn/in/4302")
    assert "天元的？" not in browser.words
    assert "再选下一级" in browser.words
    browser.look("/learn/for/migrant_workers?region=430281")
    assert ("醴陵的？" in browser.words, "天元的？" in browser.words) == (True, False)
    assert "只看给醴陵市和上级的" in browser.words
    assert "天元的？" in browser.look("/learn/for/migrant_workers").words
    assert browser.look("/learn/in/999999").status == 404
