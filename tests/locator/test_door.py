"""The locator through the door: documents, pages, and what they cost."""

import pytest

from api import execution
from api.viewer import Viewer
from core.errors import Malformed, NotFound
from core.identity import ANYONE
from locator import queries


@pytest.fixture
def ask(brought_in, db, now):
    viewer = Viewer(ANYONE, now)
    return lambda name, **variables: execution.run(viewer, name, **variables)


def test_a_stranger_sees_the_places_of_a_county(ask):
    answer = ask("Stations", region="430204", first=3)

    assert [step["name"] for step in answer["division"]["path"]] == ["湖南省", "株洲市", "石峰区"]
    first = answer["stations"]["nodes"][0]
    assert first["name"] == "〔演示〕株洲市石峰区公共法律服务中心"
    assert first["demoNote"] == "演示数据，非真实机构"
    assert first["hoursNote"] == "以现场公告为准"
    assert {fact["code"] for fact in first["accessibility"]} >= {"wheelchair_ramp", "low_counter"}
    assert answer["suggestedAgencies"]["agencies"][0]["isSuggested"]


def test_pages_lead_through_all_places(ask):
    seen, after = [], None
    while True:
        page = ask("StationsOf", region="430204", first=4, after=after)["stations"]
        seen += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]

    assert len(seen) == len(set(seen)) == page["totalCount"]


def test_gives_only_one_kind(ask):
    page = ask("StationsOf", region="4302", kind="LEGAL_AID_CENTRE", first=100)["stations"]

    assert {node["kind"] for node in page["nodes"]} == {"LEGAL_AID_CENTRE"}


def test_lists_divisions_page_by_page(ask):
    one = ask("Divisions", parent="4302", first=2)["divisions"]
    two = ask("Divisions", parent="4302", first=100, after=one["pageInfo"]["endCursor"])["divisions"]

    codes = [node["code"] for node in one["nodes"] + two["nodes"]]
    assert codes == sorted(set(codes))
    assert len(codes) == len(queries.children("4302"))
    assert len(ask("Provinces")["divisions"]["nodes"]) == 34


def test_tells_divisions_of_one_name_apart_by_their_path(ask):
    found = ask("DivisionSearch", text="鼓楼区", first=4)["divisionSearch"]

    assert {tuple(step["name"] for step in one["path"]) for one in found} >= {
        ("江苏省", "南京市", "鼓楼区"),
        ("福建省", "福州市", "鼓楼区"),
    }


def test_finds_only_within_a_division(ask):
    found = ask("DivisionSearch", text="石峰", first=10, within="43")["divisionSearch"]

    assert found[0]["fullName"] == "湖南省株洲市石峰区"


def test_suggests_an_agency_to_the_mini_program(ask):
    answer = ask("SuggestedAgencies", region="430525203")

    assert answer["division"]["fullName"] == "湖南省邵阳市洞口县𦰡溪瑶族乡"
    assert [one["reason"] for one in answer["suggestedAgencies"]["agencies"]] == [
        "COUNTY",
        "PREFECTURE",
        "PROVINCE",
        "NEARBY",
    ]


@pytest.mark.parametrize(
    ("variables", "refusal"),
    [
        ({"region": "430204", "first": 0}, Malformed),
        ({"region": "430204", "first": 101}, Malformed),
        ({"region": "430204", "first": 1, "after": "!"}, Malformed),
        ({"region": "nowhere", "first": 1}, NotFound),
    ],
)
def test_refuses_what_it_cannot_answer(ask, variables, refusal):
    with pytest.raises(refusal):
        ask("StationsOf", **variables)


@pytest.mark.parametrize(
    ("name", "few", "many", "budget"),
    [
        ("Stations", {"region": "430204", "first": 1}, {"region": "4302", "first": 100}, 8),
        ("StationsOf", {"region": "430204", "first": 1}, {"region": "43", "first": 100}, 3),
        ("DivisionSearch", {"text": "石峰区", "first": 1}, {"text": "石", "first": 100}, 2),
        ("Divisions", {"parent": "4302", "first": 1}, {"parent": None, "first": 100}, 1),
    ],
)
def test_more_rows_cost_no_more_statements(ask, count_statements, name, few, many, budget):
    spent = []
    for variables in (few, many):
        queries.forget()
        with count_statements() as sent:
            ask(name, **variables)
        spent.append(len(sent))

    assert spent[1] <= spent[0] <= budget


def test_a_stranger_starts_at_home_and_sees_all_provinces(ask):
    home = ask("StationsHome", home="43")

    assert home["division"]["name"] == "湖南省"
    assert "株洲市" in {node["name"] for node in home["below"]["nodes"]}
    assert home["provinces"]["nodes"] == ask("Provinces")["divisions"]["nodes"]


def test_leads_down_from_a_region(ask):
    region = ask("Region", code="4302")

    assert [step["name"] for step in region["division"]["path"]] == ["湖南省", "株洲市"]
    assert "石峰区" in {node["name"] for node in region["divisions"]["nodes"]}


def test_finds_divisions_as_they_are_typed(ask):
    found = ask("FindDivisions", text="shifengqu", first=5)["divisionSearch"]

    assert "430204" in {one["code"] for one in found}
