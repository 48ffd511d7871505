"""Photographs of places as they are stored and shown: four files each, swept when nobody shows them (FEATURES C04)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, select, update

from core import imaging, storage
from core.db import keep, reading, session
from core.errors import NotFound
from core.identity import Actor, Audience, open_to
from core.jobs import handles, recurs
from core.outbox import put
from locator import policy
from locator.models import ChangeSet, Venue, VenuePhoto

FOLDER = "places/"
UNUSED_FOR = timedelta(days=90)  # an edit may be undone so long; then what it replaced is gone
UNKNOWN_FOR = timedelta(hours=1)  # a file younger than this may still be waiting for its row
REJECTED, PROPOSED = "rejected", "proposed"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph on a page: its id, how large the wide one is, and what it shows, in words."""

    id: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Where a file is stored, and what it is."""

    key: str
    media_type: str


def said(photo: str | None, alt: str) -> Picture | None:
    """Read what a venue says of its photograph: `id-800x600`."""
    if not photo:
        return None
    photo_id, _, size = photo.rpartition("-")
    width, _, height = size.partition("x")
    return Picture(photo_id, int(width), int(height), alt)


def written(photo: VenuePhoto) -> str:
    """Write what a venue says of its photograph."""
    return f"{photo.id}-{photo.width}x{photo.height}"


def store(photo_id: str, made: imaging.Pictures) -> None:
    """Keep the files of a photograph. Outside any unit of work."""
    for name, data in made.files.items():
        storage.current().put(_key(photo_id, name), data, imaging.PICTURES[name])


def discard(photo_id: str) -> None:
    """Take the files of a photograph away."""
    for name in imaging.PICTURES:
        storage.current().delete(_key(photo_id, name))


@open_to(Audience.ANYONE)
def look(actor: Actor, photo_id: str, name: str) -> Opened:
    """Say where a file lies: shown by a place it is everybody's; before that, of those who may see the edit."""
    photo = session().get(VenuePhoto, photo_id)
    if photo is None or name not in imaging.PICTURES:
        raise NotFound
    is_public = session().scalar(select(Venue.id).where(Venue.photo == written(photo)).limit(1)) is not None
    if not is_public:
        mine = select(ChangeSet.id).where(ChangeSet.id == photo.set_id, policy.sets_visible_to(actor))
        if session().scalar(mine) is None:
            raise NotFound
    return Opened(_key(photo_id, name), imaging.PICTURES[name])


def missing(wanted: Collection[str]) -> set[str]:
    """Say which of these photographs are no more."""
    ids = {one.id for photo in wanted if (one := said(photo, ""))}
    return ids - set(session().scalars(select(VenuePhoto.id).where(VenuePhoto.id.in_(ids)))) if ids else set()


def sweep(*, now: datetime, unknown_for: timedelta = UNKNOWN_FOR) -> int:
    """Forget photographs nobody shows any more, then delete every file no row knows. Opens its own units of work."""
    keep(lambda: _forget(now))
    store = storage.current()
    old = [one.key for one in store.stored(FOLDER) if one.written_at <= now - unknown_for]
    with reading():
        known = set(session().scalars(select(VenuePhoto.id)))
    orphans = [key for key in old if key.split("/")[1] not in known]
    for key in orphans:
        store.delete(key)
    return len(orphans)


@recurs("venue_photo.sweep_due", every=timedelta(hours=6))
def plan_sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Have the sweep done outside this transaction: it talks to the storage."""
    put("venue_photo.sweep", due_at=now)


@handles("venue_photo.sweep", alone=True)
def carry_sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Sweep."""
    sweep(now=now)


def _forget(now: datetime) -> None:
    """Note since when photographs are unused; forget those that were turned down, or are unused for long."""
    shown = {one.id for photo in session().scalars(select(Venue.photo)) if (one := said(photo, ""))}
    joined = select(VenuePhoto.id, VenuePhoto.unused_since, ChangeSet.state)
    rows = session().execute(joined.outerjoin(ChangeSet, ChangeSet.id == VenuePhoto.set_id)).all()
    idle = [row for row in rows if row.id not in shown and row.state != PROPOSED]
    _note({row.id for row in rows} - {row.id for row in idle}, None)
    _note({row.id for row in idle if row.unused_since is None}, now)
    gone = [row.id for row in idle if row.state == REJECTED or _is_over(row, now)]
    session().execute(delete(VenuePhoto).where(VenuePhoto.id.in_(gone)))


def _is_over(row: Row[*tuple[Any, ...]], now: datetime) -> bool:
    return row.unused_since is not None and row.unused_since <= now - UNUSED_FOR


def _note(ids: Collection[str], since: datetime | None) -> None:
    changing = update(VenuePhoto).where(VenuePhoto.id.in_(ids))
    if since is None:
        changing = changing.where(VenuePhoto.unused_since.is_not(None))
    session().execute(changing.values(unused_since=since).execution_options(synchronize_session=False))


def _key(photo_id: str, name: str) -> str:
    return f"{FOLDER}{photo_id}/{name}"
