"""Cells that belong together: where a place is, what it has, when that was last confirmed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from core.errors import Malformed
from locator import coords, words
from locator.coords import Datum
from locator.kinds import Fact, GeoQuality
from locator.upkeep.cells import one_of, several
from locator.upkeep.columns import StationColumn
from locator.upkeep.entry import Entry

Cells = Mapping[StationColumn, str]
DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?")
LACKING = ("没有", "!")
DECIMALS = 7  # of a degree: a centimetre
CLOSE = 1e-6
DATUMS = {
    "wgs84": Datum.WGS84,
    "cgcs2000": Datum.WGS84,
    "gcj02": Datum.GCJ02,
    "高德": Datum.GCJ02,
    "腾讯": Datum.GCJ02,
    "bd09": Datum.BD09,
    "百度": Datum.BD09,
}
FACTS = {label: one for one, label in words.ACCESSIBILITY.items()} | {one.value: one for one in Fact}


def position(made: Entry, cells: Cells, _today: date, clears: bool) -> None:
    """Read where it is: exactly, or about, never the one for the other."""
    venue, lat, lon = made["venue"], cells.get(StationColumn.LAT), cells.get(StationColumn.LON)
    if bool(lat) != bool(lon):
        raise Malformed("position_half")
    if lat and lon:
        _surveyed(venue, _degrees(lat), _degrees(lon), _datum(cells.get(StationColumn.DATUM, "")))
        return
    if clears and lat is not None:
        venue |= {"lat": None, "lon": None, "geo_quality": GeoQuality.NONE.value}
    if venue["geo_quality"] in (GeoQuality.NONE, GeoQuality.INHERITED):
        lat, lon = cells.get(StationColumn.APPROX_LAT), cells.get(StationColumn.APPROX_LON)
        if lat and lon:  # somewhere in the division: good enough to sort by, never shown as exact
            point = coords.located(_degrees(lat), _degrees(lon), Datum.WGS84)
            venue |= {"lat": point.lat, "lon": point.lon, "geo_quality": GeoQuality.INHERITED.value}


def _surveyed(venue: Entry, lat: float, lon: float, datum: Datum) -> None:
    point = coords.located(lat, lon, datum)
    if not coords.in_china(point):
        raise Malformed("position_abroad")
    plain = point.to(Datum.WGS84)
    stands = venue["lat"] is not None and math.dist((plain.lat, plain.lon), (venue["lat"], venue["lon"])) < CLOSE
    if not (stands and venue["geo_quality"] != GeoQuality.INHERITED):
        found = {"lat": round(plain.lat, DECIMALS), "lon": round(plain.lon, DECIMALS), "datum": datum.value}
        venue |= found | {"geo_quality": GeoQuality.SURVEYED.value}


def _degrees(said: str) -> float:
    try:
        return float(unicodedata.normalize("NFKC", said).rstrip("°"))
    except ValueError:
        raise Malformed("position_unread") from None


def _datum(said: str) -> Datum:
    plain = unicodedata.normalize("NFKC", said).lower().replace("-", "").replace(" ", "")
    return one_of(DATUMS, plain, "datum_unread") if plain else Datum.WGS84


def facts(made: Entry, cells: Cells, today: date, clears: bool) -> None:
    """Read what makes it easier to use; what is said anew was looked at today."""
    said = cells.get(StationColumn.FACTS)
    if said is None or not (said or clears):
        return
    told = {}
    for one in several(said):
        lacks = one.startswith(LACKING) and one not in FACTS
        plain = one.removeprefix(LACKING[0]).removeprefix(LACKING[1]) if lacks else one
        told[one_of(FACTS, plain, "station_facts_unread")] = not lacks
    before, found = made["venue"]["facts"], {}
    for fact in Fact:
        if fact in told:
            stands = before.get(fact, {}).get("there") is told[fact]
            found[fact.value] = before[fact] if stands else {"there": told[fact], "verified_on": today.isoformat()}
        elif fact in before and not clears:
            found[fact.value] = before[fact]
    made["venue"]["facts"] = found


def confirmed_on(made: Entry, cells: Cells, today: date, clears: bool) -> None:
    """Read when the office last said that all this is so."""
    said = cells.get(StationColumn.CONFIRMED_ON, "")
    if not said:
        made["confirmed_on"] = None if clears and StationColumn.CONFIRMED_ON in cells else made["confirmed_on"]
        return
    found = DAY.fullmatch(said)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day > today:
        raise Malformed("confirmed_day_unread")
    made["confirmed_on"] = day.isoformat()


TOGETHER = {position: StationColumn.LAT, facts: StationColumn.FACTS, confirmed_on: StationColumn.CONFIRMED_ON}
