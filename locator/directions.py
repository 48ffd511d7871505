"""Opening a place in somebody's map, each in the datum it wants. Only where to, never where from (C10, C19).

The first three have documented addresses. 天地图 publishes none for its site (what is published is for programs with a
key, and what others write differs), so that its link names the middle and the words to look for, and opens the map in
any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from locator.coords import Datum, Position

SOURCE = "rufa"
DIGITS = 6  # of a degree: a decimetre


@dataclass(frozen=True, slots=True)
class Directions:
    """Links to four maps, and the point as WeChat's `openLocation` takes it."""

    amap: str
    tencent: str
    baidu: str
    tianditu: str
    lat: float
    lon: float


def to(name: str, place: Position, address: str = "") -> Directions:
    """Make the links to a place."""
    plain, mars, baidu = (place.to(datum) for datum in (Datum.WGS84, Datum.GCJ02, Datum.BD09))
    return Directions(
        amap=_link(
            "https://uri.amap.com/navigation",
            {"to": f"{_lon_lat(mars)},{name.replace(',', '，')}", "mode": "walk", "coordinate": "gaode", "src": SOURCE},
        ),
        tencent=_link(
            "https://apis.map.qq.com/uri/v1/routeplan",
            {"type": "walk", "to": name, "tocoord": _lat_lon(mars), "referer": SOURCE},
        ),
        baidu=_link(
            "https://api.map.baidu.com/marker",
            {
                "location": _lat_lon(baidu),
                "coord_type": "bd09ll",
                "title": name,
                "content": address or name,
                "output": "html",
                "src": SOURCE,
            },
        ),
        tianditu=_link(
            "https://map.tianditu.gov.cn/",
            {"center": _lon_lat(plain), "level": "16", "keyWord": name},
        ),
        lat=round(mars.lat, DIGITS),
        lon=round(mars.lon, DIGITS),
    )


def _link(base: str, said: dict[str, str]) -> str:
    return f"{base}?{urlencode(said, quote_via=quote)}"


def _lat_lon(point: Position) -> str:
    return f"{point.lat:.{DIGITS}f},{point.lon:.{DIGITS}f}"


def _lon_lat(point: Position) -> str:
    return f"{point.lon:.{DIGITS}f},{point.lat:.{DIGITS}f}"
