"""The coverage report on the desk, as a table, a map and CSV; and through the door."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from api import execution
from api.viewer import Viewer
from core.db import keep, session
from core.errors import Malformed
from core.identity import Permission
from locator import coverage, searches, snapshot, version
from locator.models import Station
from portal.desk import coverage as desk_coverage
from portal.desk import coverage_map
from tests import make
from tests.portal.browser import SITE, Browser
from tests.portal.working import sign_staff_in


@pytest.fixture(autouse=True)
def fresh():
    coverage.forget()
    snapshot.forget()
    yield
    coverage.forget()
    snapshot.forget()


@pytest.fixture
def desk(brought_in, client):
    sign_staff_in(client, "supervisor", region="4302")
    return Browser(client)


@pytest.fixture
def retired(brought_in, db, now):
    def retire():
        gone = Station.division_code.startswith("430211")
        session().execute(update(Station).where(gone).values(retired_on=now.date()))
        version.advance(now=now)

    keep(retire)


@pytest.fixture
def ask(brought_in, db, now):
    reader = make.staff("4302", frozenset({Permission.STATISTICS_READ}))
    return lambda name, **variables: execution.run(Viewer(reader, now), name, **variables)


def rows(desk, path):
    answer = desk.client.get(path, base_url=SITE)
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_shows_rates_and_a_map_with_words(desk):
    desk.look("/desk/coverage")

    assert desk.heading == "湖南省株洲市覆盖统计"
    assert "100.0% 达到" in desk.words
    picture = desk.page.css_first("main svg[role=img]")
    assert "105 个地方，其中 105 个" in picture.attributes["aria-label"]
    assert "都到得了" in desk.words
    assert desk.look("/desk/coverage?region=430211").heading == "湖南省株洲市天元区覆盖统计"


def test_lists_who_has_none_and_who_is_far(desk, retired):
    desk.look("/desk/coverage?region=430211&level=4&mode=WALK")

    assert "0.0% 未达到" in desk.words
    assert "湖南省株洲市天元区" in desk.page.css_first("#gaps").parent.text()
    assert "分钟到不了的" in desk.words
    assert desk.page.css_first("svg rect") is not None
    assert len(rows(desk, "/desk/coverage/gaps.csv?region=430211&level=4")) == 8
    head, *far = rows(desk, "/desk/coverage/far.csv?region=430211")
    assert head[2] == "到最近的分钟数（任何服务点，步行，估算）"
    assert all(int(minutes) > 15 for _, _, minutes in far)
    assert rows(desk, "/desk/coverage/levels.csv?region=430211")[2][:3] == ["乡镇（街道）", "7", "0"]


def test_long_lists_go_on_and_are_whole_as_csv(desk):
    desk.look("/desk/coverage?region=430211&level=5")
    following = desk.page.css_first("a[rel=next]").attributes["href"]
    assert desk.look(following.partition("#")[0]).status == 200

    assert len(rows(desk, "/desk/coverage/gaps.csv?region=4302&level=5")) > 1_000


@pytest.mark.parametrize("query", ["level=0", "level=x", "mode=FLY", "region=430211&level=2"])
def test_what_was_tampered_with_is_refused(desk, query):
    assert desk.look(f"/desk/coverage?{query}").status == 400


def test_other_regions_are_not_there(desk):
    assert desk.look("/desk/coverage?region=43").status == 404
    sign_staff_in(desk.client, "station_clerk")
    assert desk.client.get("/desk/coverage", base_url=SITE).status_code == 403


def test_apps_read_the_same_through_the_door(ask, retired):
    asked = {"region": "", "level": 4, "mode": "DRIVE", "first": 3, "after": None}
    answer = ask("Coverage", **asked)

    assert answer["coverage"]["code"] == "4302"
    assert answer["coverageGaps"]["totalCount"] == 7
    assert [one["mode"] for one in answer["coverage"]["reach"]] == ["WALK", "RIDE", "DRIVE"]
    again = ask("CoverageGaps", region="", level=4, first=100, after=answer["coverageGaps"]["pageInfo"]["endCursor"])
    assert len(again["coverageGaps"]["nodes"]) == 4
    assert ask("CoverageFar", region="", mode="WALK", first=5, after=None)["coverageFar"]["totalCount"] > 0
    with pytest.raises(Malformed, match="coverage_mode_unknown"):
        ask("CoverageFar", region="", mode="FLY", first=5, after=None)


def test_a_map_keeps_north_up_and_stays_on_the_paper():
    spots = [
        {"lat": 28.0, "lon": 112.0, "name": "北", "minutes": 3},
        {"lat": 27.0, "lon": 112.0, "name": "南", "minutes": None},
    ]
    north, south = coverage_map.marks(spots, 15)

    assert north.y < south.y
    assert (north.is_near, south.is_near) == (True, False)
    assert coverage_map.marks([], 15) == []
    (alone,) = coverage_map.marks(spots[:1], 15)
    assert 0 < alone.x < 640


def test_no_cell_becomes_a_formula():

    assert desk_coverage._plain("=1+1") == "'=1+1"


def test_says_who_is_far_from_one_open_late(desk):
    desk.look("/desk/coverage?region=430211&among=LATE")

    assert "（18:00 以后也开门的）" in desk.words
    assert desk.page.css_first('nav[aria-label="到哪一种服务点"] [aria-current]').text() == "18:00 以后也开门的"
    assert rows(desk, "/desk/coverage/far.csv?region=430211&among=LATE")[0][2].startswith("到最近的分钟数（18:00")
    assert desk.client.get("/desk/coverage?among=BUS", base_url=SITE).status_code == 400


def test_says_what_people_looked_for_and_did_not_find_near(desk, now):
    counts = {("430211", datetime.now(UTC) - timedelta(days=1), "wheelchair_ramp"): [12, 7]}
    keep(lambda: searches.write(counts))

    desk.look("/desk/coverage")

    assert "湖南省株洲市天元区轮椅坡道10 次5 次" in desk.words
