"""Where a search begins: a point or a region. It travels in the bodies of forms alone, and is kept nowhere (C19)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.forms import Reading, problem

LONGEST_PLACE = 100
LONGEST_CODE = 12
DATUMS = ("WGS84", "GCJ02", "BD09")
DIGITS = 5  # of a degree: a metre


@dataclass(frozen=True, slots=True)
class Origin:
    """Where to begin: a point, with its name where it was typed, or a region."""

    lat: float | None = None
    lon: float | None = None
    datum: str = DATUMS[0]
    where: str = ""
    region: str = ""

    @property
    def variables(self) -> dict[str, Any]:
        """Give it as the document takes it."""
        if self.region:
            return {"region": self.region}
        return {"position": {"lat": self.lat, "lon": self.lon, "datum": self.datum}}

    @property
    def written(self) -> str:
        """Write it on a button, for `read`."""
        return self.region or f"{self.lat},{self.lon},{self.datum},{self.where}"


def found(place: Mapping[str, Any]) -> Origin:
    """Begin at a place that was found by its name; one that stands for something wider is taken as that."""
    if place["isApproximate"] and place["divisionCode"]:
        return Origin(region=place["divisionCode"])
    lat, lon = round(place["lat"], DIGITS), round(place["lon"], DIGITS)
    return Origin(lat, lon, str(place["datum"]), where=place["fullName"])


def read(reading: Reading) -> Origin | None:
    """Read where to begin; none where it is not said."""
    form = _picked(reading.form.get("pick", "")) or reading.form
    region = form.get("region", "")
    if region.isascii() and region.isdigit() and len(region) <= LONGEST_CODE:
        return Origin(region=region)
    lat, lon = form.get("lat", ""), form.get("lon", "")
    if not lat and not lon:
        return None
    try:
        point = float(lat), float(lon)
    except ValueError:
        point = math.nan, math.nan
    if not all(map(math.isfinite, point)):
        reading.problems.append(problem("position_unreadable", "place"))
        return None
    datum = form.get("datum", "")
    where = Reading(form).line("where")[:LONGEST_PLACE]
    return Origin(*point, datum=datum if datum in DATUMS else DATUMS[0], where=where)


def _picked(written: str) -> MultiDict[str, str]:
    """Read what a button says: one of several places that were found."""
    if "," not in written:
        return MultiDict({"region": written} if written else {})
    return MultiDict(zip(("lat", "lon", "datum", "where"), written.split(",", 3), strict=False))
