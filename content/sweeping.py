"""Files of the library no row knows go: what an upload left that died half-way (TRUST U5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from content import media
from content.films import library
from content.models.media import LibraryFilm, LibraryPicture
from core import imaging, storage
from core.db import reading, session
from core.jobs import handles, recurs
from core.outbox import put

UNKNOWN_FOR = timedelta(hours=1)  # a file younger than this may still be waiting for its row
EVERY = timedelta(hours=6)


def sweep(*, now: datetime, unknown_for: timedelta = UNKNOWN_FOR) -> int:
    """Delete every old file no row knows, and cuts of pictures that are shown no more; say how many went."""
    store = storage.current()
    folders = (media.FOLDER, library.FOLDER)
    old = [one.key for folder in folders for one in store.stored(folder) if one.written_at <= now - unknown_for]
    with reading():
        pictures = dict(iter(session().execute(select(LibraryPicture.id, LibraryPicture.focus))))
        films = set(session().scalars(select(LibraryFilm.id)))
    kept = {library.key(one) for one in films}
    for which, focus in pictures.items():
        names = [*imaging.LIBRARY, *(imaging.cover_files(focus) if focus else ())]
        kept |= {f"{media.FOLDER}{which}/{name}" for name in names}
    orphans = [one for one in old if one not in kept]
    for one in orphans:
        store.delete(one)
    return len(orphans)


@recurs("library.sweep_due", every=EVERY)
def plan_sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Have the sweep done outside this transaction: it talks to the storage."""
    put("library.sweep", due_at=now)


@handles("library.sweep", alone=True)
def carry_sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Sweep."""
    sweep(now=now)
