"""An entry as the cells of a form: what is read back says the same."""

from __future__ import annotations

from locator.kinds import Fact, Service
from locator.upkeep.cells import hours_in_words
from locator.upkeep.columns import StationColumn
from locator.upkeep.differences import FIELDS
from locator.upkeep.entry import Entry
from locator.words import ACCESSIBILITY, SERVICES

PLAIN = (
    StationColumn.NAME,
    StationColumn.VENUE_NAME,
    StationColumn.ADDRESS,
    StationColumn.TRANSPORT,
    StationColumn.PHONE,
    StationColumn.SERVICES,
    StationColumn.LANGUAGES,
    StationColumn.HOME_VISIT_KM,
    StationColumn.SLOTS_AN_HOUR,
    StationColumn.FACTS,
    StationColumn.SOURCE,
    StationColumn.SOURCE_NOTE,
)


def cells_of(said: Entry) -> dict[StationColumn, str]:
    """Write what an entry says into cells."""
    shown = {column: FIELDS[column.value][1](said) for column in PLAIN}
    lat, lon = (said["venue"][name] for name in ("lat", "lon"))
    place = {StationColumn.LAT: "" if lat is None else repr(lat), StationColumn.LON: "" if lon is None else repr(lon)}
    return {**shown, StationColumn.HOURS: hours_in_words(said), **place}


def services_of(said: Entry) -> dict[str, bool]:
    """Say of each service, by its name, whether it is offered."""
    return {SERVICES[service]: service in said["services"] for service in Service}


def facts_of(said: Entry) -> dict[str, bool | None]:
    """Say of each fact, by its name, whether the place has it; nothing where nobody knows."""
    facts = said["venue"]["facts"]
    return {ACCESSIBILITY[fact]: facts[fact]["there"] if fact in facts else None for fact in Fact}
