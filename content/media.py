"""Pictures pages may show: taken in by editors, made anew, described, kept once (FEATURES D26, TRUST U1, U2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, tuple_

from content import markdown, version
from content.markdown import Picture
from content.models.media import LibraryPicture
from core import audit, imaging, scanning, storage
from core.calendar import instant
from core.crypto import fingerprint
from core.db import fresh_id, reading, session
from core.errors import Malformed, NotFound, Problem, Rejected, TooMany, checklist
from core.identity import Actor, Permission, open_to

FOLDER = "library/"
FIELD = "file"
A_DAY = timedelta(days=1)
MOST_A_DAY = 200
SHORTEST_ALT, LONGEST_ALT = 4, 100
FORMATS = {"image/avif": "avif", "image/webp": "webp"}
WIDTHS = (320, 800, 1600)
WIDEST = "1600.jpg"
TYPES = imaging.LIBRARY | imaging.cover_files(imaging.MIDDLE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture that lies in the storage and waits for its row, or has one already."""

    id: str
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture of the library: its id, and what it shows in words."""

    id: str
    alt: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What a list shows of a page: a picture, cut by what matters in it."""

    picture: str
    alt: str
    focus: str

    def file(self, ending: str) -> str:
        """Give the address of a file."""
        return f"/media/{self.picture}/cover-{self.focus}.{ending}"


FIRST = re.compile(r"!\[[^\]]*\]\(picture:([A-Za-z0-9_-]{1,22})\)")


@open_to(Permission.CONTENT_WRITE)
def allow(actor: Actor, alt: str, *, now: datetime) -> None:
    """Let an editor bring a picture, or say why not; nothing is decoded before this."""
    with checklist() as check:
        check.require(len(alt.strip()) >= SHORTEST_ALT, "photo_alt_missing", "alt")
        check.require(len(alt) <= LONGEST_ALT, "text_too_long", "alt", limit=LONGEST_ALT, length=len(alt))
    mine = (LibraryPicture.uploaded_by == actor.id, LibraryPicture.uploaded_at > now - A_DAY)
    if (session().scalar(select(func.count()).select_from(LibraryPicture).where(*mine)) or 0) >= MOST_A_DAY:
        raise TooMany("photo_quota", files=MOST_A_DAY)


@open_to(Permission.CONTENT_WRITE)
def prepare(actor: Actor, data: bytes) -> Prepared:
    """Scan a picture, make it anew and store it, unless it is there. Outside any unit of work."""
    del actor
    digest = fingerprint(data)
    with reading():
        known = session().scalars(select(LibraryPicture).where(LibraryPicture.sha256 == digest)).one_or_none()
    if known is not None:
        return Prepared(known.id, digest, known.width, known.height)
    scanning.refuse_infected(data, FIELD)
    made = imaging.library_pictures(data)
    picture = Prepared(fresh_id(), digest, made.width, made.height)
    for name, blob in made.files.items():
        storage.current().put(_key(picture.id, name), blob, TYPES[name])
    return picture


@open_to(Permission.CONTENT_WRITE)
def record(actor: Actor, prepared: Prepared, *, alt: str, now: datetime) -> Kept:
    """Keep the row of a picture that is stored; one that is there already stays as it was described."""
    found = select(LibraryPicture).where(LibraryPicture.sha256 == prepared.sha256)
    known = session().scalars(found).one_or_none()
    if known is not None:
        return Kept(known.id, known.alt)
    allow(actor, alt, now=now)
    picture = LibraryPicture(
        id=prepared.id,
        sha256=prepared.sha256,
        alt=alt.strip(),
        width=prepared.width,
        height=prepared.height,
        focus=imaging.MIDDLE,
        uploaded_by=actor.id or "",
        uploaded_at=now,
    )
    session().add(picture)
    session().flush()
    return Kept(picture.id, picture.alt)


def discard(picture_id: str) -> None:
    """Take the files of a picture away that has no row."""
    for name in (*imaging.LIBRARY, *imaging.cover_files(imaging.MIDDLE)):
        storage.current().delete(_key(picture_id, name))


@open_to(Permission.CONTENT_WRITE)
def recut(actor: Actor, picture_id: str, focus: str) -> None:
    """Cut the picture lists show anew, so that what matters stays in sight. Outside any unit of work."""
    del actor
    with reading():
        picture = session().get(LibraryPicture, picture_id)
    if picture is None:
        raise NotFound("picture_unknown")
    if focus not in imaging.FOCUSES:
        raise Rejected((Problem("focus_missing", "focus"),))
    made = imaging.library_cover(storage.current().get(_key(picture_id, WIDEST)), focus)
    for name, blob in made.items():
        storage.current().put(_key(picture_id, name), blob, imaging.cover_files(focus)[name])


@open_to(Permission.CONTENT_WRITE)
def refocus(actor: Actor, picture_id: str, focus: str, *, now: datetime) -> str | None:
    """Say what matters in a picture, once it is cut so. Give what mattered before, whose files may go."""
    picture = session().get(LibraryPicture, picture_id, with_for_update=True)
    if picture is None:
        raise NotFound("picture_unknown")
    before, picture.focus = picture.focus, focus
    version.advance(now=now)
    audit.record(actor, "picture.refocused", f"picture:{picture.id}", now=now, focus=focus)
    return before if before != focus else None


def forget_cut(picture_id: str, focus: str) -> None:
    """Take the files of an earlier cut away."""
    for name in imaging.cover_files(focus):
        storage.current().delete(_key(picture_id, name))


@open_to(Permission.CONTENT_WRITE)
def shelf(actor: Actor, *, first: int, after: Sequence[Any] | None) -> Sequence[LibraryPicture]:
    """List the pictures there are, the newest first, one more than asked for where more follows."""
    del actor
    order = (LibraryPicture.uploaded_at, LibraryPicture.id)
    found = select(LibraryPicture).order_by(*(one.desc() for one in order)).limit(first + 1)
    if after is not None:
        found = found.where(tuple_(*order) < tuple_(*_place(after)))
    return session().scalars(found).all()


def opened(picture_id: str, name: str) -> tuple[str, str]:
    """Say where a file of a picture lies, and what it is. Pictures of the library are everybody's."""
    picture = session().get(LibraryPicture, picture_id)
    if picture is None:
        raise NotFound
    named = imaging.LIBRARY | (imaging.cover_files(picture.focus) if picture.focus else {})
    if name not in named:
        raise NotFound
    return _key(picture_id, name), named[name]


def known(ids: Collection[str]) -> dict[str, LibraryPicture]:
    """Give the pictures of these ids that there are."""
    if not ids:
        return {}
    return {one.id: one for one in session().scalars(select(LibraryPicture).where(LibraryPicture.id.in_(ids)))}


def shown_in(body: str) -> Mapping[str, Picture]:
    """Give the pictures a text shows, as a page needs them."""
    return {which: drawn(one) for which, one in known(markdown.picture_ids(body)).items()}


def drawn(one: LibraryPicture) -> Picture:
    """Say how a page shows a picture: the small formats first, JPEG for old telephones."""
    widths = {width: min(width, one.width) for width in WIDTHS}
    sources = {
        kind: ", ".join(f"/media/{one.id}/{width}.{ending} {shown}w" for width, shown in widths.items())
        for kind, ending in FORMATS.items()
    }
    width = widths[800]
    return Picture(f"/media/{one.id}/800.jpg", one.alt, width, round(one.height * width / one.width), sources)


def covers(bodies: Mapping[str, str]) -> dict[str, Cover]:
    """Give what lists show of texts: the first picture of each that has one, by the key of the text."""
    first = {key: found[1] for key, body in bodies.items() if (found := FIRST.search(body))}
    there = known(set(first.values()))
    shown = {key: there[which] for key, which in first.items() if which in there}
    return {key: Cover(one.id, one.alt, one.focus) for key, one in shown.items() if one.focus}


def _place(after: Sequence[Any]) -> tuple[Any, Any]:
    if [type(part) for part in after] != [str, str]:
        raise Malformed("cursor_unknown")
    try:
        return instant(after[0]), after[1]
    except ValueError:
        raise Malformed("cursor_unknown") from None


def _key(picture_id: str, name: str) -> str:
    return f"{FOLDER}{picture_id}/{name}"
