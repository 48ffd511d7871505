import pytest
from sqlalchemy import update

from core import deadline
from core.errors import Malformed
from locator import gazetteer, geocoding, queries, search
from locator.geocoding.offline import ABOUT_NOTE, VILLAGE_NOTE, Gazetteer
from locator.models import Division, Station

TOWNSHIPS = [row for row in gazetteer.divisions(villages=False) if row.level == 4 and row.status == "active"]


def looked_up(text, first=10):
    return geocoding.look_up(text, first).places


def names(places):
    return [place.full_name for place in places]


@pytest.mark.no_cover
def test_knows_every_township_of_hunan_by_its_whole_name(country):
    points = gazetteer.points()
    with deadline.running(120):
        for row in TOWNSHIPS:
            found = looked_up(row.full_name, 2)

            assert [place.division_code for place in found] == [row.code], row.full_name
            assert (found[0].lat, found[0].lon) == (points[row.code].lat, points[row.code].lon)
    assert len(TOWNSHIPS) == 1_947


@pytest.mark.no_cover
def test_lists_every_township_of_hunan_under_its_name_alone(country):
    with deadline.running(120):
        for row in TOWNSHIPS:
            found = looked_up(row.name, geocoding.MOST)

            assert row.code in {place.division_code for place in found}, row.full_name


def test_lists_places_of_one_name_to_choose_from(country):
    found = looked_up("鼓楼区")

    assert set(names(found)) == {"江苏省南京市鼓楼区", "江苏省徐州市鼓楼区", "福建省福州市鼓楼区", "河南省开封市鼓楼区"}
    assert {place.name for place in found} == {"鼓楼区"}


@pytest.mark.parametrize(
    ("text", "full_name"),
    [
        ("𦰡溪瑶族乡", "湖南省邵阳市洞口县𦰡溪瑶族乡"),
        ("洞口县𦰡溪", "湖南省邵阳市洞口县𦰡溪瑶族乡"),
        ("斫𥕢乡", "湖南省邵阳市邵东市斫𥕢乡"),
        ("石峰", "湖南省株洲市石峰区"),
        ("  石 峰 区  ", "湖南省株洲市石峰区"),
        ("株洲石峰响石岭", "湖南省株洲市石峰区响石岭街道"),
        ("shifengqu", "湖南省株洲市石峰区"),
        ("湖南省株洲市石峰区响石岭街道丁山路5号", "湖南省株洲市石峰区响石岭街道"),
        ("湖南省（株洲市）石峰区(响石岭街道)丁山路（5号）", "湖南省株洲市石峰区响石岭街道"),
        ("石峰区石峰公园", "湖南省株洲市石峰区"),
    ],
)
def test_understands_how_people_write(country, text, full_name):
    assert names(looked_up(text))[0] == full_name


def test_gives_a_village_the_point_of_its_township_and_says_so(country):
    township = queries.division("430204002")
    village = queries.children(township.code)[0]

    for text in (village.full_name, f"{township.full_name}{village.name}王家湾二组一百二十三号老村部旁边那一栋三楼"):
        found = looked_up(text)[0]
        assert found.full_name == village.full_name
        assert found.note == VILLAGE_NOTE
        assert found.is_approximate
        assert (found.lat, found.lon) == (looked_up(township.full_name)[0].lat, looked_up(township.full_name)[0].lon)


def test_says_where_a_point_is_only_about_right(country):
    assert looked_up("湖南省株洲市石峰区响石岭街道")[0].note == ABOUT_NOTE
    assert looked_up("湖南省株洲市石峰区")[0].note == ""


def test_stands_in_with_the_division_round_it_where_there_is_no_point(country):
    pointed = gazetteer.centres()
    counties = [row for row in gazetteer.divisions(villages=False) if row.level == 3 and row.code[:2] != "43"]
    missing = next(row for row in counties if row.code not in pointed and row.code[:4] in pointed)

    found = next(place for place in looked_up(missing.full_name) if place.division_code == missing.code)

    assert found.is_approximate
    assert found.note.startswith("没有这个地方的准确位置，用的是")


def test_leaves_out_what_has_no_point_at_all(country, monkeypatch):
    monkeypatch.setattr("locator.whereabouts._known", dict)

    assert looked_up("湖南省株洲市石峰区") == []


def test_leaves_out_divisions_that_were_never_brought_in(country):
    country.execute(update(Division).where(Division.code == "710000").values(name="x"))
    country.execute(update(Station).values(name="x"))
    queries.forget()

    assert looked_up("火星基地") == []


def test_finds_a_station_by_its_name(country):
    found = looked_up("株洲市石峰区公共法律服务中心")

    assert found[0].name == "〔演示〕株洲市石峰区公共法律服务中心"
    assert found[0].division_code == "430204"
    assert not found[0].note


def test_says_of_a_station_that_its_point_is_only_about_right(country):
    found = looked_up("响石岭街道公共法律服务工作站")

    assert found[0].note == ABOUT_NOTE


@pytest.mark.parametrize("text", ["", "  ", "、。！", "火星基地", "%", "_", "' OR 1=1 --"])
def test_gives_nothing_where_nothing_fits(country, text):
    assert looked_up(text) == []


def test_refuses_what_is_too_long_for_an_address():
    with pytest.raises(Malformed) as refused:
        looked_up("长" * (geocoding.LONGEST + 1))

    assert refused.value.code == "address_too_long"


def test_reads_an_address_longer_than_a_search(country):
    text = "湖南省株洲市石峰区响石岭街道" + "某小区" * 20

    assert len(text) > search.LONGEST
    assert names(looked_up(text)) == ["湖南省株洲市石峰区响石岭街道"]


def test_answers_as_geocoders_of_geopy_do(country):
    one = Gazetteer().geocode("石峰区")
    several = Gazetteer().geocode("鼓楼区", exactly_one=False, timeout=1)

    assert one.address == "湖南省株洲市石峰区"
    assert round(one.latitude) == 28
    assert len(several) == 4
    assert Gazetteer().geocode("火星基地") is None
    assert Gazetteer().geocode("火星基地", exactly_one=False) is None
