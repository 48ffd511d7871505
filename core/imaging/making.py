"""Judge a file and have it made anew. Each no is a problem with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from core.errors import Problem, Rejected
from core.imaging import limits, pool, wire
from core.imaging.sniffing import Kind, kind_of

FIELD = "file"
DRAWN = "signature"
PLACE = "photo"
FIELDS = {"evidence": FIELD, "signature": DRAWN}  # the input a problem belongs to, by purpose


@dataclass(frozen=True, slots=True)
class Made:
    """What we keep of a file: a master, perhaps a thumbnail, and what was measured."""

    media_type: str
    master: bytes
    thumbnail: bytes | None = None
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictures:
    """A photograph for everybody: width and height of the wide one, and the files by their names."""

    width: int
    height: int
    files: Mapping[str, bytes]


PICTURES = {  # names of the files, in the order they are made, and their types
    "800.jpg": "image/jpeg",
    "800.webp": "image/webp",
    "320.jpg": "image/jpeg",
    "320.webp": "image/webp",
}


def pictures(data: bytes) -> Pictures:
    """Make a photograph of a place anew, in two widths. Raises `Rejected` and `Unavailable` as `remake` does."""
    kind = _judged(data, limits.FILE_BYTES, PLACE)
    if kind is Kind.PDF:
        _reject("photo_no_picture", PLACE)
    head, blobs = _ask({"make": "place", "options": {"kind": kind.value}}, data, PLACE)
    return Pictures(int(head["width"]), int(head["height"]), dict(zip(PICTURES, blobs, strict=True)))


LIBRARY = {  # the same for pictures of pages
    f"{width}.{ending}": kind
    for width in (1600, 800, 320)
    for ending, kind in (("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg"))
}


COVER_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
FOCUSES = tuple(across + down for down in "tmb" for across in "lcr")
MIDDLE = "cm"


def cover_files(focus: str) -> dict[str, str]:
    """Name the files of the cut lists show, and their types: another focus has other files."""
    return {f"cover-{focus}.{ending}": kind for ending, kind in COVER_TYPES.items()}


def library_pictures(data: bytes, focus: str = MIDDLE) -> Pictures:
    """Make a picture for pages anew, in three widths, and the cut. Raises as `remake` does."""
    kind = _judged(data, limits.FILE_BYTES, FIELD, frozenset({Kind.AVIF}))
    if kind is Kind.PDF:
        _reject("photo_no_picture", FIELD)
    head, blobs = _ask({"make": "library", "options": {"kind": kind.value, "focus": focus}}, data, FIELD)
    names = [*LIBRARY, *cover_files(focus)]
    return Pictures(int(head["width"]), int(head["height"]), dict(zip(names, blobs, strict=True)))


def library_cover(data: bytes, focus: str) -> dict[str, bytes]:
    """Cut one of our own pictures anew, by what matters in it. Raises as `remake` does."""
    kind = _judged(data, limits.FILE_BYTES, FIELD)
    _, blobs = _ask({"make": "cover", "options": {"kind": kind.value, "focus": focus}}, data, FIELD)
    return dict(zip(cover_files(focus), blobs, strict=True))


def remake(data: bytes) -> Made:
    """Make a photograph or paper anew.

    Raises `Rejected` with what to do, `Unavailable` where too much is going on at once.
    """
    kind = _judged(data, limits.FILE_BYTES, FIELD)
    if kind is Kind.PDF:
        head, blobs = _ask({"make": "document"}, data, FIELD)
        return Made("application/pdf", blobs[0], pages=int(head["pages"]))
    head, blobs = _ask({"make": "photo", "options": {"kind": kind.value}}, data, FIELD)
    found = tuple(str(code) for code in head["warnings"])
    return Made("image/jpeg", blobs[0], blobs[1], int(head["width"]), int(head["height"]), warnings=found)


def bound(photographs: Sequence[bytes]) -> Made:
    """Bind photographs that were made anew into one PDF, in order. Raises as `remake` does."""
    sizes, data = [len(one) for one in photographs], b"".join(photographs)
    if len(data) > wire.LONGEST:
        _reject("photos_too_big", FIELD, megabytes=limits.FILE_MEGABYTES)
    head, blobs = _ask({"make": "booklet", "options": {"sizes": sizes}}, data, FIELD)
    return Made("application/pdf", blobs[0], pages=int(head["pages"]))


def clean_signature(data: bytes) -> Made:
    """Clean and trim a drawn signature. Raises `Rejected`: `signature_empty` where nothing was drawn."""
    kind = _judged(data, limits.SIGNATURE_BYTES, DRAWN)
    if kind is not Kind.PNG:
        _reject("signature_not_drawn", DRAWN)
    head, blobs = _ask({"make": "signature", "options": {"kind": kind.value}}, data, DRAWN)
    return Made("image/png", blobs[0], width=int(head["width"]), height=int(head["height"]))


def _judged(data: bytes, most: int, field: str, rare: frozenset[Kind] = frozenset()) -> Kind:
    """Say what a file is. `rare` kinds are taken where somebody at a desk brings them, and nowhere else."""
    if not data:
        _reject("file_empty", field)
    if len(data) > most:
        _reject("file_too_big", field, megabytes=most // limits.MEGABYTE)
    kind = kind_of(data)
    if kind is None or (kind is Kind.AVIF and kind not in rare):
        _reject("file_kind_not_allowed", field)
    return kind


def _ask(head: dict[str, Any], data: bytes, field: str) -> tuple[dict[str, Any], list[bytes]]:
    try:
        answer, blobs = pool.current().ask(head, data)
    except pool.ChildDied:
        _reject("file_too_heavy", field)
    if "refused" in answer:
        _reject(str(answer["refused"]), field, **answer["params"])
    return answer, blobs


def _reject(code: str, field: str, **params: int) -> NoReturn:
    raise Rejected((Problem(code, field, params),))
