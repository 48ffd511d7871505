"""The nearest places, page by page, as somebody without scripts goes through them."""

import re

import pytest
import time_machine
from geopy.distance import geodesic

from core import calendar
from core.db import keep, session
from locator import queries, snapshot, version
from locator.hours.opening import opening
from locator.kinds import StationKind
from locator.models import Station
from locator.needs import Need
from portal.stations import wishes
from portal.stations.wishes import Wish
from tests.portal.browser import SITE, Browser

SHIFENG = {"lat": "27.876543", "lon": "113.113579", "datum": "WGS84"}
HERE = (27.876543, 113.113579)
SEARCH = "/near"


@pytest.fixture
def browser(brought_in, client, now):
    with time_machine.travel(now, tick=False):
        yield Browser(client).look("/stations")
    snapshot.forget()


@pytest.fixture
def near(browser):
    return browser.fill(SEARCH, **SHIFENG)


def names(browser):
    return [one.text() for one in browser.page.css(".near-list h3 a")]


def numbers(browser):
    return [one.attributes["data-number"] for one in browser.page.css(".near-list li")]


def pressed(browser):
    return {one.attributes["value"] for one in browser.page.css(".quick [aria-pressed=true]")}


def heading(browser):
    return browser.page.css_first("#list").text()


def test_begins_with_what_somebody_cannot_do_without(browser):
    assert browser.heading == "找最近的服务点"
    assert [one.attributes["value"] for one in browser.page.css("main [name=need]")][:2] == [
        "OPEN_NOW",
        "WHEELCHAIR_RAMP",
    ]
    assert "不保存" in browser.words
    assert browser.page.css_first("[data-locate-here]").attributes.keys() >= {"hidden"}
    assert browser.page.css_first("a[href='/stations/4302']").text() == "株洲市"


def test_says_of_each_place_all_that_decides_where_to_go(near):
    first = near.page.css_first(".near-list li")

    assert near.heading == "离您的位置最近的服务点"
    assert first.css_first("h3 a").text() == "〔演示〕株洲市石峰区公共法律服务中心"
    assert "演示数据，非真实机构" in first.text()
    assert "现在开放，12:00 午休，13:30 再开" in first.text()
    assert re.search(r"\d+ 米.*步行 \d+ 分钟.*骑车 \d+ 分钟.*开车 \d+ 分钟", first.text(), re.DOTALL)
    assert "轮椅坡道" in first.text()
    assert first.css_first("dd a").attributes["href"] == "tel:12348"
    assert [one.text().split("（")[0] for one in first.css(".maps a")] == ["高德地图", "腾讯地图", "百度地图", "天地图"]
    assert "只供参考" in near.words
    assert len(names(near)) == 10


def test_leaves_where_somebody_is_in_no_address_and_in_no_memory(near):
    assert near.answer.request.path == "/stations/near"
    assert near.answer.request.query_string == b""
    assert near.answer.headers["Cache-Control"] == "no-store"
    links = [one.attributes["href"] for one in near.page.css("a")]
    assert not [one for one in links if "27.87" in one and not one.startswith("https://")]
    assert "27.876543" not in "".join(near.answer.headers.getlist("Set-Cookie"))


def test_a_page_of_answers_that_is_opened_again_begins_afresh(browser):
    answer = browser.client.get("/stations/near", base_url=SITE)

    assert (answer.status_code, answer.location) == (303, "/stations")


def test_filters_compose_and_say_how_many_they_leave(near):
    ramp = near.page.css_first("label[for=need-WHEELCHAIR_RAMP] .many").text()
    browser = near.fill(SEARCH, need=["OPEN_NOW", "WHEELCHAIR_RAMP"])

    assert heading(browser).startswith(ramp.removesuffix(" 处"))
    assert all("轮椅坡道" in one.text() and "现在开放" in one.text() for one in browser.page.css(".near-list li"))
    assert browser.page.css_first("#need-OPEN_NOW").attributes.keys() >= {"checked"}
    assert pressed(browser) == {"OPEN_NOW"}


def test_one_tap_turns_a_filter_on_and_off_again(near):
    on = near.fill(SEARCH, ("switch", "OPEN_THIS_WEEKEND"), need=["WHEELCHAIR_RAMP"])
    assert pressed(on) == {"OPEN_THIS_WEEKEND"}
    assert on.page.css_first("#need-WHEELCHAIR_RAMP").attributes.keys() >= {"checked"}

    off = on.fill(SEARCH, ("switch", "OPEN_THIS_WEEKEND"))
    assert pressed(off) == set()


def test_keeps_to_fifteen_minutes_by_the_way_somebody_goes(near):
    near.fill(SEARCH, mode="RIDE")
    browser = near.fill(SEARCH, ("switch", "within"))

    minutes = [int(one) for one in re.findall(r"骑车 (\d+) 分钟", browser.words)]
    assert minutes
    assert max(minutes) <= 15
    assert "骑车 15 分钟以内" in browser.words
    assert pressed(browser) == {"within"}


def test_puts_the_nearest_first_where_that_is_wished(near):
    browser = near.fill(SEARCH, order="DISTANCE", mode="DRIVE")

    far = [float(one.attributes["data-metres"]) for one in browser.page.css(".near-list li")]
    assert far == sorted(far)
    assert "最近的在前" in heading(browser)


def test_goes_on_counting_on_the_next_page(near):
    first = names(near)
    cursor = near.page.css_first("[name=after]").attributes["value"]
    before = near.page.css_first("[name=before]").attributes["value"]
    browser = near.fill(SEARCH, after=cursor, before=before)

    assert numbers(browser) == [str(one) for one in range(11, 21)]
    assert set(names(browser)).isdisjoint(first)
    assert browser.fill(SEARCH, after=cursor, before="x" * 9).status == 200


def test_lets_go_and_says_so_where_nobody_has_it_all(near):
    browser = near.fill(SEARCH, need=["OPEN_TONIGHT", "WHEELCHAIR_RAMP"])

    assert "没能满足：今晚开门" in browser.words
    assert names(browser)
    assert browser.page.css_first("#need-OPEN_TONIGHT").attributes.keys() >= {"checked"}
    assert "附近没有" in browser.page.css_first("label[for=need-OPEN_TONIGHT]").text()


def test_says_who_is_competent_outside_the_province(browser):
    browser.fill(SEARCH, lat="22.54", lon="114.06", datum="WGS84")

    assert browser.status == 200
    assert "广东省" in browser.words
    assert "12348" in browser.words
    assert names(browser)


def test_another_place_keeps_what_is_needed(near):
    near.fill(SEARCH, need=["WHEELCHAIR_RAMP", "PARKING"], mode="RIDE", within="30", language=["苗语"])
    browser = near.fill(SEARCH, ("again", "yes"))
    assert browser.heading == "找最近的服务点"
    assert browser.value("lat") == ""

    browser.fill(SEARCH, place="炎陵县")
    assert "炎陵县最近的服务点" in browser.heading
    kept = {one.attributes["value"] for one in browser.page.css("main [name=need][checked]")}
    assert kept == {"WHEELCHAIR_RAMP", "PARKING"}


def test_shows_large_type_in_shorter_pages(browser):
    browser.client.set_cookie("__Host-prefs", "elder", domain="127.0.0.1", secure=True, path="/")

    assert len(names(browser.look("/stations").fill(SEARCH, **SHIFENG))) == 5


def test_shows_the_right_channel_to_places_nobody_walks_into(near, now):
    def shut():
        row = session().query(Station).filter_by(kind=StationKind.LEGAL_AID_CENTRE, division_code="430204").one()
        row.kind = StationKind.DETENTION_CENTRE
        version.advance(now=now)

    keep(shut)
    assert "〔演示〕株洲市石峰区法律援助中心" not in names(near.fill(SEARCH))
    browser = near.fill(SEARCH, ("switch", "restricted"))

    place = browser.page.css_first(".near-list li")
    assert "不接待来访" in place.text()
    assert "值班律师" in place.text()
    assert not place.css("[href^=tel], .maps, .open-state")
    assert "看可以去的服务点" in browser.words


def test_what_is_on_no_list_counts_for_nothing(browser):
    browser.fill(SEARCH, **SHIFENG, need=["<script>", "OPEN_NOW"], kind="x", mode="FLY", order="x", within="1e9")
    assert browser.status == 200
    assert len(names(browser)) == 10

    assert browser.fill(SEARCH, datum="Mars", switch="x", language=["鸟语"]).status == 200


def test_a_forged_cursor_is_a_clear_400(near):
    near.fill(SEARCH, after="x")

    assert near.status == 400
    assert "第一页" in near.words


def test_every_need_and_kind_of_the_page_is_known_to_the_door(brought_in, unit):
    assert set(wishes.NEEDS) == {need.name for need in Need}
    assert {kind for kinds in wishes.OF_A_KIND.values() for kind in kinds} <= {kind.name for kind in StationKind}
    assert wishes.OF_A_KIND.keys() | {""} == wishes.KINDS.keys()
    assert Wish().count == 0


def nearest_by_geopy(now):
    """Measure every demo place with geopy, and keep those that are open and have a ramp."""
    days = calendar.load()
    found = []
    for row in queries.stations("43", first=100_000):
        ramp = row.facts.get("wheelchair_ramp", {}).get("there")
        if ramp and row.lat is not None and opening(snapshot.read(row.hours), (), now, days).is_open:
            found.append((geodesic(HERE, (row.lat, row.lon)).m, row.id, row.name))
    return [name for _, _, name in sorted(found)]


def test_a_wheelchair_user_is_told_what_a_brute_force_check_finds(browser, now):
    browser.fill(SEARCH, **SHIFENG, need=["OPEN_NOW", "WHEELCHAIR_RAMP"], order="DISTANCE")

    expected = keep(lambda: nearest_by_geopy(now))
    assert names(browser) == expected[:10]
    assert heading(browser).startswith(f"{len(expected)} 个地方")
