"""Which stations of a file are in one building: then they share its address, position, facts and photograph (C02).

Two rows name one building where both say the same code of a building, or where their addresses are the same and their
points within a few metres. What the rows say of the building is put together, the earlier row having the word; whoever
stands in that building already gets the same building, and is listed as changed if that changes anything.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from core.db import session
from locator.kinds import GeoQuality
from locator.models import Division, Station, Venue
from locator.nearest import geodesic
from locator.upkeep import entry, reading
from locator.upkeep.columns import StationColumn
from locator.upkeep.entry import Entry
from locator.upkeep.matching import Meant

METRES = 20.0  # two points of one building: it has more than one door
WHOLE = ("lat", "lon", "datum", "geo_quality")  # say something only together
TEXTS = ("name", "address", "transport")


@dataclass(slots=True)
class House:
    """A building of a file: the rows in it, and those who stand in it already."""

    rows: list[Meant]
    venue_id: str = ""
    venue: Entry = field(default_factory=dict)
    others: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def names(self) -> str:
        """Name those of the file who share it."""
        return "、".join(dict.fromkeys(row.name for row in self.rows))


def houses(rows: Sequence[Meant], reach: str, today: date) -> list[House]:
    """Find the buildings several rows are in, or a row and somebody who stands there."""
    rows = [row for row in rows if _names_one(row.line.cells)]
    said = {row.station_id: reading.read(_nothing(row), row.line.cells, today=today)[0]["venue"] for row in rows}
    found = [House(some) for some in _grouped(rows, said)]
    firsts = [house.rows[0] for house in found if StationColumn.VENUE_CODE not in _told(house.rows[0])]
    neighbours = _standing_at(firsts, said, reach)
    made = []
    for house in found:
        _settle(house, said, neighbours.get(house.rows[0].station_id, {}))
        if len(house.rows) + len(house.others) > 1:
            made.append(house)
    return made


def housed(said: Entry, house: House) -> Entry:
    """Give an entry in a building it shares."""
    return {**said, "house": house.venue_id, "venue": house.venue}


def _names_one(cells: Mapping[StationColumn, str]) -> bool:
    """Say whether a row may name a building at all: most files say nothing exact, and are not read twice."""
    exact = cells.get(StationColumn.ADDRESS) and cells.get(StationColumn.LAT) and cells.get(StationColumn.LON)
    return bool(cells.get(StationColumn.VENUE_CODE) or exact) and not reading.is_retired(cells)


def _told(row: Meant) -> set[StationColumn]:
    return {column for column, text in row.line.cells.items() if text}


def _nothing(row: Meant) -> Entry:
    return reading.placed(reading.blank(row.station_id, ""), row.kind, row.region)


def _grouped(rows: Sequence[Meant], said: Mapping[str, Entry]) -> Iterable[list[Meant]]:
    """Put rows together that name one building; a row that names none by code or exact point is left out."""
    named: dict[tuple[str, str], list[Meant]] = defaultdict(list)
    for row in rows:
        code = row.line.cells.get(StationColumn.VENUE_CODE, "")
        venue = said[row.station_id]
        if code:
            named["", _tidy(code)].append(row)
        elif venue["address"] and venue["geo_quality"] == GeoQuality.SURVEYED:
            named[_tidy(venue["address"]), ""].append(row)
    for (address, _), some in named.items():
        yield from _close(some, said) if address else [some]


def _close(rows: list[Meant], said: Mapping[str, Entry]) -> list[list[Meant]]:
    """Part rows of one address by where they are: the same words may be two places of two counties."""
    groups: list[list[Meant]] = []
    for row in rows:
        here = said[row.station_id]
        group = next((some for some in groups if is_near(here, said[some[0].station_id])), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return groups


def is_near(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two points are of one building."""
    here, there = (geodesic.spot(said["lat"], said["lon"]) for said in (one, other))
    return math.dist(here, there) <= METRES


def _standing_at(firsts: Sequence[Meant], said: Mapping[str, Entry], reach: str) -> Mapping[str, Mapping[str, Entry]]:
    """Give those of one's reach who stand where these rows are: at the same address, within a few metres."""
    columns = (Station.id, Venue.address, Venue.lat, Venue.lon)
    mine = Division.lineage.startswith(reach) & Station.retired_on.is_(None) & Station.is_demo.is_(False)
    at: dict[str, list[Any]] = defaultdict(list)
    for some in entry.batches(sorted({said[row.station_id]["address"] for row in firsts} - {""})):
        joined = select(*columns).join(Venue, Venue.id == Station.venue_id)
        joined = joined.join(Division, Division.code == Station.division_code)
        exact = Venue.address.in_(some) & (Venue.geo_quality == GeoQuality.SURVEYED) & mine
        for row in session().execute(joined.where(exact).order_by(Station.id)).mappings():
            at[row["address"]].append(row)
    near = {
        row.station_id: [one["id"] for one in at[venue["address"]] if is_near(venue, one)]
        for row in firsts
        for venue in [said[row.station_id]]
    }
    entries = entry.standing(one for some in near.values() for one in some)
    return {key: {one: entries[one] for one in some} for key, some in near.items()}


def _settle(house: House, said: Mapping[str, Entry], near: Mapping[str, Entry]) -> None:
    """Say which building it is, and what is known of it."""
    inside = {row.station_id for row in house.rows}
    standing = {**near, **entry.standing(inside)}
    first = next((standing[key] for key in sorted(standing)), None)
    start = first or _nothing(house.rows[0])
    house.venue_id = first["house"] if first else house.rows[0].station_id
    house.venue = _together(start["venue"], [said[row.station_id] for row in house.rows])
    house.venue["division_code"] = start["venue"]["division_code"]
    house.others = {key: one for key, one in standing.items() if key not in inside}


def _together(standing: Entry, rows: Sequence[Entry]) -> Entry:
    """Put what rows say of a building over what stands, the earlier row having the word."""
    made: Entry = {**standing, "facts": dict(standing["facts"])}
    for one in reversed(rows):
        made |= {name: one[name] for name in TEXTS if one[name]}
        if one["geo_quality"] == GeoQuality.SURVEYED:
            made |= {name: one[name] for name in WHOLE}
        for fact, told in one["facts"].items():
            if standing["facts"].get(fact, {}).get("there") is not told["there"]:
                made["facts"][fact] = told
            else:
                made["facts"][fact] = standing["facts"][fact]
    return made


def _tidy(said: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", said).lower() if one.isalnum())
