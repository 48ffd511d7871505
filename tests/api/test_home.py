"""The first screen: all of it in one document, each card by itself, in few bytes (FEATURES E13, E16)."""

import gzip
import json
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from api import documents, execution, home, http
from api.viewer import Viewer
from appointments import booking
from content.models import Bulletin
from core.db import keep, session
from core.errors import Unavailable
from core.identity import ANYONE
from locator import queries as places
from tests import make
from tests.appointments import town
from tests.budget import counted
from tests.content.shelf import later, page

BUDGET_BYTES = 10_000
BUDGET_STATEMENTS = 20
AT_TOWN = {"lat": 27.8, "lon": 113.1, "datum": "WGS84"}
CARDS = {
    "cases": "_cases",
    "appointment": "_appointment",
    "place": "_place",
    "pages": "_pages",
    "bulletins": "_bulletins",
}


@pytest.fixture
def citizen(db, now):
    """Somebody with cases, a draft and an appointment, in a town with open doors, pages and notices."""

    def work():
        town.put_up()
        town.seats(2)
        who = town.citizen()
        for number in range(4):
            make.application(who, reference=f"FY-AAAAA-AAAAA-AAA{number}", now=now - timedelta(days=number))
        assert booking.book(who, town.order(), town.SIGNED_IN, now=now).reference
        for number in range(6):
            page(
                f"page-{number}",
                f"第 {number} 页：拖欠工资怎么办，先做什么后做什么",
                "正文" * 900,
                now=later(now, -number),
            )
        for number in range(5):
            session().add(bulletin(number, now))
        return who

    yield keep(work)
    places.forget()


def bulletin(number, now):
    until = {"starts_at": now, "ends_at": now + timedelta(days=1)}
    words = "".join(chr(0x4E00 + (number * 311 + at * 17) % 8_000) for at in range(300))
    told = {"kind": "service", "region": "43", "title": "服务调整" * 15, "words": words}
    return Bulletin(on_portal=True, on_miniprogram=True, made_by="editor-1", made_at=now, **told, **until)


@pytest.fixture
def ask(citizen, now):
    def asked(actor=citizen, **variables):
        return execution.run(Viewer(actor, now), "Home", **{"position": AT_TOWN, "region": "430211"} | variables)[
            "home"
        ]

    return asked


def troubles(answer):
    return {name: answer[name]["trouble"]["code"] for name in CARDS if answer[name]["trouble"]}


def test_has_all_of_it(ask):
    answer = ask()

    assert troubles(answer) == {}
    assert answer["isSignedIn"]
    assert [one["stateText"] for one in answer["cases"]["cases"]] == ["已收到，等待审查"] * 3
    assert answer["cases"]["hasMore"]
    assert (answer["appointment"]["place"], answer["appointment"]["startsAt"]) == ("near 中心", town.at())
    assert (answer["place"]["code"], answer["place"]["isOpen"]) == ("AAAA-0001", True)
    assert [one["slug"] for one in answer["pages"]["pages"]] == ["page-0", "page-1", "page-2", "page-3"]
    assert len(answer["bulletins"]["bulletins"]) == 5


def test_a_stranger_gets_what_is_for_everybody(ask):
    answer = ask(ANYONE)

    assert troubles(answer) == {}
    assert not answer["isSignedIn"]
    assert (answer["cases"]["cases"], answer["cases"]["drafts"], answer["appointment"]["link"]) == ([], [], None)
    assert answer["place"]["code"] == "AAAA-0001"
    assert len(answer["pages"]["pages"]) == 4


def test_a_neighbour_sees_nothing_of_anybody_elses(ask):
    answer = ask(keep(lambda: town.citizen("13800000002")))

    assert answer["isSignedIn"]
    assert (answer["cases"]["cases"], answer["appointment"]["startsAt"]) == ([], None)


def test_staff_have_no_cards_of_their_own(ask):
    answer = ask(town.clerk())

    assert (answer["isSignedIn"], answer["cases"]["cases"]) == (False, [])


@pytest.mark.parametrize("where", [{"position": None, "region": "43"}, {"position": None, "region": None}])
def test_without_a_place_there_is_no_nearest(ask, where):
    answer = ask(**where)

    assert (troubles(answer), answer["place"]["code"]) == ({}, "")


def test_at_night_the_nearest_is_there_and_closed(citizen, now):
    night = Viewer(ANYONE, now + timedelta(hours=13))
    answer = execution.run(night, "Home", position=AT_TOWN, region="430211")["home"]

    assert (answer["place"]["code"], answer["place"]["isOpen"]) == ("AAAA-0001", False)
    assert answer["place"]["opening"]


def test_a_region_nobody_knows_is_the_matter_of_one_card(ask):
    assert troubles(ask(position=None, region="999999")) == {"place": "division_unknown"}


def broken(_name):
    raise ValueError("a story nobody should read")


def away(_name):
    raise Unavailable("storage_unavailable")


def refused_by_the_database(_name):
    session().execute(text("SELECT nothing FROM nowhere"))


def gone(_name):
    raise OperationalError("SELECT 1", None, Exception("server closed the connection"))


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (broken, "internal"),
        (away, "storage_unavailable"),
        (refused_by_the_database, None),
        (gone, "database_unavailable"),
    ],
)
def test_one_slice_that_fails_takes_no_other_along(ask, monkeypatch, name, fault, code):
    whole = ask()
    monkeypatch.setattr(home, CARDS[name], lambda *_: fault(name))

    answer = ask()

    trouble = answer[name].pop("trouble")
    assert trouble["text"]
    assert trouble["code"] == code or trouble["code"] in {"internal", "database_unavailable"}
    assert bool(trouble["reference"]) == (trouble["code"] == "internal")
    assert "story" not in str(answer)
    assert {one: answer[one] for one in CARDS if one != name} == {one: whole[one] for one in CARDS if one != name}


def test_is_small_and_asks_little(ask, client, citizen, now):
    ask()
    with counted() as sent:
        ask()

    assert len(sent) <= BUDGET_STATEMENTS, sent


def test_travels_in_ten_kilobytes(citizen, app, now, monkeypatch):
    monkeypatch.setattr(http, "_read_viewer", lambda: Viewer(citizen, now))
    asked = {"documentId": documents.named("Home").id, "variables": {"position": AT_TOWN, "region": "430211"}}

    answer = app.test_client().post("/graphql", json=asked, headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    said = json.loads(gzip.decompress(answer.data))["data"]["home"]
    assert (len(said["bulletins"]["bulletins"]), len(said["cases"]["cases"]), said["place"]["isOpen"]) == (5, 3, True)
    assert len(answer.data) <= BUDGET_BYTES


def test_where_somebody_is_goes_by_post_alone(app, db):
    asked = {"documentId": documents.named("Home").id}

    assert app.test_client().get("/graphql", query_string=asked).status_code == 405
