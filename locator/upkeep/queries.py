"""Asking for the desk: the stations one keeps and how true they are, sets of changes and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, RowMapping, func, select, tuple_

from core.calendar import china_day, instant
from core.db import session
from core.errors import Malformed, NotFound
from core.identity import Actor, Permission, open_to
from locator import keeping, policy
from locator.models import Change, ChangeSet, Confirmation, Station, Venue
from locator.upkeep import changes, entry, quality
from locator.upkeep.changes import ChangeSetState
from locator.upkeep.entry import Entry
from locator.upkeep.quality import Score

NEVER = "0001-01-01"
STATES = {
    "open": (ChangeSetState.PROPOSED,),
    "settled": (ChangeSetState.APPLIED, ChangeSetState.REJECTED, ChangeSetState.UNDONE, ChangeSetState.EMPTY),
}


class DirectoryPile(StrEnum):
    """Which of one's stations."""

    ALL = "all"
    PLEASE_CONFIRM = "please_confirm"


@dataclass(frozen=True, slots=True)
class Kept:
    """A station as those who keep it see it."""

    entry: Entry
    score: Score
    confirmed_on: date | None
    is_stale: bool
    asked_on: date | None
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stations a set adds, changes and retires."""

    added: int
    changed: int
    retired: int


@open_to(Permission.DIRECTORY_EDIT)
def page(
    actor: Actor, pile: DirectoryPile, text: str, *, first: int, after: Sequence[Any] | None = None, now: datetime
) -> list[Kept]:
    """Give the stations one keeps, those confirmed longest ago first: `first` and one more, after (day, id)."""
    day = func.coalesce(Station.confirmed_on, date.fromisoformat(NEVER))
    wanted = _kept_rows(actor).where(Station.name.contains(text, autoescape=True))
    if pile is DirectoryPile.PLEASE_CONFIRM:
        wanted = wanted.where(Confirmation.station_id.is_not(None))
    if after is not None:
        wanted = wanted.where(tuple_(day, Station.id) > tuple_(*_day_and_id(after)))
    rows = session().execute(wanted.order_by(day, Station.id).limit(first + 1)).mappings()
    return [_kept(row, now) for row in rows]


@open_to(Permission.DIRECTORY_EDIT)
def count(actor: Actor, pile: DirectoryPile) -> int:
    """Count the stations one keeps, or those that are to be confirmed."""
    mine = (policy.stations_kept_by(actor), Station.retired_on.is_(None))
    counted = select(func.count()).select_from(Station).where(*mine)
    if pile is DirectoryPile.PLEASE_CONFIRM:
        counted = counted.join(Confirmation, Confirmation.station_id == Station.id)
    return session().scalar(counted) or 0


@open_to(Permission.DIRECTORY_EDIT)
def find(actor: Actor, code: str, *, now: datetime) -> Kept:
    """Give one station one keeps; for a stranger there is none."""
    station = keeping.kept(actor, code)
    row = session().execute(_kept_rows(actor).where(Station.id == station.id)).mappings().one_or_none()
    if row is None:
        raise NotFound("station_unknown")
    return _kept(row, now)


@open_to(Permission.DIRECTORY_EDIT, Permission.DIRECTORY_APPROVE)
def sets(actor: Actor, pile: str, *, first: int, after: Sequence[Any] | None = None) -> Sequence[ChangeSet]:
    """Give sets of changes, the newest first: `first` and one more, after (moment, id)."""
    wanted = select(ChangeSet).where(policy.sets_visible_to(actor), ChangeSet.state.in_(STATES[pile]))
    order = (ChangeSet.proposed_at, ChangeSet.id)
    if after is not None:
        wanted = wanted.where(tuple_(*order) < tuple_(*_moment_and_id(after)))
    newest_first = [column.desc() for column in order]
    return session().scalars(wanted.order_by(*newest_first).limit(first + 1)).all()


@open_to(Permission.DIRECTORY_EDIT, Permission.DIRECTORY_APPROVE)
def find_set(actor: Actor, set_id: str) -> ChangeSet:
    """Give one set of changes; for a stranger there is none."""
    wanted = select(ChangeSet).where(ChangeSet.id == set_id, policy.sets_visible_to(actor))
    found = session().scalar(wanted)
    if found is None:
        raise NotFound("change_set_unknown")
    return found


def counts(set_id: str) -> Counts:
    """Count what a set does."""
    new, gone = Change.before.is_(None), Change.after.is_(None)
    counted = (func.count().filter(new), func.count().filter(~new & ~gone), func.count().filter(gone))
    return Counts(*session().execute(select(*counted).where(Change.set_id == set_id)).one())


def changes_of(
    laid: ChangeSet, *, first: int, after: Sequence[Any] | None = None
) -> Sequence[Row[tuple[int, str, Entry | None, Entry | None]]]:
    """Give the changes of a set in the order of its file: `first` and one more, after (position)."""
    wanted = select(Change.position, Change.station_id, Change.before, Change.after).where(Change.set_id == laid.id)
    if after is not None:
        if [type(part) for part in after] != [int]:
            raise Malformed("cursor_unknown")
        wanted = wanted.where(Change.position > after[0])
    return session().execute(wanted.order_by(Change.position).limit(first + 1)).all()


def overtaken(laid: ChangeSet, rows: Sequence[Any]) -> set[str]:
    """Say which stations among these changes no longer are what the set was made for."""
    return changes.conflicts(rows, laid.state)


def _kept_rows(actor: Actor) -> Any:
    columns = (*entry.COLUMNS, Station.is_demo, Confirmation.asked_on)
    rows = select(*columns).join(Venue, Venue.id == Station.venue_id)
    rows = rows.outerjoin(Confirmation, Confirmation.station_id == Station.id)
    return rows.where(policy.stations_kept_by(actor), Station.retired_on.is_(None))


def _kept(row: RowMapping, now: datetime) -> Kept:
    said, confirmed_on = entry.of_row(row), row["confirmed_on"]
    is_stale = quality.is_stale(confirmed_on, today=china_day(now))
    return Kept(said, quality.score(said), confirmed_on, is_stale, row["asked_on"], row["is_demo"])


def _day_and_id(after: Sequence[Any]) -> tuple[date, str]:
    try:
        day, station_id = after
        return date.fromisoformat(day), str(station_id)
    except (TypeError, ValueError):
        raise Malformed("cursor_unknown") from None


def _moment_and_id(after: Sequence[Any]) -> tuple[datetime, str]:
    try:
        moment, set_id = after
        return instant(moment), str(set_id)
    except (TypeError, ValueError):
        raise Malformed("cursor_unknown") from None
