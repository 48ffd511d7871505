"""Photographs of places: taken in from who keeps the place, given to everybody once they are approved (FEATURES C04).

POST /m/v1/directory/photos (`station`, `alt`, `file`; header `Idempotency-Key`), GET /photos/<id>/<name> for everybody,
GET /m/v1/photos/<id>/<name> for who may see the edit it waits in. Names: 800.webp, 800.jpg, 320.webp, 320.jpg.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from core import idempotency, storage
from core.crypto import fingerprint
from core.db import keep, reading
from core.errors import Problem, Refusal, Rejected, TooLarge, Unavailable
from core.identity import ANYONE
from core.imaging import limits
from locator import pictures
from locator.upkeep import photos
from mobile_api import viewing
from mobile_api.viewing import Viewer

pages = Blueprint("photos", __name__)

KEY_HEADER = "Idempotency-Key"
OPERATION = "m/v1/directory/photos"
LOCKED = "default-src 'none'; frame-ancestors 'none'; sandbox"
FOR_EVER = "public, max-age=31536000, immutable"  # another photograph has another address


@dataclass(frozen=True, slots=True)
class Said:
    """Which place, and what its photograph shows."""

    station: str
    alt: str


@pages.post("/m/v1/directory/photos")
def post() -> tuple[Response, int]:
    """Take one photograph in."""
    viewer = viewing.viewer()
    try:
        given = request.files.get("file")
    except RequestEntityTooLarge:
        raise TooLarge("file_too_big", megabytes=limits.FILE_MEGABYTES) from None
    viewing.judge_origin()
    said = Said(request.form.get("station", ""), request.form.get("alt", ""))
    answer = jsonify({"changeSet": receive(viewer, said, given, key=request.headers.get(KEY_HEADER))})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201


@pages.get("/photos/<photo>/<name>")
def fetch(photo: str, name: str) -> Response:
    """Give a file of a photograph that a place shows, to anybody, to be kept."""
    with reading():
        opened = pictures.look(ANYONE, photo, name)
    return _given(opened, FOR_EVER)


@pages.get("/m/v1/photos/<photo>/<name>")
def preview(photo: str, name: str) -> Response:
    """Give a file of a photograph that waits for approval, to who may see the edit."""
    viewer = viewing.viewer()
    with reading():
        opened = pictures.look(viewer.actor, photo, name)
    return _given(opened, "private, no-store")


def receive(viewer: Viewer, said: Said, given: FileStorage | None, *, key: str | None = None) -> str:
    """Take a photograph in and give the id of the edit it waits in. Portal pages call it too, outside any unit of work.

    Raises `Rejected` with what to put right, `Unavailable` where storage, scanner or decoders are away.
    """
    no_file = (Problem("file_missing", "photo"),) if given is None or not given.filename else ()
    try:
        with reading():
            photos.allow(viewer.actor, said.station, said.alt, now=viewer.now)
    except Rejected as rejected:
        raise Rejected((*no_file, *rejected.problems)) from None
    if given is None or no_file:
        raise Rejected(no_file)
    data = given.stream.read(limits.FILE_BYTES + 1)
    digest = idempotency.digest(OPERATION, [said.station, said.alt, fingerprint(data)])
    prepared = photos.prepare(viewer.actor, data)
    try:
        laid, is_new = keep(lambda: _record(viewer, said, prepared, key and idempotency.judged(key), digest))
    except Unavailable:
        raise  # the row may have been kept all the same: if not, the sweep takes the files away
    except Refusal:
        pictures.discard(prepared.id)
        raise
    if not is_new:
        pictures.discard(prepared.id)
    return laid


def _record(viewer: Viewer, said: Said, prepared: photos.Prepared, key: str | None, digest: str) -> tuple[str, bool]:
    owner = f"{viewer.actor.kind}:{viewer.actor.id}"
    if key:
        held = idempotency.claim(owner, key, operation=OPERATION, digest=digest, now=viewer.now)
        if held is not None:
            return str(held["changeSet"]), False
    laid = photos.propose(viewer.actor, said.station, prepared, alt=said.alt, now=viewer.now)
    if key:
        idempotency.remember(owner, key, {"changeSet": laid.id})
    return laid.id, True


def _given(opened: pictures.Opened, kept: str) -> Response:
    answer = Response(storage.current().open(opened.key), content_type=opened.media_type)
    answer.headers["Cache-Control"] = kept
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
