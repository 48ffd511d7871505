from urllib.parse import parse_qs, urlsplit

import pytest

from locator import directions
from locator.coords import Datum, Position

# RULEBOOK CO-6
CHANGSHA = Position(28.196000, 112.976200, Datum.WGS84)
NAME = "〔演示〕芙蓉区, 法律援助中心&#?𦰡"


def asked(link):
    parts = urlsplit(link)
    return parts, {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}


def test_opens_amap_in_its_datum():
    parts, query = asked(directions.to(NAME, CHANGSHA).amap)

    assert (parts.scheme, parts.netloc, parts.path) == ("https", "uri.amap.com", "/navigation")
    lon, lat, name = query["to"].split(",")
    assert (float(lat), float(lon)) == pytest.approx((28.192578, 112.981755), abs=2e-6)
    assert name == NAME.replace(",", "，")
    assert query["coordinate"] == "gaode"


def test_opens_tencent_in_its_datum():
    parts, query = asked(directions.to(NAME, CHANGSHA).tencent)

    assert (parts.netloc, parts.path) == ("apis.map.qq.com", "/uri/v1/routeplan")
    assert query["to"] == NAME
    lat, lon = map(float, query["tocoord"].split(","))
    assert (lat, lon) == pytest.approx((28.192578, 112.981755), abs=2e-6)


def test_opens_baidu_in_its_datum():
    parts, query = asked(directions.to(NAME, CHANGSHA, "五一大道").baidu)

    assert (parts.netloc, parts.path) == ("api.map.baidu.com", "/marker")
    assert query["coord_type"] == "bd09ll"
    assert (query["title"], query["content"]) == (NAME, "五一大道")
    assert tuple(map(float, query["location"].split(","))) == pytest.approx((28.198239, 112.988332), abs=2e-6)


def test_opens_tianditu_in_its_datum():
    _, query = asked(directions.to(NAME, CHANGSHA).tianditu)

    assert query["center"] == "112.976200,28.196000"


def test_gives_wechat_its_own_datum():
    made = directions.to(NAME, CHANGSHA)

    assert (made.lat, made.lon) == pytest.approx((28.192578, 112.981755), abs=2e-6)


def test_says_only_where_to():
    made = directions.to(NAME, CHANGSHA)

    for link in (made.amap, made.tencent, made.baidu, made.tianditu):
        assert "from" not in asked(link)[1]
        assert asked(directions.to(NAME, CHANGSHA.to(Datum.GCJ02)).amap) == asked(made.amap)
