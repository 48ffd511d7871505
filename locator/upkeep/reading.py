"""What a row of cells says of a station: an entry comes out, and all that could not be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.errors import Malformed, Problem
from locator import words
from locator.coords import Datum
from locator.kinds import GeoQuality, PlatformLevel, Service, StationKind
from locator.region import Region
from locator.upkeep.cells import READERS, one_of
from locator.upkeep.columns import StationColumn
from locator.upkeep.entry import Entry
from locator.upkeep.siting import TOGETHER, Cells

OF_DIVISION = tuple(PlatformLevel)[:5]  # by the division's level, from 1
KINDS = {label: kind for kind, label in words.KINDS.items()} | {kind.value: kind for kind in StationKind}
BY_LAW = {StationKind.LEGAL_AID_CENTRE: (Service.CONSULTATION, Service.APPLICATIONS)}  # 法律援助法第十二条
RETIRED = {"停用", "撤销", "关闭", "retired", "closed"}
KNOWN_STATES = RETIRED | {"", "开放", "正常", "open", "active"}


def blank(station_id: str, code: str) -> Entry:
    """Give the entry of a station nothing is known of yet."""
    texts = dict.fromkeys(("name", "phone", "hours", "hours_text", "source", "source_note"), "")
    venue: Entry = dict.fromkeys(("name", "address", "transport", "photo_alt"), "")
    venue |= {"lat": None, "lon": None, "facts": {}, "photo": None}
    venue |= {"datum": Datum.WGS84.value, "geo_quality": GeoQuality.NONE.value}
    lists: dict[str, Any] = {"services": [], "languages": []}
    more = {"home_visit_km": 0, "slots_an_hour": 0, "confirmed_on": None, "corrected_on": None, "venue": venue}
    return {"id": station_id, "code": code, "house": station_id, **texts, **lists, **more}


def fresh(base: Entry) -> Entry:
    """Copy an entry to be written over: readers put new lists and facts in, they change none."""
    return {**base, "venue": dict(base["venue"])}


def kind_of(cells: Cells) -> StationKind:
    """Read what sort of station it is."""
    found: StationKind = one_of(KINDS, cells.get(StationColumn.KIND, ""), "station_kind_unread")
    return found


def is_retired(cells: Cells) -> bool:
    """Say whether a row ends its station."""
    said = cells.get(StationColumn.STATUS, "")
    if said not in KNOWN_STATES:
        raise Malformed("station_state_unread")
    return said in RETIRED


def placed(base: Entry, kind: StationKind, region: Region) -> Entry:
    """Say which kind it is, and where it belongs."""
    made = fresh(base)
    if "kind" not in base:
        made["services"] = [service.value for service in BY_LAW.get(kind, ())]
        made["level"] = OF_DIVISION[region.level - 1].value
    made["kind"], made["division_code"], made["venue"]["division_code"] = kind.value, region.code, region.code
    return made


def read(base: Entry, cells: Cells, *, today: date, clears: bool = False) -> tuple[Entry, list[Problem]]:
    """Put what the cells say over an entry. An empty cell says nothing, unless it `clears`.

    What cannot be read is left as it was, and comes back as a problem of its column.
    """
    made, problems = fresh(base), []
    for column, reader in READERS.items():
        said = cells.get(column)
        if said is None or not (said or clears):
            continue
        try:
            reader(made, said)
        except Malformed as wrong:
            problems.append(Problem(wrong.code, column.value, wrong.params))
    for reader_of_several, column in TOGETHER.items():
        try:
            reader_of_several(made, cells, today, clears)
        except Malformed as wrong:
            problems.append(Problem(wrong.code, column.value, wrong.params))
    return made, problems
