"""Where a search for places begins: what was typed is understood, asked back, or said to be wrong."""

import pytest

from portal.stations import origins
from tests.portal.browser import SITE, Browser

SEARCH = "/near"


@pytest.fixture
def browser(brought_in, client):
    return Browser(client).look("/stations")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("石峰区", "石峰区最近的服务点"),
        ("𦰡溪瑶族乡", "𦰡溪瑶族乡最近的服务点"),
        ("洞口县(𦰡溪瑶族乡)", "𦰡溪瑶族乡最近的服务点"),
    ],
)
def test_goes_on_where_only_one_place_can_be_meant(browser, text, found):
    assert found in browser.fill(SEARCH, place=text).heading


def test_lets_somebody_choose_between_places_of_one_name(browser):
    browser.fill(SEARCH, place="鼓楼区", need=["WHEELCHAIR_RAMP"])
    assert "地名来自：本站地名库" in browser.words
    hits = browser.page.css("[name=pick]")
    assert browser.heading == "找最近的服务点"
    assert any("江苏省南京市鼓楼区" in one.text() for one in hits)
    assert any("福建省福州市鼓楼区" in one.text() for one in hits)

    browser.fill(SEARCH, ("pick", hits[0].attributes["value"]))
    assert "鼓楼区" in browser.heading
    assert browser.page.css_first("#need-WHEELCHAIR_RAMP").attributes.keys() >= {"checked"}


def test_says_what_to_do_where_a_name_is_unknown(browser):
    browser.fill(SEARCH, place="火星基地")

    assert browser.status == 200
    assert "没有查到“火星基地”" in browser.words
    assert browser.value("place") == "火星基地"


@pytest.mark.parametrize(
    "typed",
    [
        {"lat": "nan", "lon": "113.1"},
        {"lat": "28.2", "lon": "infinity"},
        {"lat": "28.2"},
        {"lat": "二十八", "lon": "113.1"},
        {"lat": "113.1", "lon": "28.2"},
        {"lat": "95", "lon": "113.1"},
        {"lat": "0", "lon": "0"},
        {"lat": "10.0", "lon": "150.0"},
        {"lat": "1e400", "lon": "113.1"},
        {"region": "999999"},
        {"pick": "x,y,z"},
        {"pick": "１"},
        {"place": "湖" * 10_000},
        {"place": ""},
    ],
)
def test_says_what_is_wrong_with_where_somebody_begins(browser, typed):
    browser.fill(SEARCH, need=["WHEELCHAIR_RAMP"], **typed)

    assert browser.status == 422
    assert browser.problems == ["#field-place"]
    assert browser.page.css_first("#need-WHEELCHAIR_RAMP").attributes.keys() >= {"checked"}
    assert browser.page.css_first("title").text().startswith("请改正")


def test_suggests_while_somebody_types_in_the_body_alone(browser):
    form = {"csrf_token": browser.value("csrf_token"), "text": "shifeng"}
    answer = browser.client.post("/stations/suggest", data=form, base_url=SITE)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "石峰区" in {one["name"] for one in answer.json["results"]}
    empty = browser.client.post("/stations/suggest", data=form | {"text": " "}, base_url=SITE)
    assert empty.json == {"results": []}


def test_reads_a_place_back_as_it_was_written():
    place = {"isApproximate": False, "divisionCode": "43", "lat": 27.8765432, "lon": 113.1, "datum": "WGS84"}
    there = origins.found(place | {"fullName": "一处,有逗号"})

    assert there.written == "27.87654,113.1,WGS84,一处,有逗号"
    assert origins.found(place | {"isApproximate": True, "fullName": ""}).variables == {"region": "43"}
