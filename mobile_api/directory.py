"""The offline pack of a county for the mini-program. Public; asked for as often as one likes, sent when it changed.

GET /api/directory/<county code>[?since=<version>] with If-None-Match.
"""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from functools import lru_cache

from flask import Blueprint, Response, request

from core.db import reading
from core.errors import Malformed
from locator import pack

pages = Blueprint("directory", __name__)

MOST_DIGITS = 9
KEPT_SECONDS = 300


@pages.get("/api/directory/<string(maxlength=12):county>")
def fetch(county: str) -> Response:
    """Give the pack, or what changed since a version of it; nothing where it is what they have."""
    with reading():
        made = pack.pack(county, now=datetime.now(UTC), since=_since())
    squeezed = request.accept_encodings.quality("gzip") > 0
    answer = Response(_squeezed(made.body) if squeezed else made.body, content_type="application/json; charset=utf-8")
    if squeezed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer.set_etag(f"{made.tag}-gzip" if squeezed else made.tag)
    answer.make_conditional(request)
    return answer


def _since() -> int | None:
    said = request.args.get("since")
    if said is None:
        return None
    if not said.isascii() or not said.isdigit() or len(said) > MOST_DIGITS:
        raise Malformed("since_malformed")
    return int(said)


@lru_cache(maxsize=128)
def _squeezed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
