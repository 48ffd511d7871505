"""Files of stations: taken in by multipart, compared with the directory and laid down to be looked at (C14).

POST /m/v1/directory/imports (`file`; header `Idempotency-Key`), GET /m/v1/directory/template.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from core import deadline, idempotency
from core.crypto import fingerprint
from core.db import keep, reading
from core.errors import Problem, Rejected, TooLarge
from locator.upkeep import imports, sheets
from mobile_api import viewing
from mobile_api.viewing import Viewer

pages = Blueprint("sheets", __name__, url_prefix="/m/v1/directory")

KEY_HEADER = "Idempotency-Key"
OPERATION = "m/v1/directory/imports"
SECONDS = 60.0  # a province's whole list takes some
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.post("/imports")
def post() -> tuple[Response, int]:
    """Take one file in."""
    viewer = viewing.viewer()
    imports.allow(viewer.actor)
    try:
        given = request.files.get("file")
    except RequestEntityTooLarge:
        raise TooLarge("page_too_large") from None
    viewing.judge_origin()
    answer = jsonify({"changeSet": receive(viewer, given, key=request.headers.get(KEY_HEADER))})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201


@pages.get("/template")
def template() -> Response:
    """Give an empty file to fill in."""
    imports.allow(viewing.viewer().actor)
    answer = Response(sheets.template(), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="stations.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def receive(viewer: Viewer, given: FileStorage | None, *, key: str | None = None) -> str:
    """Take a file in and give the id of the set of changes it makes. Portal pages call it too.

    It is compared in a unit of work that only reads: others may write all the while.
    """
    imports.allow(viewer.actor)
    if given is None or not given.filename:
        raise Rejected((Problem("sheet_missing", "file"),))
    data = given.stream.read()
    sheet = sheets.read(data)
    with deadline.running(SECONDS):
        with reading():
            plan = imports.compare(viewer.actor, sheet, now=viewer.now)
        digest = idempotency.digest(OPERATION, fingerprint(data))
        title = given.filename
        return keep(lambda: _record(viewer, plan, title, key and idempotency.judged(key), digest))


def _record(viewer: Viewer, plan: imports.Plan, title: str, key: str | None, digest: str) -> str:
    owner = f"{viewer.actor.kind}:{viewer.actor.id}"
    if key:
        held = idempotency.claim(owner, key, operation=OPERATION, digest=digest, now=viewer.now)
        if held is not None:
            return str(held["changeSet"])
    laid = imports.propose(viewer.actor, plan, title=title, now=viewer.now)
    if key:
        idempotency.remember(owner, key, {"changeSet": laid.id})
    return laid.id
