"""Readers of cells, one a column: text goes in, the entry says it, or `Malformed` says why not."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from core.errors import Malformed
from locator import demo, words
from locator.hours import reading as hours
from locator.hours import wording
from locator.hours.line import parse
from locator.hours.reading import Reading
from locator.kinds import PlatformLevel, Service
from locator.upkeep.columns import StationColumn
from locator.upkeep.entry import Entry, is_demo

LIMITS = {
    StationColumn.NAME: 120,
    StationColumn.ADDRESS: 200,
    StationColumn.TRANSPORT: 300,
    StationColumn.PHONE: 60,
    StationColumn.HOURS: 300,
    StationColumn.SOURCE: 300,
    StationColumn.SOURCE_NOTE: 300,
    StationColumn.VENUE_NAME: 120,
}
BETWEEN = re.compile(r"[、,，;；|]\s*|\s+")
PHONE = re.compile(
    r"(?:0\d{2,3}-)?\d{7,8}(?:(?:-|转)\d{1,6})?|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|1\d{4}|9\d{4,5}|0\d{2,3}-1\d{4}"
)
MOST_KM, MOST_SLOTS = 200, 100
MOST_LANGUAGES, LONGEST_LANGUAGE = 10, 12
LEVELS = {
    "province": PlatformLevel.PROVINCE_CENTRE,
    "省级": PlatformLevel.PROVINCE_CENTRE,
    "prefecture": PlatformLevel.CITY_CENTRE,
    "city": PlatformLevel.CITY_CENTRE,
    "市级": PlatformLevel.CITY_CENTRE,
    "市州级": PlatformLevel.CITY_CENTRE,
    "county": PlatformLevel.COUNTY_CENTRE,
    "县级": PlatformLevel.COUNTY_CENTRE,
    "县区级": PlatformLevel.COUNTY_CENTRE,
    "township": PlatformLevel.TOWNSHIP_STATION,
    "乡镇": PlatformLevel.TOWNSHIP_STATION,
    "乡镇级": PlatformLevel.TOWNSHIP_STATION,
    "village": PlatformLevel.VILLAGE_POINT,
    "村级": PlatformLevel.VILLAGE_POINT,
    "联络点": PlatformLevel.LIAISON,
    **{level.value: level for level in PlatformLevel},
}
SERVICES = {label: one for one, label in words.SERVICES.items()} | {one.value: one for one in Service}
DOUBTS = frozenset({"hours_unread", "hours_assumed"})  # said, and kept all the same
_heard = functools.lru_cache(maxsize=1024)(hours.read)
Reader = Callable[[Entry, str], None]


def several(said: str) -> list[str]:
    """Cut a list people typed."""
    return [one for one in BETWEEN.split(said) if one]


def one_of(known: Mapping[str, Any], said: str, code: str) -> Any:
    """Find a word among those that are known."""
    found = known.get(said) or known.get(said.lower())
    if found is None:
        raise Malformed(code)
    return found


def _text(*way: str, column: StationColumn, needed: str = "") -> Reader:
    def put(made: Entry, said: str) -> None:
        if len(said) > LIMITS[column]:
            raise Malformed("cell_too_long", limit=LIMITS[column])
        if needed and not said:
            raise Malformed(needed)
        target = made["venue"] if way[0] == "venue" else made
        target[way[-1]] = said

    return put


def _name(made: Entry, said: str) -> None:
    _text("name", column=StationColumn.NAME, needed="station_name_missing")(made, said)
    if is_demo(made["id"]) and not said.startswith(demo.MARK):
        made["name"] = f"{demo.MARK}{said}"  # what is made up stays marked


def _phone(made: Entry, said: str) -> None:
    plain = unicodedata.normalize("NFKC", said)
    plain = re.sub(r"\((0\d{2,3})\)\s*", r"\1-", re.sub(r"\s*[-‐‑‒–—―]+\s*", "-", plain))
    numbers = [one for one in re.split(r"[、,;/|]\s*|\s+", plain) if one]
    if not all(PHONE.fullmatch(one) for one in numbers):
        raise Malformed("station_phone_unread")
    _text("phone", column=StationColumn.PHONE)(made, "、".join(numbers))


def _level(made: Entry, said: str) -> None:
    made["level"] = one_of(LEVELS, said, "station_level_unread").value


def _services(made: Entry, said: str) -> None:
    found = {one_of(SERVICES, one, "station_services_unread") for one in several(said)}
    made["services"] = [service.value for service in Service if service in found]


def _languages(made: Entry, said: str) -> None:
    found = list(dict.fromkeys(several(said)))
    if len(found) > MOST_LANGUAGES or any(len(one) > LONGEST_LANGUAGE for one in found):
        raise Malformed("station_languages_unread")
    made["languages"] = found


def _figure(field: str, most: int) -> Reader:
    def put(made: Entry, said: str) -> None:
        plain = unicodedata.normalize("NFKC", said or "0")
        if not (plain.isascii() and plain.isdigit() and int(plain) <= most):
            raise Malformed("station_figure_unread", limit=most)
        made[field] = int(plain)

    return put


def hours_in_words(said: Entry) -> str:
    """Give the hours as the office wrote them; where it wrote none, as the line says them."""
    return str(said["hours_text"] or told(said["hours"]))


@functools.lru_cache(maxsize=1024)
def told(line: str) -> str:
    """Say a line of hours in words."""
    return wording.words(parse(line)) if line else ""


def _hours(made: Entry, said: str) -> None:
    """Keep what the office wrote, and the line it means where that can be told."""
    if len(said) > LIMITS[StationColumn.HOURS]:
        raise Malformed("cell_too_long", limit=LIMITS[StationColumn.HOURS])
    if said and not made["hours_text"] and said == told(made["hours"]):
        return  # as the form showed it
    found = _heard(said) if said else Reading("")
    line = found.line if found.line is not None and len(found.line) <= LIMITS[StationColumn.HOURS] else None
    made["hours"] = line or ""
    made["hours_text"] = "" if said == line else said
    if line is None:
        raise Malformed("hours_unread", said=found.unread or said)
    beside = [*found.assumptions, *([f"没有用上“{found.leftover}”"] if found.leftover else [])]
    if beside:
        raise Malformed("hours_assumed", said="；".join(beside))


READERS: Mapping[StationColumn, Reader] = {
    StationColumn.NAME: _name,
    StationColumn.LEVEL: _level,
    StationColumn.VENUE_NAME: _text("venue", "name", column=StationColumn.VENUE_NAME),
    StationColumn.ADDRESS: _text("venue", "address", column=StationColumn.ADDRESS),
    StationColumn.TRANSPORT: _text("venue", "transport", column=StationColumn.TRANSPORT),
    StationColumn.PHONE: _phone,
    StationColumn.HOURS: _hours,
    StationColumn.SERVICES: _services,
    StationColumn.LANGUAGES: _languages,
    StationColumn.HOME_VISIT_KM: _figure("home_visit_km", MOST_KM),
    StationColumn.SLOTS_AN_HOUR: _figure("slots_an_hour", MOST_SLOTS),
    StationColumn.SOURCE: _text("source", column=StationColumn.SOURCE),
    StationColumn.SOURCE_NOTE: _text("source_note", column=StationColumn.SOURCE_NOTE),
}
