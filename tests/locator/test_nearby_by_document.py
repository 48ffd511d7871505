"""What is near, through the door: budgets, what is refused, and that nobody's whereabouts are left anywhere (C19)."""

import json
import logging

import pytest
from sqlalchemy import select

import core.logs
from api import documents, execution, limits
from api.viewer import Viewer
from core.errors import Malformed, NotFound
from core.identity import ANYONE
from core.references import tidy
from locator.models import Station
from migrations.tables import every_table

SHIFENG = {"lat": 27.876543, "lon": 113.113579, "datum": "WGS84"}
HERE = {"lat": 27.846173, "lon": 113.056789, "datum": "WGS84"}
TYPED = "湖南省株洲市石峰区响石岭街道丁山路五百四十三号"


@pytest.fixture
def ask(brought_in, db, now):
    viewer = Viewer(ANYONE, now)
    return lambda name, **variables: execution.run(viewer, name, **variables)


@pytest.fixture
def post(brought_in, client):
    """Ask over HTTP, as the mini-program does."""

    def send(name, **variables):
        asked = {"documentId": documents.named(name).id, "variables": variables}
        return client.post("/graphql", json=asked)

    return send


def codes(answer):
    return [error["extensions"]["code"] for error in answer.get_json()["errors"]]


@pytest.mark.parametrize("name", ["NearbyStations", "Nearby"])
def test_a_wheelchair_user_finds_who_is_open_now_with_a_ramp(ask, name):
    answer = ask(name, position=SHIFENG, needs=["OPEN_NOW", "WHEELCHAIR_RAMP"], first=3)["nearbyStations"]

    first = answer["nodes"][0]
    assert first["station"]["name"] == "〔演示〕株洲市石峰区公共法律服务中心"
    assert first["station"]["opening"]["sentence"] == "现在开放，12:00 午休，13:30 再开"
    assert {"code": "wheelchair_ramp", "label": "轮椅坡道", "isThere": True, "verifiedOn": None} in (
        first["station"]["accessibility"]
    )
    assert first["distanceText"].endswith("米")
    assert answer["relaxed"] == []
    assert answer["totalCount"] > 3
    assert answer["origin"] == {
        "name": "您的位置",
        "isApproximate": False,
        "isOutsideProvince": False,
        "competent": None,
    }
    assert "只供参考" in answer["note"]


def test_reads_on_by_a_cursor_that_says_nothing_of_where_somebody_is(ask):
    one = ask("Nearby", position=SHIFENG, first=5)["nearbyStations"]
    two = ask("Nearby", position=SHIFENG, first=5, after=one["pageInfo"]["endCursor"])["nearbyStations"]
    other = ask("Nearby", region="4301", first=5)["nearbyStations"]

    seen = [node["station"]["id"] for node in one["nodes"] + two["nodes"]]
    assert len(set(seen)) == 10
    assert other["pageInfo"] == one["pageInfo"]


@pytest.mark.parametrize("first", [1, 40])
def test_sends_three_statements_however_many_are_asked_for(ask, count_statements, first):
    ask("Nearby", position=SHIFENG, needs=["OPEN_NOW"], first=1)

    with count_statements() as sent:
        ask("Nearby", position=SHIFENG, needs=["OPEN_NOW"], first=first)

    assert len(sent) == 3


@pytest.mark.parametrize(
    ("name", "map_", "budget"),
    [
        ("StationPage", "amap", 10),
        ("StationDetail", "lat", 7),
    ],  # the page says the next time, and who is beside
)
def test_shows_all_of_a_station_by_its_code(ask, count_statements, name, map_, budget):
    code = ask("Nearby", position=SHIFENG, first=1)["nearbyStations"]["nodes"][0]["station"]["code"]
    ask(name, code=code)

    with count_statements() as sent:
        answer = ask(name, code=code.lower().replace("-", " "))

    assert answer["station"]["code"] == code
    assert answer["station"]["directions"][map_]
    assert answer["station"]["dutyToday"] == []
    assert answer["station"]["contactPerson"] is None
    assert len(answer["around"]) == 4
    assert len(sent) <= budget


def test_says_that_there_is_no_such_station(ask):
    with pytest.raises(NotFound) as refused:
        ask("StationPage", code="0000-0000")

    assert refused.value.code == "station_unknown"


@pytest.mark.parametrize(
    ("position", "code"),
    [
        ({"lat": 113.1, "lon": 27.8}, "position_swapped"),
        ({"lat": 95.0, "lon": 113.1}, "position_out_of_range"),
        ({"lat": 27.8, "lon": -181.0}, "position_out_of_range"),
        ({"lat": 0, "lon": 0}, "position_empty"),
        ({"lat": 20.0, "lon": 130.0}, "position_nowhere"),
        ({"lat": -33.9, "lon": 151.2}, "position_nowhere"),
        ({"lat": 51.5, "lon": -0.1}, "position_nowhere"),
        ({"lat": 1e308, "lon": 113.1}, "position_out_of_range"),
        ({"lat": "27.8", "lon": 113.1}, "input_malformed"),
        ({"lat": None, "lon": 113.1}, "input_malformed"),
        ({"lat": 27.8, "lon": 113.1, "datum": "MARS"}, "input_malformed"),
    ],
)
def test_refuses_what_is_no_position_by_a_code(post, position, code):
    answer = post("Nearby", position={"datum": "WGS84"} | position, first=3)

    assert answer.status_code < 500
    assert codes(answer) == [code]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_refuses_what_is_no_number(client, brought_in, number):
    text = json.dumps(
        {
            "documentId": documents.named("Nearby").id,
            "variables": {"position": {"lat": 1, "lon": 113.1, "datum": "WGS84"}, "first": 3},
        }
    )

    answer = client.post("/graphql", data=text.replace('"lat": 1', f'"lat": {number}'), content_type="application/json")

    assert answer.status_code < 500
    assert codes(answer)[0] in {"json_malformed", "input_malformed", "position_out_of_range"}


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"first": 3}, "origin_missing"),
        ({"region": "999999", "first": 3}, "division_unknown"),
        ({"region": "43", "first": 0}, "page_size"),
        ({"region": "43", "first": 101}, "limit_page"),
        ({"region": "43", "first": 1, "withinMinutes": 0}, "minutes_out_of_range"),
        ({"region": "43", "first": 1, "after": "nonsense"}, "cursor_unknown"),
        ({"region": "43", "first": 1, "after": "Wy0xXQ"}, "cursor_unknown"),
        ({"region": "43", "first": 1, "after": "WzEwMDBd"}, "nearby_too_deep"),
        ({"region": "43", "first": 1, "needs": ["A_PONY"]}, "input_malformed"),
        ({"region": "43", "first": 1, "languages": ["语"] * 11}, None),
    ],
)
def test_refuses_what_is_no_question_by_a_code(post, variables, code):
    answer = post("Nearby", **variables)

    assert answer.status_code < 500
    assert codes(answer) == [code] if code else answer.get_json()["data"]


@pytest.mark.parametrize(("text", "code"), [("长" * 101, "address_too_long"), ("石峰区\0", "characters_malformed")])
def test_refuses_an_address_that_cannot_be_one(post, text, code):
    answer = post("GeocodeText", text=text, first=3)

    assert answer.status_code < 500
    assert codes(answer) == [code]


def test_refuses_more_places_than_anybody_chooses_from(ask):
    with pytest.raises(Malformed):
        ask("Geocode", text="石峰区", first=21)


@pytest.mark.parametrize(
    ("name", "variables"), [("Nearby", {"position": SHIFENG, "first": 1}), ("Geocode", {"text": TYPED, "first": 1})]
)
def test_takes_no_whereabouts_in_an_address_of_a_page(client, brought_in, name, variables):
    asked = {"documentId": documents.named(name).id, "variables": json.dumps(variables)}

    answer = client.get("/graphql", query_string=asked)

    assert answer.status_code == 405
    assert codes(answer) == ["position_by_get"]


def test_one_station_or_none_is_named(ask, stations_query):
    with pytest.raises(Malformed) as refused:
        stations_query("{ station { id } }")

    assert refused.value.code == "station_unnamed"


@pytest.fixture
def stations_query(db, brought_in, now):
    """Ask in words of one's own."""

    def run(text):
        document = limits.admitted(text, introspection=False)
        answer = execution.execute(Viewer(ANYONE, now), document, {})
        if answer.errors:
            raise Malformed(answer.errors[0]["extensions"]["code"])
        return answer.data

    return run


def test_gives_a_station_by_its_id(stations_query):
    assert stations_query('{ station(id: "demo-43-0") { name } }')["station"]["name"].startswith("〔演示〕湖南省")


@pytest.mark.parametrize("first", [0, 11])
def test_gives_a_handful_around_a_station(stations_query, first):
    with pytest.raises(Malformed):
        stations_query(f'{{ stationsAround(code: "AAAA-AAAA", first: {first}) {{ metres }} }}')


def test_leaves_nobodys_whereabouts_anywhere(post, client, db, engine, capfd, caplog):
    core.logs.configure()
    caplog.set_level(logging.DEBUG)

    found = post("Nearby", position=HERE, needs=["OPEN_NOW"], first=3).get_json()
    place = post("GeocodeText", text=TYPED, first=3).get_json()
    wrong = post("Nearby", position=HERE | {"lat": 113.056789}, first=3)

    assert found["data"]["nearbyStations"]["nodes"]
    assert place["data"]["geocode"]["places"]
    assert codes(wrong) == ["position_out_of_range"]
    written = "".join(capfd.readouterr()) + caplog.text + kept(db)
    assert "request.answered" in written
    for trace in ("27.84617", "113.05678", "丁山路", "五百四十三"):
        assert trace not in written
        assert trace not in json.dumps(found, ensure_ascii=False)


def kept(db):
    """Write out every row there is, but for the divisions."""
    with db() as session:
        tables = [table for table in every_table().sorted_tables if table.name != "division"]
        return "".join(repr(session.execute(select(table)).all()) for table in tables)


def test_the_code_of_a_station_is_read_as_people_type_it():
    assert tidy("vjgt sdxs") == "VJGT-SDXS"
    assert Station.code.type.length >= len("VJGT-SDXS")
