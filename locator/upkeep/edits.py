"""An office puts its own entry right; somebody else looks at it before it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core import audit
from core.calendar import china_day
from core.errors import Conflict, Problem, Rejected
from core.identity import Actor, Permission, open_to
from locator import keeping, queries
from locator.models import ChangeSet, Station
from locator.upkeep import changes, entry, reading
from locator.upkeep.cells import DOUBTS
from locator.upkeep.changes import ChangeSetKind, Proposed
from locator.upkeep.columns import StationColumn
from locator.upkeep.entry import Entry

FIXED = frozenset(
    {StationColumn.CODE, StationColumn.KIND, StationColumn.DIVISION_CODE, StationColumn.DIVISION, StationColumn.LEVEL}
)  # by a file only


@open_to(Permission.DIRECTORY_EDIT)
def propose(
    actor: Actor,
    code: str,
    cells: Mapping[StationColumn, str],
    *,
    kind: ChangeSetKind = ChangeSetKind.EDIT,
    now: datetime,
) -> ChangeSet:
    """Propose what a station's entry should say. An empty cell empties it; what is not named stays."""
    station, before = _standing(actor, code)
    today = china_day(now)
    said = {column: text for column, text in cells.items() if column not in FIXED}
    after, problems = reading.read(before, said, today=today, clears=True)
    if retires := reading.is_retired(cells):
        problems = []
    if problems := [one for one in problems if one.code not in DOUBTS]:
        raise Rejected(tuple(problems))
    if entry.same(before, after) and not retires:
        raise Rejected((Problem("entry_unchanged"),))
    after["confirmed_on"] = today.isoformat()
    if kind is ChangeSetKind.CORRECTION:
        after["corrected_on"] = today.isoformat()
    return _lay(actor, station, kind, before, None if retires else after, now=now)


@open_to(Permission.DIRECTORY_EDIT)
def show(actor: Actor, code: str, photo: str | None, alt: str, *, now: datetime) -> ChangeSet:
    """Propose which photograph a place shows, or none; all else stays, its confirmation too."""
    station, before = _standing(actor, code)
    after = reading.fresh(before)
    after["venue"] |= {"photo": photo, "photo_alt": alt}
    if entry.same(before, after):
        raise Rejected((Problem("entry_unchanged"),))
    return _lay(actor, station, ChangeSetKind.EDIT, before, after, now=now)


def _standing(actor: Actor, code: str) -> tuple[Station, Entry]:
    station = keeping.kept(actor, code)
    before = entry.standing([station.id]).get(station.id)
    if before is None:
        raise Conflict("station_retired")
    return station, before


def _lay(
    actor: Actor, station: Station, kind: ChangeSetKind, before: Entry, after: Entry | None, *, now: datetime
) -> ChangeSet:
    region = queries.division(station.division_code)
    proposed: Sequence[Proposed] = [Proposed(station.id, before, after, region.lineage)]
    laid = changes.lay(actor, kind, str(before["name"]), proposed, now=now)
    audit.record(actor, "directory.edit_proposed", f"change_set:{laid.id}", now=now, station=station.id)
    return laid
