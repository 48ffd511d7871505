"""Looking a place up: by the map service that is set, and offline whenever it does not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geopy.exc import GeopyError

from core import logs, settings
from core.errors import Malformed, Unavailable
from core.sms import Breaker
from locator import search
from locator.coords import in_china
from locator.geocoding import addresses, services
from locator.geocoding.offline import SOURCE, Gazetteer
from locator.geocoding.place import Place

LONGEST = 100  # characters of an address
MOST = 20
_breaker = Breaker()
_offline = Gazetteer()


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed place may mean, and who says so."""

    places: Sequence[Place]
    source: str


def look_up(text: str, first: int) -> Found:
    """Say what a typed place may mean; several are to be chosen from."""
    if len(text) > LONGEST:
        raise Malformed("address_too_long", limit=LONGEST)
    service = services.chosen(settings.current())
    if service is not None and _is_address(text) and (place := _asked(service, text)):
        return Found([place], service.name)
    return Found(_offline.places(text, first), SOURCE)


def _is_address(text: str) -> bool:
    """Say whether it goes beyond a division's name: nobody outside is asked what we know ourselves."""
    typed = search.letters(text)
    return bool(typed) and all(one.rest for one in addresses.named(typed))


def _asked(service: Any, text: str) -> Place | None:
    """Ask outside; whatever goes wrong there, nobody is told more than that it did."""
    try:
        _breaker.check()
        found = service.geocode(text)
    except Unavailable:
        return None
    except GeopyError as fault:
        _breaker.note(went_well=False)
        logs.get("geocoder").warning("geocoder.away", exc_info=fault)
        return None
    _breaker.note(went_well=True)
    place: Place | None = found.raw["place"] if found else None
    return place if place and in_china(place.position) else None
