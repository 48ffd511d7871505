"""What cells say of a station, and what is left as it was where they cannot be read."""

from datetime import date

import pytest

from core.errors import Malformed
from locator.kinds import StationKind
from locator.region import Region
from locator.upkeep import reading
from locator.upkeep.columns import StationColumn

TODAY = date(2026, 11, 23)
COUNTY = Region("430211", "天元区", 3, "4302", "active", "湖南省株洲市天元区", "/43/4302/430211/")


def office(kind=StationKind.LEGAL_AID_CENTRE, station_id="st-1"):
    return reading.placed(reading.blank(station_id, "AAAA-AAAA"), kind, COUNTY)


def read(base=None, *, clears=False, **cells):
    said = {StationColumn(name): value for name, value in cells.items()}
    made, problems = reading.read(base or office(), said, today=TODAY, clears=clears)
    return made, [(one.field, one.code) for one in problems]


def test_a_centre_takes_applications_by_law_and_others_say_what_they_do():
    assert office()["services"] == ["consultation", "applications"]
    assert office(StationKind.NOTARY)["services"] == []
    assert office()["level"] == "county_centre"


def test_reads_kinds_by_name_and_code():
    assert reading.kind_of({StationColumn.KIND: "司法所"}) is StationKind.TOWNSHIP_JUDICIAL_OFFICE
    assert reading.kind_of({StationColumn.KIND: "Notary"}) is StationKind.NOTARY
    with pytest.raises(Malformed, match="station_kind_unread"):
        reading.kind_of({})


def test_knows_what_is_closed_down():
    assert reading.is_retired({StationColumn.STATUS: "停用"})
    assert not reading.is_retired({})
    with pytest.raises(Malformed, match="station_state_unread"):
        reading.is_retired({StationColumn.STATUS: "或许"})


def test_takes_plain_texts_and_changes_no_entry_it_was_given():
    before = office()
    made, problems = read(before, name="某所", address="某路", transport="3路", venue_name="大楼", source="x")

    assert problems == []
    assert (made["name"], made["venue"]["address"], made["venue"]["name"]) == ("某所", "某路", "大楼")
    assert (before["name"], before["venue"]["address"]) == ("", "")


def test_an_empty_cell_says_nothing_or_empties():
    before, _ = read(name="某所", phone="12348", facts="电梯", lat="27.8", lon="113.1", hours="24/7")
    empty = dict.fromkeys(("phone", "facts", "lat", "lon", "hours", "home_visit_km", "confirmed_on"), "")

    assert read(before, **empty)[0] == before
    cleared, problems = read(before, **empty, clears=True)
    assert problems == []
    assert (cleared["phone"], cleared["hours"], cleared["venue"]["facts"]) == ("", "", {})
    assert (cleared["venue"]["lat"], cleared["venue"]["geo_quality"]) == (None, "none")
    assert read(before, name="", clears=True)[1] == [("name", "station_name_missing")]
    assert read(before, confirmed_on="2026-01-02")[0]["confirmed_on"] == "2026-01-02"
    assert read(before, phone="12348", clears=True)[0]["venue"] == before["venue"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0731-85400408", "0731-85400408"),
        ("（0731）85400408、12348", "0731-85400408、12348"),
        ("0731—85400408转801", "0731-85400408转801"),
        ("４００-123-4567", "400-123-4567"),
        ("021-12348", "021-12348"),
        ("13800000001", "13800000001"),
    ],
)
def test_reads_numbers_as_they_are_written(typed, kept):
    made, problems = read(phone=typed)

    assert (made["phone"], problems) == (kept, [])


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("phone", "请打总机", "station_phone_unread"),
        ("level", "宇宙级", "station_level_unread"),
        ("services", "法律咨询、修车", "station_services_unread"),
        ("languages", "、".join("甲乙丙丁戊己庚辛壬癸子"), "station_languages_unread"),
        ("languages", "一种名字特别特别长的语言啊", "station_languages_unread"),
        ("home_visit_km", "很远", "station_figure_unread"),
        ("slots_an_hour", "101", "station_figure_unread"),
        ("facts", "轮椅坡道、游泳池", "station_facts_unread"),
        ("confirmed_on", "2026-13-01", "confirmed_day_unread"),
        ("confirmed_on", "2062-01-01", "confirmed_day_unread"),
        ("confirmed_on", "去年", "confirmed_day_unread"),
        ("lat", "27.8", "position_half"),
        ("address", "某" * 201, "cell_too_long"),
        ("hours", "某" * 301, "cell_too_long"),
        ("name", "某" * 121, "cell_too_long"),
        ("source", "x" * 301, "cell_too_long"),
    ],
)
def test_leaves_what_it_cannot_read_as_it_was_and_says_so(column, typed, code):
    before = office()

    made, problems = read(before, **{column: typed})

    assert problems == [(column, code)]
    assert made == before


def test_reads_lists_in_one_order_and_figures_in_any_width():
    made, problems = read(
        services="上门服务，法律咨询", languages="苗语 普通话、苗语", home_visit_km="１５", level="乡镇"
    )

    assert problems == []
    assert made["services"] == ["consultation", "home_visit"]
    assert made["languages"] == ["苗语", "普通话"]
    assert (made["home_visit_km"], made["level"]) == (15, "township_station")


def test_hours_that_are_read_keep_their_words_beside_the_line():
    plain, none = read(hours="工作日 9:00-12:00，13:30-17:00")
    assert none == []
    assert plain["hours"] == "WD 09:00-12:00,13:30-17:00"
    assert plain["hours_text"] == "工作日 9:00-12:00，13:30-17:00"

    line, _ = read(hours="WD 09:00-12:00")
    assert (line["hours"], line["hours_text"]) == ("WD 09:00-12:00", "")

    doubtful, said = read(hours="周一至周五 9:00-17:00 、0731-12345678")
    assert doubtful["hours"] == "WD 09:00-17:00"
    assert said == [("hours", "hours_assumed")]

    words, unread = read(hours="看门口的牌子")
    assert (words["hours"], words["hours_text"]) == ("", "看门口的牌子")
    assert unread == [("hours", "hours_unread")]


def test_a_position_carries_its_datum_and_is_kept_in_one_frame():
    plain, _ = read(lat="27.87857", lon="113.11188")
    turned, problems = read(lat="27.875445", lon="113.117731", datum="高德")

    assert problems == []
    assert (plain["venue"]["datum"], turned["venue"]["datum"]) == ("WGS-84", "GCJ-02")
    assert turned["venue"]["lat"] == pytest.approx(plain["venue"]["lat"], abs=1e-5)
    assert turned["venue"]["geo_quality"] == "surveyed"
    assert read(turned, lat=repr(turned["venue"]["lat"]), lon=repr(turned["venue"]["lon"]))[0] == turned


@pytest.mark.parametrize(
    ("lat", "lon", "datum", "code"),
    [
        ("113.1", "27.8", "", "position_swapped"),
        ("nan", "113", "", "position_out_of_range"),
        ("48.85", "2.35", "", "position_abroad"),
        ("北", "113", "", "position_unread"),
        ("27.8", "113.1", "火星", "datum_unread"),
    ],
)
def test_a_position_that_cannot_be_is_left_out(lat, lon, datum, code):
    made, problems = read(lat=lat, lon=lon, datum=datum)

    assert problems == [("lat", code)]
    assert made["venue"]["lat"] is None


def test_about_there_is_never_taken_for_exact():
    about, _ = read(approx_lat="27.82", approx_lon="113.08")
    assert (about["venue"]["lat"], about["venue"]["geo_quality"]) == (27.82, "inherited")

    exact, _ = read(about, lat="27.82", lon="113.08")
    assert exact["venue"]["geo_quality"] == "surveyed"
    assert read(exact, approx_lat="27.9", approx_lon="113.2")[0] == exact


def test_facts_say_what_is_there_what_is_not_and_since_when_that_is_known():
    first, _ = read(facts="轮椅坡道、没有电梯、无障碍卫生间")
    assert first["venue"]["facts"] == {
        "wheelchair_ramp": {"there": True, "verified_on": "2026-11-23"},
        "lift": {"there": False, "verified_on": "2026-11-23"},
        "accessible_toilet": {"there": True, "verified_on": "2026-11-23"},
    }

    first["venue"]["facts"]["lift"]["verified_on"] = "2020-01-01"
    again, _ = read(first, facts="!lift、停车位")
    assert again["venue"]["facts"]["lift"]["verified_on"] == "2020-01-01"
    assert set(again["venue"]["facts"]) == {"wheelchair_ramp", "lift", "accessible_toilet", "parking"}
    only, _ = read(first, facts="停车位", clears=True)
    assert set(only["venue"]["facts"]) == {"parking"}


def test_what_is_made_up_stays_marked():
    made, _ = read(office(station_id="demo-430211-1"), name="天元区法律援助中心")

    assert made["name"] == "〔演示〕天元区法律援助中心"
    assert read(made, name="〔演示〕某所")[0]["name"] == "〔演示〕某所"
