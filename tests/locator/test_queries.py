import pytest

from core.errors import Malformed, NotFound
from locator import agencies, queries, search

SHIFENG = "430204"


def names(found):
    return [region.full_name for region in found]


def test_gives_a_division_and_the_way_down_to_it(country):
    assert queries.division(SHIFENG).full_name == "湖南省株洲市石峰区"
    assert [step.name for step in queries.path(SHIFENG)] == ["湖南省", "株洲市", "石峰区"]


def test_a_village_leads_up_through_its_township_of_today(country):
    village = search.find("识字里社区居委会")[0]

    assert village.full_name == "湖南省长沙市芙蓉区文艺路街道识字里社区居委会"
    assert [step.level for step in queries.path(village.code)] == [1, 2, 3, 4, 5]


def test_an_unknown_code_is_not_found(country):
    with pytest.raises(NotFound, match="division_unknown"):
        queries.division("999999")


def test_lists_what_lies_below_without_the_revoked(country):
    assert len(queries.children(None)) == 34
    assert [child.name for child in queries.children("4302")][:2] == ["荷塘区", "芦淞区"]
    assert all(child.status == "active" for child in queries.children("4301"))
    assert queries.children("999999") == ()


def test_remembered_divisions_cost_no_statement(country, count_statements):
    queries.forget()
    queries.path(SHIFENG)
    queries.children("4302")
    with count_statements() as sent:
        queries.path(SHIFENG)
        queries.children("4302")

    assert sent == []


def test_remembers_no_more_than_allowed(country, monkeypatch):
    monkeypatch.setattr(queries, "REMEMBERED", 3)
    queries.forget()
    for code in ("4301", "4302", "4303", "4304", "4305"):
        queries.children(code)

    assert len(queries._children) <= 3
    assert queries.division("4301").name == "长沙市"
    queries.forget()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("石峰区", "湖南省株洲市石峰区"),
        ("石峰", "湖南省株洲市石峰区"),
        ("株洲石峰", "湖南省株洲市石峰区"),
        ("湖南省株洲市石峰区", "湖南省株洲市石峰区"),
        ("湖南 / 株洲 / 石峰区", "湖南省株洲市石峰区"),
        ("shifengqu", "湖南省株洲市石峰区"),
        ("ShiFeng", "湖南省株洲市石峰区"),
        ("changsha", "湖南省长沙市"),
        ("zhuzhoushi", "湖南省株洲市"),
        ("𦰡溪", "湖南省邵阳市洞口县𦰡溪瑶族乡"),
        ("洞口𦰡溪", "湖南省邵阳市洞口县𦰡溪瑶族乡"),
        ("斫𥕢乡", "湖南省邵阳市邵东市斫𥕢乡"),
        ("塘基上青山里", None),
    ],
)
def test_finds_a_division_by_what_people_type(country, typed, first):
    found = search.find(typed)

    if first is None:
        assert found
        assert "塘基上（青山里）村" in found[0].name
    else:
        assert found[0].full_name == first


def test_finds_by_initials(country):
    assert "湖南省株洲市石峰区" in names(search.find("sfq", within="43"))
    assert "湖南省邵阳市洞口县𦰡溪瑶族乡" in names(search.find("nxyzx"))


def test_lists_every_division_of_an_ambiguous_name_with_its_path(country):
    assert names(search.find("鼓楼区", limit=4)) == [
        "江苏省南京市鼓楼区",
        "江苏省徐州市鼓楼区",
        "福建省福州市鼓楼区",
        "河南省开封市鼓楼区",
    ]


def test_looks_only_where_told(country):
    found = search.find("城关", within="43", limit=50)

    assert found
    assert all(region.lineage.startswith("/43/") for region in found)
    with pytest.raises(NotFound):
        search.find("城关", within="nowhere")


def test_signs_and_wildcards_mean_nothing(country):
    assert search.find("  % _ ' ") == []
    assert names(search.find("石%峰_区")) == names(search.find("石峰区"))


def test_too_much_text_is_refused(country):
    with pytest.raises(Malformed, match="search_too_long") as refused:
        search.find("石" * 41)

    assert refused.value.params == {"limit": search.LONGEST}


def test_an_existing_division_comes_before_a_revoked_one(country):
    standing = [region.status for region in search.find("石门乡", limit=100)]

    assert standing == sorted(standing)
    assert "revoked" in standing


def test_pages_through_all_places_of_a_region_once(country):
    seen, after = [], None
    while True:
        rows = queries.stations("4302", first=7, after=after)
        seen += [row.id for row in rows[:7]]
        if len(rows) <= 7:
            break
        after = (rows[6].division_level, rows[6].division_code, rows[6].id)

    assert len(seen) == len(set(seen)) == queries.count_stations("4302")
    assert seen[:2] == ["demo-4302-0", "demo-4302-1"]


def test_gives_only_the_kind_asked_for(country):
    centres = queries.stations("4302", "legal_aid_centre", first=100)

    assert {row.kind for row in centres} == {"legal_aid_centre"}
    assert len(centres) == 1 + len(queries.children("4302"))
    with pytest.raises(Malformed, match="station_kind_unknown"):
        queries.stations("4302", "nowhere", first=1)


@pytest.mark.parametrize("after", [[], [1], ["1", "43", "x"], [9, "43", "x"], [1, 43, "x"], [True, "43", "x"]])
def test_a_cursor_of_somebody_elses_is_refused(country, after):
    with pytest.raises(Malformed, match="cursor_unknown"):
        queries.stations("43", first=1, after=after)


def test_suggests_the_agency_of_the_county_first_and_says_why(country):
    suggested = agencies.agencies_for(SHIFENG)

    assert [(one.station.id, one.is_suggested) for one in suggested] == [
        ("demo-430204-1", True),
        ("demo-4302-1", False),
        ("demo-43-0", False),
    ]
    assert "第三十八条" in suggested[0].reason_text
    assert "接收申请的机构所在地" in suggested[1].reason_text


def test_names_the_station_nearby_for_somebody_in_a_township(country):
    suggested = agencies.agencies_for("430525203")

    assert [one.reason.value for one in suggested] == [
        "county_agency",
        "prefecture_agency",
        "province_centre",
        "nearby_station",
    ]
    assert suggested[-1].station.name == "〔演示〕洞口县𦰡溪瑶族乡公共法律服务工作站"


def test_a_prefecture_alone_is_enough_and_elsewhere_nothing_is_made_up(country):
    assert agencies.agencies_for("4302")[0].is_suggested
    assert agencies.agencies_for("110101") == []
