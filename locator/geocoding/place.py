"""A place that may be meant, and how geocoders of geopy's kind hand it over."""

from __future__ import annotations

from dataclasses import dataclass

from geopy.location import Location

from locator.coords import Datum, Position


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its point in WGS-84."""

    name: str
    full_name: str
    lat: float
    lon: float
    division_code: str | None = None
    is_approximate: bool = False
    note: str = ""

    @property
    def datum(self) -> Datum:
        """Say the frame of the point."""
        return Datum.WGS84

    @property
    def position(self) -> Position:
        """Say where it is."""
        return Position(self.lat, self.lon, self.datum)

    @property
    def location(self) -> Location:
        """Give it as geopy does; `raw["place"]` is this."""
        return Location(self.full_name, (self.lat, self.lon), {"place": self})


def of_position(position: Position, name: str, full_name: str) -> Place:
    """Make a place of a point in any frame."""
    plain = position.to(Datum.WGS84)
    return Place(name, full_name, plain.lat, plain.lon)
