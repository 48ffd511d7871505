"""Sets of changes: laid down, looked at, applied whole or not at all, and undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from posixpath import commonpath
from typing import Any, NoReturn

from sqlalchemy import Row, insert, select

from core import audit
from core.calendar import china_day
from core.db import fresh_id, session
from core.errors import Conflict, Forbidden, NotFound, checklist
from core.identity import Actor, Audience, Permission, open_to
from locator import pictures, policy, version
from locator.models import Change, ChangeSet
from locator.upkeep import entry
from locator.upkeep.entry import Entry

LONGEST_TITLE, LONGEST_NOTE = 160, 300
CHANGES: Any = Change.__table__  # a table, for SQLAlchemy's types
UNDOING = "撤回："


class ChangeSetKind(StrEnum):
    """What a set of changes comes from."""

    IMPORT = "import"
    EDIT = "edit"
    CORRECTION = "correction"
    UNDO = "undo"


class ChangeSetState(StrEnum):
    """How far a set of changes has come."""

    PROPOSED = "proposed"
    EMPTY = "empty"
    APPLIED = "applied"
    REJECTED = "rejected"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A station before and after, and the lineage of the division it is in."""

    station_id: str
    before: Entry | None
    after: Entry | None
    lineage: str


def lay(actor: Actor, kind: ChangeSetKind, title: str, proposed: Iterable[Proposed], *, now: datetime) -> ChangeSet:
    """Keep a set of changes to be looked at; it touches nothing yet."""
    laid = ChangeSet(
        kind=kind.value, state=ChangeSetState.PROPOSED.value, title=title[:LONGEST_TITLE], region="", unread=[]
    )
    laid.id, laid.proposed_by, laid.proposed_at = fresh_id(), str(actor.id), now
    session().add(laid)
    session().flush()
    lineages: list[str] = []
    position = 0
    for some in _pieces(proposed):
        rows = [_row(laid.id, place, one) for place, one in enumerate(some, start=position)]
        session().execute(insert(CHANGES), rows)
        position += len(rows)
        lineages = [commonpath([*lineages, *(one.lineage for one in some)])]
    laid.region = _widest(lineages[0]) if lineages else actor.region
    if not position:
        laid.state = ChangeSetState.EMPTY.value
    return laid


@open_to(Permission.DIRECTORY_APPROVE, Audience.SYSTEM)
def apply(actor: Actor, set_id: str, *, now: datetime) -> ChangeSet:
    """Bring a set of changes into the directory, all of it at once, if nothing it touches has changed since."""
    at = version.advance(now=now)  # first: whoever writes to the directory waits here for the others
    laid = _open(actor, set_id)
    if not policy.may_decide(actor, laid):
        raise Forbidden("own_change")
    _bring(_changes(laid), at=at, now=now, otherwise="directory_changed_meanwhile")
    _decide(actor, laid, ChangeSetState.APPLIED, "", now=now)
    return laid


@open_to(Permission.DIRECTORY_APPROVE, Permission.DIRECTORY_EDIT, Audience.SYSTEM)
def reject(actor: Actor, set_id: str, *, reason: str, now: datetime) -> ChangeSet:
    """Turn a set of changes down, with the reason. Whoever proposed it may take it back."""
    laid = _open(actor, set_id)
    if laid.proposed_by != actor.id and not policy.may_decide(actor, laid):
        raise Forbidden
    said = reason.strip()
    with checklist() as check:
        check.require(said or laid.proposed_by == actor.id, "reason_missing", "reason")
        check.require(len(said) <= LONGEST_NOTE, "text_too_long", "reason", limit=LONGEST_NOTE, length=len(said))
    _decide(actor, laid, ChangeSetState.REJECTED, said, now=now)
    return laid


@open_to(Permission.DIRECTORY_APPROVE, Audience.SYSTEM)
def undo(actor: Actor, set_id: str, *, now: datetime) -> ChangeSet:
    """Restore what was before a set was applied, if every station still is what the set made it."""
    at = version.advance(now=now)
    found = _find(actor, set_id)
    if found.state != ChangeSetState.APPLIED:
        raise Conflict("change_set_not_applied")
    if not policy.may_undo(actor, found):
        raise Forbidden
    back = (Proposed(one.station_id, one.after, one.before, "") for one in _changes(found))
    laid = lay(actor, ChangeSetKind.UNDO, f"{UNDOING}{found.title}", back, now=now)
    laid.region, laid.undoes_id = found.region, found.id
    session().flush()
    _bring(_changes(laid), at=at, now=now, otherwise="undo_would_lose_changes")
    _decide(actor, laid, ChangeSetState.APPLIED, "", now=now)
    found.state = ChangeSetState.UNDONE.value
    return laid


def conflicts(rows: Sequence[Row[*tuple[Any, ...]]], state: str) -> set[str]:
    """Say which of these changes no longer meet what they were made for (or, once applied, what they made)."""
    if state not in (ChangeSetState.PROPOSED, ChangeSetState.APPLIED):
        return set()
    there = entry.standing([one.station_id for one in rows])
    expected = {one.station_id: one.before if state == ChangeSetState.PROPOSED else one.after for one in rows}
    return {key for key, said in expected.items() if not entry.same(there.get(key), said)}


def _bring(changes: Iterable[Any], *, at: int, now: datetime, otherwise: str) -> None:
    """Write changes piece by piece; where one meets something else than it was made for, none is kept."""
    today, lost = china_day(now), 0
    for some in _pieces(changes):
        there = entry.standing([one.station_id for one in some])
        lost += sum(not entry.meets(there.get(one.station_id), one.before, one.after) for one in some)
        _judge_photos(some)
        if not lost:
            entry.write({one.station_id: _confirmed(one, there) for one in some}, at=at, today=today)
    if lost:
        raise Conflict(otherwise, count=lost)


def _judge_photos(some: Sequence[Any]) -> None:
    """Refuse to show what is no more: a photograph that was replaced long ago is swept."""
    wanted = {one.after["venue"]["photo"] for one in some if one.after}
    standing = {one.before["venue"]["photo"] for one in some if one.before}
    if pictures.missing(wanted - standing):
        raise Conflict("photo_gone")


def _confirmed(one: Any, there: dict[str, Entry]) -> Entry | None:
    """Keep the days an office confirmed its entry or answered a report meanwhile, unless the change is about them."""
    said: Entry | None = one.after
    now_there = there.get(one.station_id)
    if said is None or now_there is None:
        return said
    return said | {day: now_there[day] for day in entry.DAYS if said[day] == one.before[day]}


def _changes(laid: ChangeSet) -> Iterator[Any]:
    """Give the changes of a set, read piece by piece."""
    after = ""
    while True:
        wanted = select(Change.station_id, Change.before, Change.after)
        wanted = wanted.where(Change.set_id == laid.id, Change.station_id > after)
        rows = session().execute(wanted.order_by(Change.station_id).limit(entry.AT_ONCE)).all()
        yield from rows
        if len(rows) < entry.AT_ONCE:
            return
        after = rows[-1].station_id


def _find(actor: Actor, set_id: str) -> ChangeSet:
    wanted = select(ChangeSet).where(ChangeSet.id == set_id, policy.sets_visible_to(actor)).with_for_update()
    return session().scalar(wanted.execution_options(populate_existing=True)) or _nothing()


def _open(actor: Actor, set_id: str) -> ChangeSet:
    laid = _find(actor, set_id)
    if laid.state != ChangeSetState.PROPOSED:
        raise Conflict("change_set_settled")
    return laid


def _decide(actor: Actor, laid: ChangeSet, state: ChangeSetState, note: str, *, now: datetime) -> None:
    laid.state, laid.decided_by, laid.decided_at, laid.decided_note = state.value, actor.id, now, note
    act = {ChangeSetState.REJECTED: "directory.rejected"}.get(state, "directory.applied")
    audit.record(actor, act, f"change_set:{laid.id}", now=now, reason=note or None, kind=laid.kind)
    session().flush()


def _row(set_id: str, place: int, one: Proposed) -> dict[str, Any]:
    said = {"station_id": one.station_id, "before": one.before, "after": one.after}
    return {"id": fresh_id(), "set_id": set_id, "position": place, **said}


def _widest(lineage: str) -> str:
    """Give the code of the division all of this lies in; nothing where it is more than one province."""
    return lineage.rpartition("/")[2]


def _pieces(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, entry.AT_ONCE)):
        yield some


def _nothing() -> NoReturn:
    raise NotFound("change_set_unknown")
