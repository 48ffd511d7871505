"""Files: received by multipart, one at a time; given back by short-lived links to whoever may see them.

POST /m/v1/uploads (`file`, optionally `purpose`; header `Idempotency-Key`), GET /m/v1/files/<token>/<variant>.
"""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from flask.wrappers import Request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from applications import binding, uploads
from applications.uploads import Prepared, Purpose, Variant
from core import idempotency, links, storage
from core.crypto import fingerprint
from core.db import keep, reading
from core.errors import Malformed, NotFound, Problem, Refusal, Rejected, TooLarge, Unavailable
from core.imaging import limits
from mobile_api import viewing
from mobile_api.viewing import Viewer

pages = Blueprint("files", __name__, url_prefix="/m/v1")

BODY_BYTES = limits.FILE_BYTES + limits.MEGABYTE  # the file and what multipart adds
KEY_HEADER = "Idempotency-Key"
OPERATION = "m/v1/uploads"
LOCKED = "default-src 'none'; img-src 'self'; frame-ancestors 'none'; sandbox"


class BoundedRequest(Request):
    """A request whose files stay in memory: nothing touches the disk before it has been judged."""

    def _get_file_stream(self, *_args: Any, **_more: Any) -> io.BytesIO:
        return io.BytesIO()


def bound(app: Flask) -> None:
    """Bound what a request may carry, on every page: one file and what goes with it."""
    app.request_class = BoundedRequest
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES


@pages.post("/uploads")
def post() -> tuple[Response, int]:
    """Take one file in."""
    viewer = viewing.viewer()
    given = _parsed()
    viewing.judge_origin()
    described = receive(viewer, given, purpose=_purpose(), key=request.headers.get(KEY_HEADER))
    answer = jsonify(described)
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201


@pages.get("/files/<token>/<variant>")
def fetch(token: str, variant: str) -> Response:
    """Give a file to whom the link was made for, if they may still see it."""
    viewer = viewing.viewer()
    _judge_link(viewer)
    if variant not in list(Variant):
        raise NotFound
    with reading():
        opened = uploads.look(viewer.actor, token, Variant(variant))
    if opened.is_foreign:
        keep(lambda: uploads.note_opened(viewer.actor, token, now=viewer.now))
    answer = Response(storage.current().open(opened.key), content_type=opened.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{opened.file_name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def receive(
    viewer: Viewer, given: FileStorage | None, *, purpose: str = Purpose.EVIDENCE, key: str | None = None
) -> dict[str, Any]:
    """Take a file in and describe what was kept. Portal pages call it too, outside any unit of work.

    Raises `Rejected` with what to put right, `TooMany` over the quota, `Unavailable` where storage, scanner or
    decoders are away. The same `key` gives the same upload.
    """
    if given is None or (not given.filename and not given.stream.read(1)):
        raise Rejected((Problem("file_missing", "file"),))
    with reading():
        uploads.allow(viewer.actor, now=viewer.now)
    data = _read(given)
    return take(viewer, data, name=given.filename or "", purpose=Purpose(purpose), key=key)


def take(viewer: Viewer, data: bytes, *, name: str, purpose: Purpose, key: str | None = None) -> dict[str, Any]:
    """Scan, make anew, store, and write the row: in this order."""
    digest = idempotency.digest(OPERATION, [purpose, fingerprint(data)])
    prepared = uploads.prepare(viewer.actor, purpose, data)
    try:
        token = keep(lambda: _record(viewer, prepared, name, key and idempotency.judged(key), digest))
    except Unavailable:
        raise  # the row may have been kept all the same: if not, the sweep takes the file away
    except Refusal:
        uploads.discard(prepared)
        raise
    if token != prepared.token:
        uploads.discard(prepared)
    with reading():
        return describe(viewer, uploads.find(viewer.actor, token))


def bind(viewer: Viewer, draft_id: str, item: str) -> None:
    """Bind the photographs of an item into one PDF: chosen, made and stored, put in their place. In this order."""
    with reading():
        chosen = binding.choose(viewer.actor, draft_id, item, now=viewer.now)
    prepared = binding.prepare(viewer.actor, chosen)
    try:
        keep(lambda: binding.bind(viewer.actor, chosen, prepared, now=viewer.now))
    except Unavailable:
        raise  # as above
    except Refusal:
        uploads.discard(prepared)
        raise


def describe(viewer: Viewer, upload: Any) -> dict[str, Any]:
    """Say what was kept, with links that hold for ten minutes."""
    return {
        "token": upload.id,
        "name": upload.name,
        "purpose": upload.purpose,
        "mediaType": upload.media_type,
        "bytes": upload.size,
        "sha256": upload.sha256,
        "width": upload.width,
        "height": upload.height,
        "pages": upload.pages,
        "url": link(viewer, upload.id, Variant.MASTER),
        "thumbnailUrl": link(viewer, upload.id, Variant.THUMBNAIL) if upload.thumbnail_key else None,
        "warnings": [viewing.say(code) for code in upload.warnings],
    }


def link(viewer: Viewer, token: str, variant: str = Variant.MASTER) -> str:
    """Make a short-lived link to a file, for this viewer alone. Whether they may see it is asked when they come."""
    return links.signed(f"{pages.url_prefix}/files/{token}/{variant}", viewer.actor, now=viewer.now)


def _record(viewer: Viewer, prepared: Prepared, name: str, key: str | None, digest: str) -> str:
    owner = f"{viewer.actor.kind}:{viewer.actor.id}"
    if key:
        held = idempotency.claim(owner, key, operation=OPERATION, digest=digest, now=viewer.now)
        if held is not None:
            return str(held["token"])
    upload = uploads.record(viewer.actor, prepared, name, now=viewer.now)
    if key:
        idempotency.remember(owner, key, {"token": upload.id})
    return upload.id


def _judge_link(viewer: Viewer) -> None:
    expires, signature = request.args.get("expires", ""), request.args.get("signature", "")
    links.judge(request.path, viewer.actor, expires=expires, signature=signature, now=viewer.now)


def _parsed() -> FileStorage | None:
    try:
        files = [one for _name, one in request.files.items(multi=True)]
    except RequestEntityTooLarge:
        raise TooLarge("file_too_big", megabytes=limits.FILE_MEGABYTES) from None
    if len(files) > 1:
        raise Malformed("one_file_only")
    return files[0] if files else None


def _purpose() -> Purpose:
    said = request.form.get("purpose", Purpose.EVIDENCE)
    if said not in list(Purpose):
        raise Malformed("purpose_unknown")
    return Purpose(said)


def _read(given: FileStorage) -> bytes:
    given.stream.seek(0)
    return given.stream.read(limits.FILE_BYTES + 1)
