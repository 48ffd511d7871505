"""Which division a row of a file belongs to: by its code, its name in words, or the name of the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from core.db import session
from core.errors import Malformed
from locator import queries
from locator.kinds import DivisionStatus
from locator.models import Division
from locator.region import Region
from locator.upkeep.columns import StationColumn
from locator.upkeep.entry import batches

LENGTHS = (12, 9, 6, 4, 2)
COUNTY = 3


@dataclass(frozen=True, slots=True)
class Belongs:
    """A division, and what has to be said of how it was come by."""

    region: Region
    doubt: str | None = None


class Divisions:
    """The divisions a file speaks of, read together."""

    def __init__(self, rows: Iterable[Mapping[StationColumn, str]]) -> None:
        """Read all that any row may mean by its code."""
        codes = {step for cells in rows for step in _wider(_digits(cells.get(StationColumn.DIVISION_CODE, "")))}
        self._known: dict[str, Region] = {}
        for some in batches(sorted(codes)):
            self._known |= queries.regions(some)

    def of(self, cells: Mapping[StationColumn, str], name: str) -> Belongs:
        """Find where a row belongs; raises `Malformed` where nobody can say."""
        typed = cells.get(StationColumn.DIVISION_CODE, "")
        if typed:
            return self._by_code(typed)
        if words := cells.get(StationColumn.DIVISION, ""):
            found = self._by_words.get("".join(words.split("/")).replace(" ", ""))
            if found is None:
                raise Malformed("division_words_unknown")
            return Belongs(found)
        guessed = self._by_office(name)
        if guessed is None:
            raise Malformed("division_missing")
        return Belongs(guessed, "division_guessed")

    def _by_code(self, typed: str) -> Belongs:
        exact = _digits(typed)
        for code in _wider(exact):
            if code in self._known:
                doubt = None if code.ljust(12, "0") == exact.ljust(12, "0") else "division_widened"
                return Belongs(self._known[code], doubt)
        raise Malformed("division_code_unknown")

    @cached_property
    def _by_words(self) -> dict[str, Region]:
        """Give divisions down to the county by their full names, and by their own where it is the only one."""
        wanted = (Division.level <= COUNTY) & (Division.status == DivisionStatus.ACTIVE)
        found = [queries.remember(row) for row in session().execute(select(*queries.COLUMNS).where(wanted))]
        own: dict[str, list[Region]] = {}
        for region in found:
            for name in {region.name, *_without_province(region)}:
                own.setdefault(name, []).append(region)
        only = {name: regions[0] for name, regions in own.items() if len(regions) == 1}
        return only | {region.full_name: region for region in found}

    def _by_office(self, name: str) -> Region | None:
        for length in range(len(name), 2, -1):
            if found := self._by_words.get(name[:length]):
                return found
        return None


def _without_province(region: Region) -> list[str]:
    """Give the name as offices write it: 株洲市石峰区, without 湖南省."""
    return [region.full_name[cut + 1 :] for cut in [region.full_name.find("省")] if cut > 0]


def _digits(typed: str) -> str:
    plain = "".join(typed.split())
    return plain if plain.isascii() and plain.isdigit() else ""


def _wider(code: str) -> list[str]:
    """Give the code and those of all it may lie in, the narrowest first."""
    return [code[:length] for length in LENGTHS if len(code) >= length]
