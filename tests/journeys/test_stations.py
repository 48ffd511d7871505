"""Somebody looks for help nearby: by keyboard, with and without scripts, with their position or without it."""

import io
import os
import sqlite3
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from geopy.distance import geodesic
from pypdf import PdfReader

from core import calendar
from locator import snapshot
from locator.hours.opening import opening
from tests.journeys.browser import ROOT, Live, axe
from tests.journeys.keyboard import Keyboard
from tests.journeys.readers import READERS, judged

MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
HERE = {"latitude": 27.8765, "longitude": 113.1136}
LIST = ".near-list h3 a"
DIRECTORY = """
    select station.name, station.id, station.hours, venue.lat, venue.lon
    from station join venue on venue.id = station.venue_id
    where json_extract(venue.facts, '$.wheelchair_ramp.there') and venue.lat is not null
"""


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """The service, on a Monday morning when offices are open."""
    path = os.pathsep.join([str(Path(__file__).parent / "monday"), str(ROOT), str(ROOT / "graphql")])
    served = Live(tmp_path_factory.mktemp("monday"), PYTHONPATH=path)
    yield served
    served.stop()


def look_for(page, place, *needs):
    """Go by keyboard from the first page of places to what is near."""
    keys = Keyboard(page)
    for need in needs:
        keys.tick(f"#need-{need}")
    keys.write("#field-place", place)
    keys.press("button.primary:text-is('查找')")
    return keys


def names(page):
    return page.locator(LIST).all_inner_texts()


def open_with_a_ramp(live, here):
    """Measure the whole directory with geopy."""
    days, found = calendar.bundled(), []
    with sqlite3.connect(f"file:{live.folder / 'data' / 'rufa.sqlite3'}?mode=ro", uri=True) as directory:
        for name, key, hours, lat, lon in directory.execute(DIRECTORY):
            if opening(snapshot.read(hours), (), MONDAY, days).is_open:
                found.append((geodesic(here, (lat, lon)).m, key, name))
    return [name for _, _, name in sorted(found)]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_wheelchair_user_finds_who_is_open_now_with_a_ramp(visit, live, javascript):
    page = visit("/stations", javascript=javascript)
    keys = look_for(page, "石峰区", "OPEN_NOW", "WHEELCHAIR_RAMP")
    assert "石峰区最近的服务点" in page.locator("h1").inner_text()

    keys.unfold(".filters > summary", "更多条件")
    keys.pick("#order", "DISTANCE")
    keys.press("button:text-is('按这些条件查')")

    here = [float(page.locator(f"#search [name={name}]").input_value()) for name in ("lat", "lon")]
    expected = open_with_a_ramp(live, here)
    assert names(page) == expected[:10]
    assert page.locator("#list").inner_text().startswith(f"{len(expected)} 个地方")
    assert "?" not in page.url
    assert page.locator("#place-1 [href^='tel:']").first.is_visible()

    keys.press("button:text-is('再看下面的')")
    assert names(page) == expected[10:20]
    keys.press(f"{LIST} >> nth=0")
    assert page.locator("h1").inner_text() == expected[10]
    assert "现在开放" in page.locator(".open-state").inner_text()


def test_names_are_suggested_while_somebody_types(visit):
    page = visit("/stations")
    keys = Keyboard(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    keys.go_to("#field-place")
    page.keyboard.type("shifengqu")
    page.locator("[role=option]").first.wait_for()
    assert page.get_by_label("您在哪里").get_attribute("aria-expanded") == "true"
    axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#field-place").input_value() == "湖南省株洲市石峰区"
    keys.press("button.primary:text-is('查找')")

    assert page.locator("h1").inner_text() == "离湖南省株洲市石峰区最近的服务点"
    assert {one.split("/")[2] for one in asked} == {page.url.split("/")[2]}
    assert not [one for one in asked if "shifeng" in one]


@pytest.mark.parametrize("javascript", [True, False])
def test_enter_looks_for_what_was_typed_last(visit, javascript):
    page = visit("/stations", javascript=javascript)
    keys = look_for(page, "清水塘街道")
    assert page.locator(".hits button").count() == 2

    keys.write("#field-place", "炎陵县")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "离湖南省株洲市炎陵县最近的服务点"


def test_somebody_who_says_where_they_are_is_shown_what_is_near(visit, live):
    page = visit("/stations", geolocation=HERE, permissions=["geolocation"])
    keys = Keyboard(page)
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))

    keys.tick("#need-WHEELCHAIR_RAMP")
    keys.press("button:text-is('用我现在的位置')")

    assert page.locator("h1").inner_text() == "离您的位置最近的服务点"
    assert page.locator("#need-WHEELCHAIR_RAMP").is_checked()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not [one for one in [page.url, *addresses] if "27.87" in one]
    assert not [one for one in page.context.cookies() if "27.87" in one["value"]]
    assert "27.87" not in live.log.read_text()


def test_somebody_who_does_not_say_is_led_to_the_name_of_a_place(visit):
    page = visit("/stations")
    keys = Keyboard(page)

    keys.go_to("button:text-is('用我现在的位置')")
    page.keyboard.press("Enter")

    page.get_by_text("没有得到您的允许").wait_for()
    assert page.evaluate("document.activeElement.id") == "field-place"
    axe(page)


def test_going_back_sends_nothing_again(visit):
    page = visit("/stations", geolocation=HERE, permissions=["geolocation"])
    posted = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    keys = Keyboard(page)
    keys.press("button:text-is('用我现在的位置')")
    nearest = names(page)
    keys.press(".quick button:text-is('步行 15 分钟以内')")
    assert names(page) != nearest
    assert len(posted) == 2

    page.go_back()
    page.locator(".quick [value=within][aria-pressed=false]").wait_for()
    assert names(page) == nearest
    page.go_back()
    page.get_by_role("heading", name="找最近的服务点").wait_for()
    page.go_forward()
    page.get_by_role("heading", name="离您的位置最近的服务点").wait_for()
    assert names(page) == nearest
    assert len(posted) == 2
    assert page.locator(".schematic svg").count() == 1

    keys.press(f"{LIST} >> nth=0")
    page.go_back()
    assert page.url.split("/", 3)[3] in {"stations", "stations/near"}
    assert len(posted) == 2


def test_without_scripts_there_is_no_button_that_does_nothing(visit):
    page = visit("/stations", javascript=False)
    assert page.get_by_role("button", name="用我现在的位置").count() == 0

    look_for(page, "石峰区")
    assert page.locator("[data-schematic]").is_hidden()


def test_the_schematic_says_what_the_list_says(visit):
    page = visit("/stations")
    keys = look_for(page, "石峰区")

    spots = page.locator(".schematic a.spot")
    spots.first.wait_for()
    assert [spot.text_content() for spot in spots.all()] == [str(one) for one in range(1, 11)]
    assert spots.nth(4).get_attribute("aria-label") == page.locator("#place-5").get_attribute("data-said")
    keys.go_to(".schematic a[href='#place-5']")
    page.keyboard.press("Enter")

    assert page.locator("#place-5 h3 a").evaluate("link => link === document.activeElement")


def test_the_schematic_puts_places_where_they_are_and_none_over_another(visit):
    page = visit("/stations")
    look_for(page, "石峰区")
    page.locator(".schematic svg").wait_for()

    fetched = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    drawn = page.evaluate(
        """async (script) => {
            const { layout, rings, words } = await import(script);
            const places = [0, 90, 180, 270].map((bearing) => ({ metres: 1800, bearing }));
            const heap = Array.from({ length: 10 }, () => ({ metres: 0, bearing: 0 }));
            return [layout(places, 13).points, layout(heap, 13).points, rings(1800), rings(0), words(500), words(2000)];
        }""",
        next(one for one in fetched if "/schematic." in one),
    )
    (north, east, south, west), heap, around, least, near, far = drawn

    assert south["y"] - north["y"] > 200
    assert east["x"] - west["x"] > 200
    gaps = [abs(complex(a["x"] - b["x"], a["y"] - b["y"])) for at, a in enumerate(heap) for b in heap[:at]]
    assert min(gaps) > 26
    assert around == [2000, 1000, 500]
    assert least == [500, 200, 100]
    assert (near, far) == ("500 米", "2 公里")


@pytest.mark.parametrize("reader", READERS)
def test_no_barrier_for_a_reader(visit, reader):
    page = visit("/stations", **READERS[reader])
    judged(page, reader)

    look_for(page, "石峰区", "OPEN_NOW")
    page.locator("[data-schematic]:not([hidden])").wait_for()
    judged(page, reader)
    page.goto(page.locator(LIST).first.evaluate("link => link.href"))
    judged(page, reader)


@pytest.mark.parametrize("prefs", ["standard", "elder"])
def test_targets_are_large_enough_for_a_thumb(visit, prefs):
    page = visit("/stations", prefs=prefs, width=360, height=740)
    smallest = 60 if prefs == "elder" else 44

    look_for(page, "石峰区")
    targets = "main button:visible:not(.unseen), .near-list a:visible, .filters summary:visible"
    for target in page.locator(targets).all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= smallest, target.inner_text()


def test_the_page_of_a_place_is_one_sheet_of_paper(visit):
    page = visit("/stations")
    look_for(page, "石峰区")
    page.goto(page.locator(LIST).first.evaluate("link => link.href"))

    printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(printed.pages) == 1
    words = unicodedata.normalize("NFKC", printed.pages[0].extract_text())  # a PDF writes some characters as radicals
    assert page.locator("h1").inner_text().removeprefix("〔演示〕") in words
