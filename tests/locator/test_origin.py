import pytest
from sqlalchemy import update

from core.errors import Malformed, NotFound
from locator import needs, origin, whereabouts
from locator.coords import Datum, Position
from locator.kinds import Fact, Service, StationKind
from locator.models import Station
from locator.nearest import geodesic
from locator.needs import Need

PINGXIANG = Position(27.6229, 113.8547, Datum.WGS84)


def test_begins_at_a_position_and_says_no_more_of_it(country):
    begun = origin.at(Position(27.876, 113.113, Datum.WGS84), "43")

    assert begun.name == "您的位置"
    assert not begun.is_approximate
    assert not begun.is_outside_province
    assert begun.competent is None


def test_nothing_is_measured_for_a_position_on_the_other_side_of_the_earth(monkeypatch):
    monkeypatch.setattr(geodesic, "metres", None)

    for far in Position(-27.6, -66.9, Datum.WGS84), Position(-33.4, -70.6, Datum.WGS84), Position(0, -150, Datum.WGS84):
        with pytest.raises(Malformed, match="position_nowhere"):
            whereabouts.division_at(far)


@pytest.mark.parametrize(("code", "name"), [("430204", "湖南省株洲市石峰区"), ("43", "湖南省")])
def test_begins_at_the_point_of_a_division(country, code, name):
    begun = origin.at(None, code)

    assert begun.name == name
    assert begun.is_approximate
    assert not begun.is_outside_province


def test_begins_at_the_township_of_a_village(country):
    village = origin.queries.children("430204002")[0]

    assert origin.at(None, village.code).position == origin.at(None, "430204002").position


def test_says_who_is_competent_in_another_province(country):
    begun = origin.at(PINGXIANG, None)

    assert begun.is_outside_province
    assert begun.name == "您的位置（江西省萍乡市安源区一带）"
    assert begun.competent == (
        "您在江西省萍乡市安源区一带，请找江西省萍乡市安源区的法律援助机构，或者在当地打 12348：电话会接到当地。"
    )


def test_names_the_agency_of_another_province_where_it_is_known(country):
    there = {"division_code": "3603", "name": "萍乡市法律援助中心", "phone": "0799-6832148"}
    country.execute(
        update(Station).where(Station.id == "demo-4301-1").values(kind=StationKind.LEGAL_AID_CENTRE, **there)
    )

    begun = origin.at(None, "360302")

    assert (
        begun.competent
        == "您在江西省萍乡市安源区一带，请找当地的萍乡市法律援助中心（电话 0799-6832148），或者在当地打 12348。"
    )


@pytest.mark.parametrize(("lat", "lon"), [(20.0, 130.0), (0.0, 100.0), (51.5, -0.1), (-89.0, 10.0), (35.7, 139.7)])
def test_knows_nobody_in_the_sea_or_abroad(lat, lon):
    with pytest.raises(Malformed) as refused:
        origin.at(Position(lat, lon, Datum.WGS84), None)

    assert refused.value.code == "position_nowhere"


def test_says_which_division_has_no_point(country, monkeypatch):
    monkeypatch.setattr(whereabouts, "_known", dict)

    with pytest.raises(NotFound) as refused:
        origin.at(None, "430204")

    assert refused.value.code == "place_without_point"


def test_says_that_it_needs_to_know_where_to_begin():
    with pytest.raises(Malformed) as refused:
        origin.at(None, None)

    assert refused.value.code == "origin_missing"


def test_every_service_and_fact_is_a_need_with_a_name():
    others = {one.value for one in (*Service, *Fact)}

    assert {need.value for need in Need if need not in needs.OPENINGS} == others
    assert needs.LABELS.keys() == set(Need)
    assert sorted(needs.LET_GO_FIRST) == sorted(Need)


def test_what_is_not_there_is_no_bit():
    found = needs.offered("court", ["video", "unheard_of"], {"lift": {"there": False}, "parking": {"there": True}})

    assert found == needs.KIND_BITS[StationKind.COURT] | needs.BITS[Need.VIDEO] | needs.BITS[Need.PARKING]
