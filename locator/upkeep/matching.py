"""Which station a row means: by its code, or by where, what and how it is called, so that a file may come twice."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.db import session
from core.errors import Malformed
from core.references import short_code_of, tidy
from locator import demo
from locator.kinds import StationKind
from locator.models import Station
from locator.region import Region
from locator.upkeep import entry
from locator.upkeep.columns import StationColumn
from locator.upkeep.sheets import Line

ID_BYTES = 16


@dataclass(slots=True)
class Meant:
    """A row whose kind and division are known, and the station it means once it is found."""

    line: Line
    kind: StationKind
    region: Region
    station_id: str = ""

    @property
    def name(self) -> str:
        """Give the name the row has."""
        return self.line.cells[StationColumn.NAME]

    @property
    def source(self) -> str:
        """Give the source the row has."""
        return self.line.cells.get(StationColumn.SOURCE, "")

    @property
    def key(self) -> tuple[str, str, str]:
        """Say where, what and how it is called."""
        return self.region.code, self.kind.value, self.name


class Standing:
    """The stations there are, as far as a file may mean them."""

    def __init__(self, rows: Sequence[Meant]) -> None:
        """Read them by code, by name, and by the id a row would be given."""
        self._codes: dict[str, str] = {}
        self._keys: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        codes = {tidy(row.line.cells.get(StationColumn.CODE, "")) for row in rows} - {"", "-"}
        for some in entry.batches(sorted(codes)):
            found = select(Station.code, Station.id).where(Station.code.in_(some), Station.retired_on.is_(None))
            self._codes |= {row.code: row.id for row in session().execute(found)}
        for some in entry.batches(sorted({row.region.code for row in rows})):
            self._note_all(some)
        self._keys_in_file: dict[tuple[str, str, str], int] = defaultdict(int)
        for row in rows:
            self._keys_in_file[row.key] += 1

    def find(self, row: Meant) -> None:
        """Say which station the row means; raises `Malformed` where its code is nobody's."""
        if code := tidy(row.line.cells.get(StationColumn.CODE, "")).strip("-"):
            if code not in self._codes:
                raise Malformed("station_code_unread")
            if entry.is_demo(self._codes[code]):
                raise Malformed("station_is_demo")
            row.station_id = self._codes[code]
        else:
            row.station_id = self._by_key(row) or _id_of(row)

    def _by_key(self, row: Meant) -> str | None:
        named = self._keys.get(row.key, {})
        same_source = [one for one, source in named.items() if source == row.source]
        if same_source:
            return same_source[0]
        alone = len(named) == 1 and self._keys_in_file[row.key] == 1
        return next(iter(named)) if alone else None

    def _note_all(self, divisions: Sequence[str]) -> None:
        columns = (Station.id, Station.division_code, Station.kind, Station.name, Station.source)
        wanted = select(*columns).where(Station.division_code.in_(divisions), Station.retired_on.is_(None))
        for found in session().execute(wanted.where(Station.is_demo.is_(False)).order_by(Station.id)):
            self._keys[found.division_code, found.kind, found.name][found.id] = found.source


def code_of(station_id: str) -> str:
    """Give the code of a station that is new; it keeps it for ever."""
    return short_code_of(station_id)


def suppressed(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    """Name the demo stations that make room for real ones of their division, kind and level."""
    wanted = set(rows)
    found: list[str] = []
    for some in entry.batches(sorted({division for division, _, _ in wanted})):
        standing = select(Station.id, Station.division_code, Station.kind, Station.level)
        standing = standing.where(Station.id.startswith(demo.IDS), Station.division_code.in_(some))
        rows = session().execute(standing.where(Station.retired_on.is_(None)).order_by(Station.id))
        found += [row.id for row in rows if (row.division_code, row.kind, row.level) in wanted]
    return found


def _id_of(row: Meant) -> str:
    """Make the id from what the row says: the same file gives the same stations, wherever it is brought in."""
    drawn = hashlib.sha256("|".join((*row.key, row.source)).encode()).digest()
    return base64.urlsafe_b64encode(drawn[:ID_BYTES]).decode().rstrip("=")
