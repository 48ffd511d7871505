"""Pictures of pages: taken in from editors, given to everybody.

POST /m/v1/pictures (`alt`, `file`), POST /m/v1/pictures/<id>/focus (`focus`), GET /media/<id>/<name>.
Names: 1600, 800, 320 with .avif, .webp, .jpg.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from content import media
from core import storage
from core.db import keep, reading
from core.errors import Problem, Refusal, Rejected, TooLarge, Unavailable
from core.imaging import limits
from mobile_api import viewing
from mobile_api.viewing import Viewer

pages = Blueprint("media", __name__)

LOCKED = "default-src 'none'; frame-ancestors 'none'; sandbox"
FOR_EVER = "public, max-age=31536000, immutable"  # another picture has another address


@pages.post("/m/v1/pictures")
def post() -> tuple[Response, int]:
    """Take one picture in. The same picture twice is one: sending again does no harm."""
    viewer = viewing.viewer()
    try:
        given = request.files.get("file")
    except RequestEntityTooLarge:
        raise TooLarge("file_too_big", megabytes=limits.FILE_MEGABYTES) from None
    viewing.judge_origin()
    picture = receive(viewer, given, request.form.get("alt", ""))
    answer = jsonify({"picture": picture.id, "markdown": f"![{picture.alt}](picture:{picture.id})"})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201


@pages.get("/media/<picture>/<name>")
def fetch(picture: str, name: str) -> Response:
    """Give a file of a picture, to be kept."""
    with reading():
        key, media_type = media.opened(picture, name)
    answer = Response(storage.current().open(key), content_type=media_type)
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@pages.post("/m/v1/pictures/<picture>/focus")
def point(picture: str) -> Response:
    """Say what matters in a picture (`focus`): what lists show of it is cut anew."""
    viewer = viewing.viewer()
    viewing.judge_origin()
    refocus(viewer, picture, request.form.get("focus", ""))
    answer = jsonify({"picture": picture})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def refocus(viewer: Viewer, picture: str, focus: str) -> None:
    """Cut a picture anew and keep what matters in it. Portal pages call it too, outside any unit of work."""
    media.recut(viewer.actor, picture, focus)
    before = keep(lambda: media.refocus(viewer.actor, picture, focus, now=viewer.now))
    if before is not None:
        media.forget_cut(picture, before)


def receive(viewer: Viewer, given: FileStorage | None, alt: str) -> media.Kept:
    """Take a picture in and give its row. Portal pages call it too, outside any unit of work."""
    no_file = (Problem("file_missing", "file"),) if given is None or not given.filename else ()
    try:
        with reading():
            media.allow(viewer.actor, alt, now=viewer.now)
    except Rejected as rejected:
        raise Rejected((*no_file, *rejected.problems)) from None
    if given is None or no_file:
        raise Rejected(no_file)
    prepared = media.prepare(viewer.actor, given.stream.read(limits.FILE_BYTES + 1))
    try:
        picture = keep(lambda: media.record(viewer.actor, prepared, alt=alt, now=viewer.now))
    except Unavailable:
        raise  # the row may have been kept all the same
    except Refusal:
        media.discard(prepared.id)
        raise
    if picture.id != prepared.id:
        media.discard(prepared.id)
    return picture
