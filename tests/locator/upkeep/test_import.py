"""A file brought in: matched, compared, nothing dropped without a word, and the same again the second time."""

import pytest
from sqlalchemy import func, select

from core.db import session
from core.errors import Forbidden, NotSignedIn
from core.identity import ANYONE, SYSTEM
from locator import version
from locator.models import Change, ChangeSet, Station
from locator.upkeep import changes, entry, imports, queries, sheets
from locator.upkeep.queries import Counts
from tests import make
from tests.locator.upkeep.files import HEADERS, applied, codes, laid, office, written

DEMO = "demo-430211-1"


def stations(name):
    found = select(Station).where(Station.name == name, Station.retired_on.is_(None)).order_by(Station.id)
    return session().scalars(found.execution_options(populate_existing=True)).all()


def entry_of(name):
    (station,) = stations(name)
    return entry.standing([station.id])[station.id]


def test_changes_nothing_before_it_is_applied(country, keeper, now):
    before = version.current()

    found = laid(office(), actor=keeper, now=now)

    assert (found.state, found.region, found.unchanged) == ("proposed", "430211", 0)
    assert queries.counts(found.id) == Counts(added=1, changed=0, retired=1)
    assert stations(office()["name"]) == []
    assert version.current() == before


def test_brings_in_what_a_row_says_and_the_demo_station_makes_room(country, keeper, now):
    applied(office(), actor=keeper, now=now)

    made = entry_of(office()["name"])
    assert (made["kind"], made["level"], made["division_code"]) == ("legal_aid_centre", "county_centre", "430211")
    assert made["hours"] == "WD 09:00-12:00,13:30-17:00"
    assert made["venue"]["geo_quality"] == "inherited"
    assert made["source"] == "https://example.invalid/1"
    station = session().get_one(Station, made["id"])
    assert (station.is_demo, station.changed_in, len(station.code)) == (False, version.current(), 9)
    assert entry.standing([DEMO]) == {}


def test_the_same_file_again_says_that_there_is_no_difference(country, keeper, now):
    rows = office(), office(name="某某公证处", kind="公证处")
    applied(*rows, actor=keeper, now=now)
    at = version.current()

    again = laid(*rows, actor=keeper, now=now)

    assert (again.state, again.unchanged, queries.counts(again.id)) == ("empty", 2, Counts(0, 0, 0))
    assert version.current() == at


def test_a_row_that_says_otherwise_changes_its_station_and_no_other_field(country, keeper, now):
    applied(office(phone="0731-11111111"), actor=keeper, now=now)
    code = entry_of(office()["name"])["code"]

    found = applied(office(phone="0731-22222222", address="", hours=""), actor=keeper, now=now)

    made = entry_of(office()["name"])
    assert queries.counts(found.id) == Counts(0, 1, 0)
    assert (made["phone"], made["venue"]["address"], made["code"]) == ("0731-22222222", "某某路1号", code)


def test_a_code_finds_its_station_under_any_name(country, keeper, now):
    applied(office(), actor=keeper, now=now)
    code = entry_of(office()["name"])["code"]
    headers = ("code", "name", "kind", "division_code")

    renamed = {"code": code.lower(), "name": "换了名的中心", "kind": "法律援助中心", "division_code": "430211"}
    found = laid(renamed, {**renamed, "code": "ZZZZ-ZZZZ"}, headers=headers, actor=keeper, now=now)
    changes.apply(keeper, found.id, now=now)

    assert entry_of("换了名的中心")["code"] == code
    assert codes(found) == [(3, "station_code_unread")]


def test_a_demo_station_is_never_made_real(country, keeper, now):
    code = session().get_one(Station, DEMO).code
    row = {"code": code, "name": "真的中心", "kind": "法律援助中心", "division_code": "430211"}

    found = laid(row, headers=tuple(row), actor=keeper, now=now)

    assert (found.state, codes(found)) == ("empty", [(2, "station_is_demo")])


def test_two_of_one_name_are_told_apart_by_their_source(country, keeper, now):
    one, other = office(source_url="https://example.invalid/a"), office(source_url="https://example.invalid/b")

    applied(one, other, actor=keeper, now=now)
    again = laid(one, office(source_url="https://example.invalid/b", phone="12348"), actor=keeper, now=now)

    assert [station.source[-1] for station in stations(office()["name"])] in (["a", "b"], ["b", "a"])
    assert queries.counts(again.id) == Counts(0, 1, 0)


def test_a_source_that_moved_does_not_make_a_second_station(country, keeper, now):
    applied(office(), actor=keeper, now=now)

    found = laid(office(source_url="https://example.invalid/moved"), actor=keeper, now=now)

    assert queries.counts(found.id) == Counts(0, 1, 0)


def test_a_row_that_comes_twice_is_taken_once(country, keeper, now):
    found = laid(office(), office(), actor=keeper, now=now)

    assert queries.counts(found.id).added == 1
    assert codes(found) == [(3, "row_repeated")]
    assert found.unread[0]["refused"]


def test_rows_that_cannot_be_taken_are_listed_with_the_reason(country, now):
    found = laid(
        office(name=""),
        office(name="某" * 121),
        office(kind="茶馆"),
        office(division_code="", name="不知在哪里的中心"),
        office(division_code="99"),
        office(division_code="abc"),
        now=now,
    )

    assert codes(found) == [
        (2, "station_name_missing"),
        (3, "station_name_too_long"),
        (4, "station_kind_unread"),
        (5, "division_missing"),
        (6, "division_code_unknown"),
        (7, "division_code_unknown"),
    ]
    assert all(note["refused"] for note in found.unread)
    assert found.unread[2]["value"] == "茶馆"
    assert found.state == "empty"


def test_what_is_doubtful_is_taken_and_said(country, now):
    found = laid(
        office(name="成都市某新区法律援助中心", division_code=""),
        office(name="昆山市某某镇司法所", kind="司法所", level="township", division_code="320583102"),
        office(name="看不懂时间的中心", hours="看门口的牌子"),
        office(name="电话乱写的中心", phone="请打总机"),
        now=now,
    )

    assert codes(found) == [
        (2, "division_guessed"),
        (3, "division_widened"),
        (4, "hours_unread"),
        (5, "station_phone_unread"),
    ]
    assert not any(note["refused"] for note in found.unread)
    assert queries.counts(found.id).added == 4
    assert found.region == ""


def test_divisions_may_be_said_in_words_and_with_noughts(country, keeper, now):
    headers = ("名称", "类型", "行政区划", "行政区划代码")
    rows = [
        {"名称": "甲所", "类型": "司法所", "行政区划": "湖南省/株洲市/天元区"},
        {"名称": "乙所", "类型": "司法所", "行政区划": "株洲市 天元区"},
        {"名称": "丙所", "类型": "司法所", "行政区划代码": "430211000000"},
        {"名称": "丁所", "类型": "司法所", "行政区划": "朝阳区"},
        {"名称": "天元区某所", "类型": "司法所"},
    ]

    found = laid(*rows, headers=headers, actor=keeper, now=now)

    assert codes(found) == [(5, "division_words_unknown"), (6, "division_guessed")]
    assert found.region == "430211"


def test_an_office_of_a_zone_does_not_push_out_the_prefectures_centre(country, keeper, now):
    found = laid(office(name="株洲市某某开发区法律援助中心", division_code=""), actor=keeper, now=now)

    assert queries.counts(found.id) == Counts(1, 0, 0)


def test_a_row_may_end_its_station(country, keeper, now):
    applied(office(), actor=keeper, now=now)
    closed = {"名称": office()["name"], "类型": "法律援助中心", "行政区划代码": "430211", "状态": "停用"}
    odd = {**closed, "名称": "从来没有的中心", "状态": "停用"}

    found = laid(closed, odd, {**closed, "状态": "或许"}, headers=tuple(closed), actor=keeper, now=now)
    changes.apply(keeper, found.id, now=now)

    assert queries.counts(found.id) == Counts(0, 0, 1)
    assert codes(found) == [(4, "station_state_unread")]
    assert stations(office()["name"]) == []


def test_nobody_brings_in_what_lies_outside_their_region(country, neighbour, now):
    found = laid(office(), office(name="醴陵市某中心", division_code="430281"), actor=neighbour, now=now)

    assert codes(found) == [(2, "station_outside_region")]
    assert found.region == "430281"


@pytest.mark.parametrize("said", [{}, {"status": "closed"}])
def test_nobody_takes_away_what_stands_in_another_region(country, keeper, neighbour, said, now):
    applied(office(), actor=keeper, now=now)
    entry_there = entry_of(office()["name"])
    row = office(name="醴陵市某中心", division_code="430281", code=entry_there["code"], **said)

    found = laid(row, actor=neighbour, now=now, headers=(*HEADERS, "code", "status"))

    assert codes(found) == [(2, "station_outside_region")]
    assert found.state == "empty"


def test_moving_a_station_is_for_those_who_keep_both_places(country, keeper, now):
    applied(office(), actor=keeper, now=now)
    row = office(division_code="430281", code=entry_of(office()["name"])["code"])

    found = laid(row, actor=keeper, now=now, headers=(*HEADERS, "code"))

    assert found.region == "4302"


def test_strange_columns_are_named(country, keeper, now):
    plan = imports.compare(keeper, sheets.read("名称,类型,心情\n".encode()), now=now)

    assert plan.notes[0]["column"] == "心情"
    assert imports.propose(keeper, plan, title="x", now=now).state == "empty"


def test_bringing_in_takes_both_permissions_and_a_region(country, clerk, supervisor, keeper, now):
    sheet = sheets.read(written([]))

    for stranger in clerk, supervisor:
        with pytest.raises(Forbidden):
            imports.compare(stranger, sheet, now=now)
    with pytest.raises(NotSignedIn):
        imports.allow(ANYONE)
    with pytest.raises(Forbidden, match="no_region"):
        imports.compare(make.staff("", keeper.permissions), sheet, now=now)
    assert session().scalar(select(func.count()).select_from(ChangeSet)) == 0


def test_a_long_file_is_kept_piece_by_piece(country, now, monkeypatch):
    monkeypatch.setattr(entry, "AT_ONCE", 7)
    rows = [office(name=f"第{number}号中心", source_url="") for number in range(30)]

    applied(*rows, now=now)
    again = laid(*rows, now=now)

    assert (again.state, again.unchanged) == ("empty", 30)
    assert session().scalar(select(func.count()).select_from(Change)) == 31
    found = session().scalars(select(ChangeSet).where(ChangeSet.state == "applied")).one()
    assert found.proposed_by == SYSTEM.id
    assert len(queries.changes_of(found, first=10, after=[9])) == 11
