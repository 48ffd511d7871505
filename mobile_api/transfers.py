"""Files received chunk by chunk, over a line that breaks (FEATURES E10). Each step may be done again, to the same end.

POST /m/v1/transfers (JSON: `name`, `bytes`, `sha256`, and where wanted `purpose`, `chunkBytes`, `draft` with `item`;
header `Idempotency-Key`), PUT /m/v1/transfers/<id>/chunks/<number> (the bytes; header `Content-Digest`),
GET /m/v1/transfers/<id>, POST /m/v1/transfers/<id>/finish, DELETE /m/v1/transfers/<id>.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from applications import transfers, uploads
from applications.transfers import LARGEST_CHUNK, USUAL_CHUNK, Standing, Wish
from applications.uploads import Purpose
from core import idempotency, storage
from core.crypto import fingerprint
from core.db import keep, reading
from core.errors import Malformed, NotFound, Problem, Refusal, Rejected, TooLarge, Unavailable
from mobile_api import viewing
from mobile_api.uploads import KEY_HEADER, describe
from mobile_api.viewing import Viewer

pages = Blueprint("transfers", __name__, url_prefix="/m/v1/transfers")

OPERATION = "m/v1/transfers"
BODY_BYTES = 4_000
LONGEST_NAME = 400
SHA256 = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")  # RFC 9530


@pages.post("")
def begin() -> tuple[Response, int]:
    """Begin: nothing is sent yet. The same key gives the same transfer, also when the first answer was lost."""
    viewer = viewing.viewer()
    viewing.judge_origin()
    key = idempotency.judged(request.headers.get(KEY_HEADER))
    given = _given()
    wish, digest = _wish(given), idempotency.digest(OPERATION, given)
    transfer_id = keep(lambda: _begun(viewer, wish, key, digest))
    return _told(viewer, _standing(viewer, transfer_id)), 201


@pages.get("/<transfer_id>")
def show(transfer_id: str) -> Response:
    """Say which chunks are still to be sent, or what became of the file."""
    viewer = viewing.viewer()
    return _told(viewer, _standing(viewer, transfer_id))


@pages.put("/<transfer_id>/chunks/<int:number>")
def put(transfer_id: str, number: int) -> Response:
    """Take one chunk in, whole or not at all. One that is here already is not written again."""
    viewer = viewing.viewer()
    viewing.judge_origin()
    data = _chunk()
    with reading():
        key = transfers.awaited(viewer.actor, transfer_id, number, data, now=viewer.now)
    if key:
        _store(viewer, transfer_id, number, data, key)
    remaining = len(_standing(viewer, transfer_id).missing)
    return _quiet(jsonify({"number": number, "remaining": remaining}))


@pages.post("/<transfer_id>/finish")
def finish(transfer_id: str) -> tuple[Response, int]:
    """Put the file together and take it in like any other; it then stands where it was meant for."""
    viewer = viewing.viewer()
    viewing.judge_origin()
    found = _standing(viewer, transfer_id)
    if found.transfer.upload_id is None:
        _take(viewer, found)
    return _told(viewer, _standing(viewer, transfer_id)), 201


@pages.delete("/<transfer_id>")
def cancel(transfer_id: str) -> tuple[Response, int]:
    """Forget it. What is not there is forgotten too: the answer is the same."""
    viewer = viewing.viewer()
    viewing.judge_origin()
    _delete(keep(lambda: transfers.cancel(viewer.actor, transfer_id, now=viewer.now)))
    return _quiet(Response()), 204


def _store(viewer: Viewer, transfer_id: str, number: int, data: bytes, key: str) -> None:
    storage.current().put(key, data, "application/octet-stream")
    try:
        needed = keep(lambda: transfers.note(viewer.actor, transfer_id, number, fingerprint(data), now=viewer.now))
    except Unavailable:
        raise  # the row may have been kept all the same: if not, the sweep takes the file away
    except Refusal:
        storage.current().delete(key)
        raise
    if not needed:
        _delete([key])


def _begun(viewer: Viewer, wish: Wish, key: str, digest: str) -> str:
    owner = f"{viewer.actor.kind}:{viewer.actor.id}"
    held = idempotency.claim(owner, key, operation=OPERATION, digest=digest, now=viewer.now)
    if held is not None:
        return str(held["id"])
    transfer = transfers.begin(viewer.actor, wish, now=viewer.now)
    idempotency.remember(owner, key, {"id": transfer.id})
    return transfer.id


def _take(viewer: Viewer, found: Standing) -> None:
    """Put together, scan, make anew, store, and write the row: in this order."""
    actor, transfer_id = viewer.actor, found.transfer.id
    try:
        data = transfers.whole(actor, found)
    except NotFound:  # somebody else finishes it at this moment, and has taken its chunks away
        if _standing(viewer, transfer_id).transfer.upload_id is None:
            raise
        return
    prepared = uploads.prepare(actor, Purpose(found.transfer.purpose), data)
    try:
        token = keep(lambda: transfers.finish(actor, transfer_id, prepared, now=viewer.now))
    except Unavailable:
        raise  # as above
    except Refusal:
        uploads.discard(prepared)
        raise
    if token != prepared.token:
        uploads.discard(prepared)
    _delete(found.keys)


def _delete(keys: list[str]) -> None:
    """Take away what nobody needs; what cannot be taken now is swept."""
    with suppress(Unavailable):
        for key in keys:
            storage.current().delete(key)


def _standing(viewer: Viewer, transfer_id: str) -> Standing:
    with reading():
        return transfers.standing(viewer.actor, transfer_id, now=viewer.now)


def _told(viewer: Viewer, found: Standing) -> Response:
    transfer = found.transfer
    said: dict[str, Any] = {
        "id": transfer.id,
        "bytes": transfer.size,
        "chunkBytes": transfer.chunk_size,
        "chunks": found.chunks,
        "missing": found.missing,
        "expiresAt": _written(transfer.expires_at),
        "upload": None,
    }
    if transfer.upload_id:
        with reading():
            said["upload"] = describe(viewer, uploads.find(viewer.actor, transfer.upload_id))
    return _quiet(jsonify(said))


def _quiet(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _given() -> dict[str, Any]:
    request.max_content_length = BODY_BYTES
    try:
        given = json.loads(request.get_data())
    except RequestEntityTooLarge:
        raise TooLarge("limit_body", limit=BODY_BYTES) from None
    except (ValueError, RecursionError):
        raise Malformed("transfer_malformed") from None
    if not isinstance(given, dict):
        raise Malformed("transfer_malformed")
    return given


def _wish(given: dict[str, Any]) -> Wish:
    purpose = given.get("purpose", Purpose.EVIDENCE)
    if purpose not in list(Purpose):
        raise Malformed("purpose_unknown")
    return Wish(
        name=_text(given.get("name", "")),
        size=_figure(given.get("bytes")),
        sha256=_text(given.get("sha256")),
        purpose=Purpose(purpose),
        chunk_size=_figure(given.get("chunkBytes", USUAL_CHUNK)),
        draft_id=_text(given["draft"]) if given.get("draft") is not None else None,
        item=_text(given["item"]) if given.get("item") is not None else None,
    )


def _text(value: object) -> str:
    """Give a text that any database takes: no NUL, no halves of a pair."""
    if not isinstance(value, str) or "\0" in value or value.encode(errors="ignore").decode() != value:
        raise Malformed("transfer_malformed")
    return value[:LONGEST_NAME]


def _figure(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 31:
        raise Malformed("transfer_malformed")
    return value


def _chunk() -> bytes:
    """Read a chunk and see that it came through whole."""
    said = SHA256.fullmatch(request.headers.get("Content-Digest", ""))
    if said is None:
        raise Malformed("chunk_digest_missing")
    request.max_content_length = LARGEST_CHUNK
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise TooLarge("limit_body", limit=LARGEST_CHUNK) from None
    if binascii.hexlify(base64.b64decode(said[1])).decode() != fingerprint(data):
        raise Rejected((Problem("chunk_damaged", "file"),))
    return data
