"""An entry as the cells of a form: what is read back says the same."""

from __future__ import annotations

from locator.kinds import Fact, Service
from locator.upkeep.columns import Column
from locator.upkeep.differences import FIELDS
from locator.upkeep.entry import Entry
from locator.words import ACCESSIBILITY, SERVICES

PLAIN = (
    Column.NAME,
    Column.VENUE_NAME,
    Column.ADDRESS,
    Column.TRANSPORT,
    Column.PHONE,
    Column.SERVICES,
    Column.LANGUAGES,
    Column.HOME_VISIT_KM,
    Column.SLOTS_AN_HOUR,
    Column.FACTS,
    Column.SOURCE,
    Column.SOURCE_NOTE,
)


def cells_of(said: Entry) -> dict[Column, str]:
    """Write what an entry says into cells."""
    shown = {column: FIELDS[column.value][1](said) for column in PLAIN}
    lat, lon = (said["venue"][name] for name in ("lat", "lon"))
    place = {Column.LAT: "" if lat is None else repr(lat), Column.LON: "" if lon is None else repr(lon)}
    return {**shown, Column.HOURS: said["hours_text"] or said["hours"], **place}


def services_of(said: Entry) -> dict[str, bool]:
    """Say of each service, by its name, whether it is offered."""
    return {SERVICES[service]: service in said["services"] for service in Service}


def facts_of(said: Entry) -> dict[str, bool | None]:
    """Say of each fact, by its name, whether the place has it; nothing where nobody knows."""
    facts = said["venue"]["facts"]
    return {ACCESSIBILITY[fact]: facts[fact]["there"] if fact in facts else None for fact in Fact}
