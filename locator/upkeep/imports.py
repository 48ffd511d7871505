"""Bringing a file in: every row is read, matched and compared; what differs is laid down to be looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from posixpath import commonpath
from typing import Any

from core import audit
from core.calendar import china_day
from core.errors import Forbidden, Malformed, Problem
from core.identity import Actor, ActorKind, Audience, Permission, open_to
from locator import policy, queries
from locator.models import ChangeSet
from locator.upkeep import changes, entry, housing, matching, reading, sheets
from locator.upkeep.belonging import Divisions
from locator.upkeep.cells import LIMITS
from locator.upkeep.changes import ChangeSetKind, Proposed
from locator.upkeep.columns import StationColumn
from locator.upkeep.entry import Entry
from locator.upkeep.housing import House
from locator.upkeep.matching import Meant, Standing

LONGEST_VALUE, LONGEST_NAME = 120, LIMITS[StationColumn.NAME]
OUTSIDE = Problem("station_outside_region", StationColumn.CODE)  # it stands where somebody else keeps the directory
COLUMN_OF = {
    "station_name_missing": StationColumn.NAME,
    "station_name_too_long": StationColumn.NAME,
    "station_kind_unread": StationColumn.KIND,
    "station_state_unread": StationColumn.STATUS,
}


@open_to(Permission.DIRECTORY_EDIT, Audience.SYSTEM)
def allow(actor: Actor) -> None:
    """Refuse whoever may not bring files in: that takes both to edit and to approve."""
    if actor.kind is not ActorKind.SYSTEM and not actor.may(Permission.DIRECTORY_APPROVE):
        raise Forbidden


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change, and what of it could not be understood."""

    proposed: Sequence[Proposed]
    notes: Sequence[Mapping[str, Any]]
    unchanged: int


@open_to(Permission.DIRECTORY_EDIT, Audience.SYSTEM)
def compare(actor: Actor, sheet: sheets.Sheet, *, now: datetime) -> Plan:
    """Compare a file with the directory. Nothing is written: that takes long, and would keep others waiting."""
    allow(actor)
    work = _Import(actor, china_day(now))
    for header in sheet.strange:
        work.note(1, Problem("column_unknown", header))
    proposed = list(work.compared(work.understood(sheet.lines)))
    return Plan(proposed, sorted(work.notes, key=lambda note: note["row"]), work.unchanged)


@open_to(Permission.DIRECTORY_EDIT, Audience.SYSTEM)
def propose(actor: Actor, plan: Plan, *, title: str, now: datetime) -> ChangeSet:
    """Lay down what a file would change, to be looked at."""
    allow(actor)
    laid = changes.lay(actor, ChangeSetKind.IMPORT, title, plan.proposed, now=now)
    laid.unread, laid.unchanged = list(plan.notes), plan.unchanged
    audit.record(actor, "directory.import_proposed", f"change_set:{laid.id}", now=now, changes=len(plan.proposed))
    return laid


class _Import:
    """A file on its way: what was made of its rows, and what could not be."""

    def __init__(self, actor: Actor, today: date) -> None:
        self.reach, self.today = policy.reach(actor), today
        self.notes: list[dict[str, Any]] = []
        self.unchanged = 0

    def note(self, row: int, problem: Problem, value: str = "", *, refused: bool = False) -> None:
        said = {"row": row, "column": problem.field or "", "code": problem.code, "value": value[:LONGEST_VALUE]}
        self.notes.append({**said, "limit": problem.params.get("limit", 0), "refused": refused})

    def understood(self, lines: Sequence[sheets.Line]) -> list[Meant]:
        """Find out which station each row means; what means none is noted."""
        divisions = Divisions([line.cells for line in lines])
        rows = [row for line in lines if (row := self._placed(line, divisions))]
        standing, kept = Standing(rows), []
        seen: dict[str, int] = {}
        for row in rows:
            try:
                standing.find(row)
            except Malformed as wrong:
                self.note(row.line.number, Problem(wrong.code, StationColumn.CODE), row.name, refused=True)
                continue
            first = seen.setdefault(row.station_id, row.line.number)
            if first == row.line.number:
                kept.append(row)
            else:
                self.note(row.line.number, Problem("row_repeated", None, {"limit": first}), row.name, refused=True)
        return kept

    def _placed(self, line: sheets.Line, divisions: Divisions) -> Meant | None:
        try:
            meant, doubt = self._judged(line, divisions)
        except Malformed as wrong:
            column = COLUMN_OF.get(wrong.code, StationColumn.DIVISION_CODE)
            said = line.cells.get(column) or line.cells[StationColumn.NAME]
            self.note(line.number, Problem(wrong.code, column, wrong.params), said, refused=True)
            return None
        if doubt:
            self.note(line.number, Problem(doubt, StationColumn.DIVISION_CODE), meant.region.full_name)
        return meant

    def _judged(self, line: sheets.Line, divisions: Divisions) -> tuple[Meant, str | None]:
        """Find out what a row cannot do without; raises `Malformed` where it says less."""
        name = line.cells[StationColumn.NAME]
        if not name:
            raise Malformed("station_name_missing")
        if len(name) > LONGEST_NAME:
            raise Malformed("station_name_too_long", limit=LONGEST_NAME)
        kind = reading.kind_of(line.cells)
        reading.is_retired(line.cells)
        belongs = divisions.of(line.cells, name)
        if not belongs.region.lineage.startswith(self.reach):
            raise Malformed("station_outside_region")
        return Meant(line, kind, belongs.region), belongs.doubt

    def compared(self, rows: Sequence[Meant]) -> Iterator[Proposed]:
        """Compare each row with what stands; then the demo stations that make room."""
        room: set[tuple[str, str, str]] = set()
        shared = housing.houses(rows, self.reach, self.today)
        inside = {row.station_id: house for house in shared for row in house.rows}
        for some in entry.batches(rows):
            there = entry.standing([row.station_id for row in some])
            homes = queries.regions(said["division_code"] for said in there.values())
            for row in some:
                before = there.get(row.station_id)
                home = homes[before["division_code"]] if before else row.region
                if not home.lineage.startswith(self.reach):
                    self.note(row.line.number, OUTSIDE, row.name, refused=True)
                    continue
                after = self._settled(row, before, inside.get(row.station_id))
                if before == after:
                    self.unchanged += 1
                else:
                    yield Proposed(row.station_id, before, after, commonpath([home.lineage, row.region.lineage]))
                if after:
                    room.add((after["division_code"], after["kind"], after["level"]))
        yield from _beside(shared, {row.station_id for row in rows})
        lineages = {row.region.code: row.region.lineage for row in rows}
        for station_id, before in entry.standing(matching.suppressed(room)).items():
            yield Proposed(station_id, before, None, lineages[before["division_code"]])

    def _settled(self, row: Meant, before: Entry | None, house: House | None) -> Entry | None:
        """Say what a row makes of its station, in a building it shares where it does; who moves in is told so."""
        after = self._after(row, before)
        if after is None or house is None:
            return after
        if before is None or before["house"] != house.venue_id:
            self.note(row.line.number, Problem("venue_shared", StationColumn.ADDRESS), house.names)
        return housing.housed(after, house)

    def _after(self, row: Meant, before: Entry | None) -> Entry | None:
        if reading.is_retired(row.line.cells):
            return None
        base = before or reading.blank(row.station_id, matching.code_of(row.station_id))
        placed = reading.placed(base, row.kind, row.region)
        after, problems = reading.read(placed, row.line.cells, today=self.today)
        for problem in problems:
            said = problem.params.get("said") or row.line.cells.get(StationColumn(problem.field or ""), "")
            self.note(row.line.number, problem, str(said))
        return after


def _beside(shared: Sequence[House], in_file: Collection[str]) -> Iterator[Proposed]:
    """Compare those who stand in a building that a file says something new of, and are not in the file themselves."""
    others = {key: (one, house) for house in shared for key, one in house.others.items() if key not in in_file}
    homes = queries.regions(one["division_code"] for one, _ in others.values())
    for key, (before, house) in others.items():
        after = housing.housed(before, house)
        if not entry.same(before, after):
            yield Proposed(key, before, after, homes[before["division_code"]].lineage)
