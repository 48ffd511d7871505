"""A station as one flat entry: read from the tables, written to them, compared and kept in sets of changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from core.db import session
from locator import demo
from locator.loading import rewrite
from locator.models import Station, Venue

Entry = dict[str, Any]
VENUES: Any = Venue.__table__  # a table, for SQLAlchemy's types
STATIONS: Any = Station.__table__
DAYS = ("confirmed_on", "corrected_on")
STATION_FIELDS = (
    "code",
    "name",
    "kind",
    "level",
    "division_code",
    "phone",
    "hours",
    "hours_text",
    "services",
    "languages",
    "home_visit_km",
    "slots_an_hour",
    "source",
    "source_note",
    *DAYS,
)
VENUE_FIELDS = (
    "name",
    "division_code",
    "address",
    "transport",
    "lat",
    "lon",
    "datum",
    "geo_quality",
    "facts",
    "photo",
    "photo_alt",
)
AT_ONCE = 500  # rows in one statement
COLUMNS = (
    Station.id,
    *(getattr(Station, name) for name in STATION_FIELDS),
    Venue.id.label("house"),
    *(getattr(Venue, name).label(f"venue_{name}") for name in VENUE_FIELDS),
)


def is_demo(station_id: str) -> bool:
    """Say whether a station is made up for demonstration."""
    return station_id.startswith(demo.IDS)


def standing(ids: Iterable[str]) -> dict[str, Entry]:
    """Give the entries of these stations as they stand; the retired and unknown are left out."""
    found: dict[str, Entry] = {}
    for some in batches(sorted(set(ids))):
        rows = select(*COLUMNS).join(Venue, Venue.id == Station.venue_id)
        rows = rows.where(Station.id.in_(some), Station.retired_on.is_(None))
        found |= {row["id"]: of_row(row) for row in session().execute(rows).mappings()}
    return found


def of_row(row: RowMapping) -> Entry:
    """Make the entry of a row with `COLUMNS`."""
    made: Entry = {name: _plain(row[name]) for name in ("id", *STATION_FIELDS)}
    made["house"] = row["house"]
    made["venue"] = {name: row[f"venue_{name}"] for name in VENUE_FIELDS}
    return made


def same(one: Entry | None, other: Entry | None) -> bool:
    """Say whether two entries say the same; the days they were confirmed and corrected do not count."""
    return _compared(one) == _compared(other)


def meets(there: Entry | None, before: Entry | None, after: Entry | None) -> bool:
    """Say whether a station still is what a change was made for.

    In a building several share, a change of the same set may have come before and said of the building what this says.
    """
    if same(there, before):
        return True
    return bool(before and after) and same(there, {**(before or {}), "venue": (after or {})["venue"]})


def write(wanted: Mapping[str, Entry | None], *, at: int, today: date) -> None:
    """Bring stations to what is wanted, in the version `at` of the directory; `None` retires."""
    said = {key: one for key, one in wanted.items() if one}
    gone = [key for key, one in wanted.items() if one is None]
    _put(VENUES, _known(Venue.id, {one["house"] for one in said.values()}), _venues(said.values()))
    _put(STATIONS, _known(Station.id, said), [_station(key, one, at) for key, one in said.items()])
    if said:
        beside = update(Station).where(Station.venue_id.in_({one["house"] for one in said.values()}))
        session().execute(beside.values(changed_in=at).execution_options(synchronize_session=False))
    if gone:
        ended = update(Station).where(Station.id.in_(gone)).values(retired_on=today, changed_in=at)
        session().execute(ended.execution_options(synchronize_session=False))


def batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Cut rows into what one statement takes."""
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _known(column: Any, ids: Collection[str]) -> set[str]:
    """Say which of these have a row, stations that are retired too."""
    return set(session().scalars(select(column).where(column.in_(ids)))) if ids else set()


def _put(table: Any, known: Collection[str], rows: Sequence[Entry]) -> None:
    """Write rows, new ones and others."""
    if new := [row for row in rows if row["id"] not in known]:
        session().execute(insert(table), new)
    if changed := [row for row in rows if row["id"] in known]:
        rewrite(table, "id", changed)


def _compared(said: Entry | None) -> Entry | None:
    return said and {key: value for key, value in said.items() if key not in DAYS}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _venues(entries: Collection[Entry]) -> list[Entry]:
    """Give the buildings of entries, each once."""
    houses = {said["house"]: said["venue"] for said in entries}
    return [{"id": key, **{name: said[name] for name in VENUE_FIELDS}} for key, said in houses.items()]


def _station(station_id: str, said: Entry, at: int) -> Entry:
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in DAYS}
    kept = {name: said[name] for name in STATION_FIELDS}
    more = {"is_demo": is_demo(station_id), "retired_on": None, "changed_in": at}
    return {"id": station_id, "venue_id": said["house"], **kept, **days, **more}
