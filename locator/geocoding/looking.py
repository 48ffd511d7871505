"""Looking a place up: by the map service that is set, and offline whenever it does not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Malformed
from locator.geocoding.offline import SOURCE, Gazetteer
from locator.geocoding.place import Place

LONGEST = 100  # characters of an address
MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed place may mean, and who says so."""

    places: Sequence[Place]
    source: str


def look_up(text: str, first: int) -> Found:
    """Say what a typed place may mean; several are to be chosen from."""
    if len(text) > LONGEST:
        raise Malformed("address_too_long", limit=LONGEST)
    return Found(Gazetteer().places(text, first), SOURCE)
