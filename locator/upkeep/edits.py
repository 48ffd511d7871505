"""An office puts its own entry right; somebody else looks at it before it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core import audit
from core.calendar import china_day
from core.errors import Conflict, Problem, Rejected
from core.identity import Actor, Permission, open_to
from locator import keeping, queries
from locator.models import ChangeSet
from locator.upkeep import changes, entry, reading
from locator.upkeep.cells import DOUBTS
from locator.upkeep.changes import ChangeSetKind, Proposed
from locator.upkeep.columns import StationColumn

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
    station, today = keeping.kept(actor, code), china_day(now)
    before = entry.standing([station.id]).get(station.id)
    if before is None:
        raise Conflict("station_retired")
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
    region = queries.division(station.division_code)
    proposed: Sequence[Proposed] = [Proposed(station.id, before, None if retires else after, region.lineage)]
    laid = changes.lay(actor, kind, str(before["name"]), proposed, now=now)
    audit.record(actor, "directory.edit_proposed", f"change_set:{laid.id}", now=now, station=station.id)
    return laid
