import json

import pytest
from werkzeug.datastructures import MultiDict

from portal import regions


@pytest.fixture
def browser(brought_in, client):
    return client


def page(answer, status=200):
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def token(browser):
    shown = page(browser.get("/stations", base_url="https://localhost"))
    return shown.split('name="csrf_token" value="')[1].split('"')[0]


def search(browser, text):
    form = {"csrf_token": token(browser), "place": text}
    there = {"base_url": "https://localhost", "headers": {"Origin": "https://localhost"}}
    return browser.post("/stations/near", data=form, **there)


def get(browser, path):
    return browser.get(path, base_url="https://localhost")


def test_begins_with_the_prefectures_of_the_province(browser):
    shown = page(get(browser, "/stations"))

    assert 'href="/stations/4302">株洲市</a>' in shown
    assert "12348" in shown
    assert shown.index("株洲市") < shown.index("北京市")


def test_leads_by_links_to_the_places_of_a_county(browser):
    assert 'href="/stations/430204">石峰区</a>' in page(get(browser, "/stations/4302"))
    shown = page(get(browser, "/stations/430204"))

    assert "<h1>石峰区的服务点</h1>" in shown
    assert "〔演示〕株洲市石峰区法律援助中心" in shown
    assert 'href="tel:12348"' in shown
    assert "以现场公告为准" in shown
    assert "第三十八条" in shown
    assert "可以自己选择" in shown


def test_labels_every_demo_place(browser):
    shown = page(get(browser, "/stations/430204"))

    assert shown.count("演示数据，非真实机构") == shown.count('<li class="place">') > 3


def test_shows_names_beyond_the_bmp(browser):
    assert "〔演示〕洞口县𦰡溪瑶族乡公共法律服务工作站" in page(get(browser, "/stations/430525203"))


def test_shows_one_kind_and_the_next_page(browser):
    shown = page(get(browser, "/stations/4302?kind=LEGAL_AID_CENTRE"))
    assert "公共法律服务工作站</h3>" not in shown

    following = page(get(browser, "/stations/4302")).split('rel="next" href="')[1].split('"')[0]
    assert "服务点" in page(get(browser, following.replace("&amp;", "&")))


def test_helps_where_there_is_no_place_of_a_kind_or_none_at_all(browser):
    assert "这里没有这种服务点" in page(get(browser, "/stations/430525203?kind=LEGAL_AID_CENTRE"))
    assert "这里还没有登记服务点" in page(get(browser, "/stations/110101"))


@pytest.mark.parametrize("path", ["/stations/999999", "/stations/abc", "/stations/４３", "/stations/1234567890123"])
def test_an_unknown_region_is_a_helpful_404(browser, path):
    assert "12348" in page(get(browser, path), 404)


def test_a_forged_cursor_is_a_clear_400(browser):
    assert "第一页" in page(get(browser, "/stations/4302?after=x"), 400)


def test_one_hit_leads_straight_there(browser):
    shown = page(search(browser, "洞口县𦰡溪"))

    assert "𦰡溪瑶族乡最近的服务点</h1>" in shown
    assert "〔演示〕洞口县𦰡溪瑶族乡公共法律服务工作站" in shown


def test_several_hits_are_listed_with_their_paths(browser):
    shown = page(search(browser, "鼓楼区"))

    assert "江苏省南京市鼓楼区" in shown
    assert "福建省福州市鼓楼区" in shown


def test_says_when_nothing_was_found_or_typed(browser):
    assert "没有查到“火星基地”" in page(search(browser, "火星基地"))
    assert "请输入地名" in page(search(browser, " "), 422)
    assert 'value="' + "石" * 101 in page(search(browser, "石" * 101), 422)


def test_suggests_regions_as_json(browser):
    answer = get(browser, "/regions.json?text=shi")

    assert "max-age" in answer.headers["Cache-Control"]
    results = json.loads(page(answer))["results"]
    assert len(results) == regions.MOST
    assert set(results[0]) == {"code", "name", "fullName", "level", "status"}
    assert get(browser, "/regions.json?text=" + "x" * 41).status_code == 400


def test_the_picker_goes_down_one_step_at_a_time(browser, app, db):
    with app.test_request_context(base_url="https://localhost"):
        start = regions.picker(None)
        county = regions.picker("430204")

    assert (start["value"], start["path"], len(start["children"])) == ("", [], 34)
    assert [step["name"] for step in county["path"]] == ["湖南省", "株洲市", "石峰区"]
    assert county["children"]


def test_the_picker_shows_every_child_however_many(browser, app, db, monkeypatch):
    with app.test_request_context(base_url="https://localhost"):
        shown = {child["code"] for child in regions.picker("430624")["children"]}

    assert len(shown) >= 10


@pytest.mark.parametrize(
    ("form", "chosen", "moves"),
    [
        ({"region": "4302", "region_from": "43", "region_next": "yes"}, "4302", True),
        ({"region": "", "region_from": "43"}, "43", False),
        ({"region_from": "4302", "region_back": "43"}, "43", True),
        ({"region_from": "43", "region_back": "none"}, "", True),
        ({"region": "<script>"}, "", False),
        ({"region": "4302043021234"}, "", False),
        ({}, "", False),
    ],
)
def test_reads_the_picker_back(form, chosen, moves):
    form = MultiDict(form)

    assert regions.chosen(form, "region") == chosen
    assert regions.moves(form, "region") is moves


def test_the_picker_works_without_scripts(browser, app, db):
    with app.test_request_context(base_url="https://localhost"):
        region = regions.picker("4302")
        macro = app.jinja_env.get_template("components/region.html").module.region_picker
        shown = macro("region", region["value"], region["path"], region["children"], None)

    assert '<option value="430204">石峰区</option>' in shown
    assert 'name="region_next"' in shown
    assert 'name="region_back" value="43"' in shown
    assert 'name="region_from" value="4302"' in shown
