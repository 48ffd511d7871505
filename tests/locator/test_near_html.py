"""How the pages of places are made: valid, nothing from elsewhere; a map only where there is a key for its tiles."""

import dataclasses
import re

import pytest

import core.settings
from portal import assets
from tests.portal.browser import Browser
from tests.portal.valid import judge

TILES = "https://t0.tianditu.gov.cn"


@pytest.fixture
def browser(brought_in, client):
    return Browser(client)


@pytest.fixture
def with_key(app, tmp_path, monkeypatch):
    """A place that has a key for tiles, and Leaflet."""
    before = core.settings.current()
    for name in assets.LEAFLET:
        (tmp_path / name.rpartition("/")[2]).write_text("/* Leaflet */")
    brought = {name: tmp_path / name.rpartition("/")[2] for name in assets.LEAFLET}
    monkeypatch.setattr(assets, "LEAFLET", brought)
    assets.shelf.cache_clear()
    core.settings.use(dataclasses.replace(before, tianditu_key="abc123"))
    yield brought
    core.settings.use(before)
    assets.shelf.cache_clear()


def near(browser):
    return browser.look("/stations").fill("/near", place="石峰区")


def policy(browser):
    return browser.answer.headers["Content-Security-Policy"]


def test_html_is_valid(browser, tmp_path):
    pages = {
        "start": browser.look("/stations").answer.text,
        "hits": browser.fill("/near", place="鼓楼区").answer.text,
        "problem": browser.fill("/near", lat="x").answer.text,
        "region": browser.look("/stations/430204").answer.text,
        "near": near(browser).answer.text,
        "place": browser.look(browser.page.css_first(".near-list h3 a").attributes["href"]).answer.text,
    }

    judge(tmp_path, pages)


def test_has_nothing_from_elsewhere_without_a_key(browser):
    near(browser)

    assert TILES not in policy(browser)
    assert not browser.page.css("[data-tiles]")
    assert not [name for name in assets.shelf().names if "leaflet" in name]
    for one in browser.page.css("script[src], link[href], img[src]"):
        assert re.match("/|data:image/|https://127.0.0.1", one.attributes.get("src") or one.attributes["href"])


def test_offers_a_map_where_there_is_a_key(with_key, browser):
    near(browser)
    part = browser.page.css_first("[data-tiles]")

    assert part.attributes["data-tiles"] == "abc123"
    assert "天地图会知道" in part.text()
    assert f"img-src 'self' data: blob: {TILES};" in policy(browser)
    assert browser.client.get(part.attributes["data-script"]).text == "/* Leaflet */"


def test_opens_the_door_to_tiles_on_pages_of_places_alone(with_key, browser):
    assert TILES in policy(browser.look("/stations"))
    assert TILES not in policy(browser.look("/"))
    assert TILES not in policy(browser.look("/no-such-page"))


def test_goes_without_a_map_where_leaflet_is_not_installed(with_key, browser):
    for path in with_key.values():
        path.unlink()
    assets.shelf.cache_clear()

    assert near(browser).status == 200
    assert not browser.page.css("[data-tiles]")
