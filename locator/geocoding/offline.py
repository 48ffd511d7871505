"""The geocoder that asks nobody: divisions of the country, villages of Hunan, stations and their buildings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from core.errors import NotFound
from locator import gazetteer, queries, search, whereabouts
from locator.geocoding import addresses
from locator.geocoding.place import Place
from locator.kinds import APPROXIMATE, GeoQuality
from locator.region import Region

TOWNSHIP, VILLAGE = 4, 5
SOURCE = "本站地名库"
VILLAGE_NOTE = "没有村（社区）的准确位置，用的是所在乡镇（街道）的位置。"
WIDER_NOTE = "没有这个地方的准确位置，用的是{name}的位置。"
ABOUT_NOTE = "位置是大概的。"


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Finds places by name, path, pinyin or an address that names a division."""

    def __init__(self) -> None:
        """Need nothing."""
        super().__init__(user_agent="rufa")

    def geocode(
        self, query: str, *, exactly_one: bool = True, limit: int = 10, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Give the likeliest place, or several to choose from; nothing where nothing fits."""
        del timeout  # nobody is waited for
        found = [place.location for place in self.places(query, limit)]
        if exactly_one:
            return found[0] if found else None
        return found or None

    def places(self, query: str, limit: int) -> list[Place]:
        """Give what may be meant, the likeliest first."""
        typed = search.letters(query)
        if not typed:
            return []
        named = addresses.named(typed)
        stations = [] if any(not one.rest for one in named) else _stations(typed, limit)
        places = [*map(_of_station, stations), *_of_regions(_regions(named, typed, limit))]
        return list(dict.fromkeys(places))[:limit]


def _stations(typed: str, limit: int) -> Sequence[Any]:
    return queries.stations_named(typed, limit=limit) if len(typed) <= search.LONGEST else []


def _regions(named: Sequence[addresses.Named], typed: str, limit: int) -> Sequence[Region]:
    """Give the divisions whose names are all that was typed; else what sounds alike; else those an address names."""
    is_all = named and not any(one.rest for one in named)
    if not is_all and len(typed) <= search.LONGEST and (found := search.find(typed, limit=limit)):
        return found
    codes = [one.code for one in named[:limit]]
    known = queries.regions(codes)
    return [_narrowed(known[one.code], one.rest) for one in named[:limit] if one.code in known]


def _narrowed(region: Region, rest: str) -> Region:
    """Go down to the village an address names after its township."""
    if region.level != TOWNSHIP or not rest:
        return region
    below = [child for child in queries.children(region.code) if search.letters(child.name) in rest]
    return max(below, key=lambda child: len(child.name), default=region)


def _of_regions(regions: Iterable[Region]) -> Iterable[Place]:
    for region in regions:
        try:
            spot = whereabouts.of(region)
        except NotFound:
            continue
        note = _note(region, spot.code)
        plain = spot.position
        yield Place(region.name, region.full_name, plain.lat, plain.lon, region.code, bool(note), note)


def _note(region: Region, code: str) -> str:
    if code == region.code:
        return ABOUT_NOTE if _is_computed(code) else ""
    if region.level == VILLAGE:
        return VILLAGE_NOTE
    return WIDER_NOTE.format(name=queries.division(code).name)


def _is_computed(code: str) -> bool:
    point = gazetteer.points().get(code)
    return point is not None and point.quality == GeoQuality.SYNTHETIC


def _of_station(row: Any) -> Place:
    about = ABOUT_NOTE if row.geo_quality in APPROXIMATE else ""
    return Place(row.name, row.address, row.lat, row.lon, row.division_code, bool(about), about)
