"""Map services as geocoders of geopy's kind, each with the datum of its answers (RULEBOOK CO-7, CO-8)."""

from __future__ import annotations

import abc
import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import geopy.util
from geopy.exc import GeocoderServiceError
from geopy.geocoders import BaiduV3
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from core.settings import Settings
from locator.coords import Datum, Position
from locator.geocoding.fetching import SECONDS, OneHost
from locator.geocoding.place import of_position

geopy.util.logger.disabled = True  # it writes addresses, and the key with them (TRUST P3)


class Service(Geocoder, abc.ABC):  # type: ignore[misc]  # geopy has no types
    """A map service that answers with one point. What differs is the question, the answer and the datum."""

    name: str
    origin: str
    datum: Datum

    def __init__(self, key: str, *, origin: str = "", seconds: float = SECONDS, inside: Sequence[str] = ()) -> None:
        """Ask with this key; `origin` stands in for the service's own host, perhaps `inside` one of our networks."""
        self.at = origin or self.origin
        super().__init__(adapter_factory=functools.partial(_one_host, self.at, seconds, inside), user_agent="rufa")
        self.key = key

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:
        """Give the point of an address, or nothing."""
        read = functools.partial(self._read, query)
        found: Location | None = self._call_geocoder(self.url(query), read, timeout=timeout)
        return found if exactly_one or found is None else [found]

    @abc.abstractmethod
    def url(self, query: str) -> str:
        """Write the question."""

    @abc.abstractmethod
    def point(self, answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Take the point out of an answer; nothing where the service knows none."""

    def _read(self, query: str, answer: Any) -> Location | None:
        """Read an answer."""
        return _location(query, self.datum, lambda: self.point(answer))


class Tianditu(Service):
    """天地图: CGCS2000, which is WGS-84 for our purposes."""

    name = "天地图"
    origin = "https://api.tianditu.gov.cn"
    datum = Datum.WGS84
    FOUND, EMPTY = "0", "101"

    def url(self, query: str) -> str:
        """Write the question."""
        asked = json.dumps({"keyWord": query}, ensure_ascii=False)
        return f"{self.at}/geocoder?{urlencode({'ds': asked, 'tk': self.key})}"

    def point(self, answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Take the point out."""
        status = str(answer.get("status"))
        if status not in (self.FOUND, self.EMPTY):
            raise GeocoderServiceError("refused")
        point: Mapping[str, Any] | None = answer.get("location")
        return {"lat": point["lat"], "lng": point["lon"]} if point and status == self.FOUND else None


class Tencent(Service):
    """腾讯位置服务: GCJ-02."""

    name = "腾讯位置服务"
    origin = "https://apis.map.qq.com"
    datum = Datum.GCJ02
    FOUND, EMPTY = 0, 347

    def url(self, query: str) -> str:
        """Write the question."""
        return f"{self.at}/ws/geocoder/v1/?{urlencode({'address': query, 'key': self.key})}"

    def point(self, answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Take the point out."""
        if answer.get("status") not in (self.FOUND, self.EMPTY):
            raise GeocoderServiceError("refused")
        found: Mapping[str, Any] | None = (answer.get("result") or {}).get("location")
        return found


class Baidu(BaiduV3):  # type: ignore[misc]  # geopy has no types
    """百度地图: BD-09. geopy's own, whose answers name a level in the place of an address (RULEBOOK CO-7)."""

    name = "百度地图"
    origin = "https://api.map.baidu.com"
    datum = Datum.BD09

    def __init__(self, key: str, *, origin: str = "", seconds: float = SECONDS, inside: Sequence[str] = ()) -> None:
        """Ask with this key; `origin` stands in for the service's own host, perhaps `inside` one of our networks."""
        at = origin or self.origin
        super().__init__(key, adapter_factory=functools.partial(_one_host, at, seconds, inside), user_agent="rufa")
        self.api = f"{at}{self.api_path}"

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:
        """Give the point of an address, or nothing."""
        found = super().geocode(query, timeout=timeout)
        if found is None:
            return None
        made = _location(query, self.datum, lambda: {"lat": found.latitude, "lng": found.longitude})
        return made if exactly_one else [made]

    def _parse_json(self, page: Any, exactly_one: bool = True) -> Any:
        """Read an answer; geopy's own takes one that says it failed, if it says a point too."""
        if not isinstance(page, dict) or page.get("status") != 0:
            raise GeocoderServiceError("refused")
        try:
            return super()._parse_json(page, exactly_one)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise GeocoderServiceError("not understood") from None


SERVICES: Mapping[str, Any] = {"tianditu": Tianditu, "tencent": Tencent, "baidu": Baidu}


def chosen(given: Settings) -> Any:
    """Make the service the settings name; nothing where places are looked up offline alone."""
    made = SERVICES.get(given.geocoder)
    if made is None:
        return None
    return made(given.geocoder_key, origin=given.geocoder_url, inside=given.geocoder_networks)


def _one_host(origin: str, seconds: float, inside: Sequence[str], **_of_geopy: Any) -> OneHost:
    return OneHost(origin, seconds, inside)


def _location(query: str, datum: Datum, point: Any) -> Location | None:
    try:
        found = point()
        if found is None:
            return None
        return of_position(Position(float(found["lat"]), float(found["lng"]), datum), query, query).location
    except (KeyError, TypeError, ValueError, AttributeError):
        raise GeocoderServiceError("not understood") from None
