"""Films of pages: taken in from editors, given to everybody in pieces, as players ask for them.

POST /m/v1/films (`title`, `file`, `captions`), GET /films/<id>/film.mp4 (with `Range`), GET /films/<id>/captions.vtt.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from content.films import captions, container, library
from core import storage
from core.db import keep, reading
from core.errors import NotFound, Problem, Refusal, Rejected, TooLarge, Unavailable
from core.imaging.limits import MEGABYTE
from mobile_api import viewing
from mobile_api.media import FOR_EVER, LOCKED
from mobile_api.viewing import Viewer

pages = Blueprint("films", __name__)

BODY_BYTES = container.FILM_BYTES + MEGABYTE  # the film, its captions, and what multipart adds
TAKE_FILMS = ("films.post", "desk_films.take")


def install(app: Flask) -> None:
    """Let the two doors that take films take more than others, before anybody reads what is sent."""
    app.before_request(make_room)


def make_room() -> None:
    """Raise the limit where a film is brought."""
    if request.endpoint in TAKE_FILMS:
        request.max_content_length = BODY_BYTES


@pages.post("/m/v1/films")
def post() -> tuple[Response, int]:
    """Take one film in. The same film twice is one: sending again does no harm."""
    viewer = viewing.viewer()
    try:
        given, said = request.files.get("file"), request.files.get("captions")
    except RequestEntityTooLarge:
        raise TooLarge("film_too_big", megabytes=container.FILM_MEGABYTES) from None
    viewing.judge_origin()
    film = receive(viewer, given, said, request.form.get("title", ""))
    answer = jsonify({"film": film, "field": f"{library.MARK}{film}"})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201


@pages.get("/films/<film>/<name>")
def fetch(film: str, name: str) -> Response:
    """Give a film or its captions, to be kept; of a film as much as is asked for."""
    with reading():
        found = library.opened(film)
    if name == library.CAPTIONS:
        return _finished(Response(found.captions, content_type=library.CAPTIONS_TYPE))
    if name != library.FILE:
        raise NotFound
    answer = _part(found.id, found.size)
    answer.headers["Accept-Ranges"] = "bytes"
    answer.set_etag(found.sha256[:32])
    return _finished(answer)


def _part(film: str, size: int) -> Response:
    """Give the part that is asked for: one range; of several the whole. A film never changes."""
    wanted = request.range
    key = library.key(film)
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        answer = Response(storage.current().open(key), content_type=library.MEDIA_TYPE)
        answer.content_length = size
        return answer
    span = wanted.range_for_length(size)
    if span is None:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = span
    answer = Response(storage.current().part(key, start, end), 206, content_type=library.MEDIA_TYPE)
    answer.content_length = end - start
    answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return answer


def _finished(answer: Response) -> Response:
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def receive(viewer: Viewer, given: FileStorage | None, said: FileStorage | None, title: str) -> str:
    """Take a film with its captions in and give its id. Portal pages call it too, outside any unit of work."""
    absent = tuple(
        Problem(code, field)
        for one, code, field in ((given, "film_missing", "file"), (said, "captions_missing", "captions"))
        if one is None or not one.filename
    )
    try:
        with reading():
            library.allow(viewer.actor, title, now=viewer.now)
    except Rejected as rejected:
        raise Rejected((*absent, *rejected.problems)) from None
    if given is None or said is None or absent:
        raise Rejected(absent)
    written = said.stream.read(2 * captions.LONGEST).decode("utf-8", "replace")
    prepared = library.prepare(viewer.actor, given.stream.read(container.FILM_BYTES + 1), written)
    try:
        film = keep(lambda: library.record(viewer.actor, prepared, title=title, now=viewer.now))
    except Unavailable:
        raise  # the row may have been kept all the same
    except Refusal:
        library.discard(prepared.id)
        raise
    if film.id != prepared.id:
        library.discard(prepared.id)
    return film.id
