"""The library of films: brought by editors, with captions or not at all, kept once (FEATURES D11, TRUST U1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from content.films import captions, container
from content.models.media import LibraryFilm
from core import audit, scanning, storage
from core.crypto import fingerprint
from core.db import fresh_id, reading, session
from core.errors import NotFound, TooMany, checklist
from core.identity import Actor, Permission, open_to

FOLDER = "films/"
FILE, CAPTIONS = "film.mp4", "captions.vtt"
MEDIA_TYPE, CAPTIONS_TYPE = "video/mp4", "text/vtt; charset=utf-8"
A_DAY = timedelta(days=1)
MOST_A_DAY = 20
SHORTEST_TITLE, LONGEST_TITLE = 4, 100
MOST_LISTED = 100
MARK = "film:"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A film that lies in the storage and waits for its row, or has one already."""

    id: str
    sha256: str
    size: int
    seconds: int
    captions: str


@open_to(Permission.CONTENT_WRITE)
def allow(actor: Actor, title: str, *, now: datetime) -> None:
    """Let an editor bring a film, or say why not; nothing is read before this."""
    with checklist() as check:
        check.require(len(title.strip()) >= SHORTEST_TITLE, "film_title_missing", "title")
        check.require(len(title) <= LONGEST_TITLE, "text_too_long", "title", limit=LONGEST_TITLE, length=len(title))
    mine = (LibraryFilm.uploaded_by == actor.id, LibraryFilm.uploaded_at > now - A_DAY)
    if (session().scalar(select(func.count()).select_from(LibraryFilm).where(*mine)) or 0) >= MOST_A_DAY:
        raise TooMany("film_quota", files=MOST_A_DAY)


@open_to(Permission.CONTENT_WRITE)
def prepare(actor: Actor, data: bytes, said: str) -> Prepared:
    """Look at a film and its captions, free it of what it tells besides, and store it. Outside any unit of work."""
    del actor
    digest = fingerprint(data)
    with reading():
        known = session().scalars(select(LibraryFilm).where(LibraryFilm.sha256 == digest)).one_or_none()
    if known is not None:
        return Prepared(known.id, digest, known.size, known.seconds, known.captions)
    film = container.cleaned(data)
    cues = captions.read(said, seconds=film.seconds)
    scanning.refuse_infected(data, container.FIELD)
    prepared = Prepared(fresh_id(), digest, len(film.data), film.seconds, captions.written(cues))
    storage.current().put(key(prepared.id), film.data, MEDIA_TYPE)
    return prepared


@open_to(Permission.CONTENT_WRITE)
def record(actor: Actor, prepared: Prepared, *, title: str, now: datetime) -> LibraryFilm:
    """Keep the row of a film that is stored; one that is there already stays as it was named."""
    known = session().scalars(select(LibraryFilm).where(LibraryFilm.sha256 == prepared.sha256)).one_or_none()
    if known is not None:
        return known
    allow(actor, title, now=now)
    film = LibraryFilm(
        id=prepared.id,
        sha256=prepared.sha256,
        title=title.strip(),
        size=prepared.size,
        seconds=prepared.seconds,
        captions=prepared.captions,
        uploaded_by=actor.id or "",
        uploaded_at=now,
    )
    session().add(film)
    session().flush()
    audit.record(actor, "film.brought", f"film:{film.id}", now=now)
    return film


@open_to(Permission.CONTENT_WRITE)
def shelf(actor: Actor) -> Sequence[LibraryFilm]:
    """List the films there are, the newest first: a hundred at most."""
    del actor
    found = select(LibraryFilm).order_by(LibraryFilm.uploaded_at.desc(), LibraryFilm.id).limit(MOST_LISTED)
    return session().scalars(found).all()


def opened(film_id: str) -> LibraryFilm:
    """Give a film: films of the library are everybody's."""
    film = session().get(LibraryFilm, film_id)
    if film is None:
        raise NotFound
    return film


def known(ids: Collection[str]) -> set[str]:
    """Say which of these films there are."""
    return set(session().scalars(select(LibraryFilm.id).where(LibraryFilm.id.in_(ids)))) if ids else set()


def discard(film_id: str) -> None:
    """Take the file of a film away that has no row; one that is in the library stays. Outside any unit of work."""
    with reading():
        there = known([film_id])
    if not there:
        storage.current().delete(key(film_id))


def key(film_id: str) -> str:
    """Say where a film lies."""
    return f"{FOLDER}{film_id}/{FILE}"
