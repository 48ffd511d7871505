"""What is left over goes: uploads nobody attached, transfers nobody finished, files no row knows (TRUST U5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from applications import transfers
from applications.models.evidence import Upload
from applications.uploads import FOLDER
from core import storage
from core.db import keep, reading, session
from core.jobs import handles, recurs
from core.outbox import put

LOOSE_FOR = timedelta(hours=24)
UNKNOWN_FOR = timedelta(hours=1)  # a file younger than this may still be waiting for its row
EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Swept:
    """What was taken away: rows of uploads, and stored files."""

    uploads: int
    files: int


def sweep(*, now: datetime, unknown_for: timedelta = UNKNOWN_FOR) -> Swept:
    """Forget uploads never attached and transfers whose time is up, then delete every file that no row knows.

    Opens its own units of work.
    """
    uploads = keep(lambda: _forget_loose(now))
    keep(lambda: transfers.forget_expired(now))
    store = storage.current()
    folders = (FOLDER, transfers.FOLDER)
    old = [one.key for folder in folders for one in store.stored(folder) if one.written_at <= now - unknown_for]
    with reading():
        known = _known() | transfers.known()
    orphans = [key for key in old if key not in known]
    for key in orphans:
        store.delete(key)
    return Swept(uploads, len(orphans))


def _forget_loose(now: datetime) -> int:
    loose = (Upload.attached_at.is_(None), Upload.created_at <= now - LOOSE_FOR)
    gone = list(session().scalars(select(Upload.id).where(*loose)))
    session().execute(delete(Upload).where(Upload.id.in_(gone), Upload.attached_at.is_(None)))
    return len(gone)


def _known() -> set[str]:
    keys = session().execute(select(Upload.master_key, Upload.thumbnail_key))
    return {key for row in keys for key in row if key}


@recurs("evidence.sweep_due", every=EVERY)
def plan_sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Have the sweep done outside this transaction: it talks to the storage."""
    put("evidence.sweep", due_at=now)


@handles("evidence.sweep", alone=True)
def carry_sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Sweep."""
    sweep(now=now)


@handles("evidence.removed", alone=True)
def delete_files(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Delete the files of an upload its owner removed."""
    for key in payload["keys"]:
        storage.current().delete(key)
