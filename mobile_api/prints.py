"""Leaflets and posters of pages, and what of the pages has changed since. All of it is public.

GET /m/v1/pages/<slug>/leaflet-a4.pdf, leaflet-a5.pdf, poster.png [?station=<code>]; GET /api/pages[?since=<next>].
"""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

from flask import Blueprint, Response, request

from content import delta, leaflets
from core.db import reading
from core.errors import NotFound
from core.identity import ANYONE
from locator import signs
from mobile_api import counting

pages = Blueprint("prints", __name__)

LONGEST_CODE, LONGEST_SLUG, LONGEST_SINCE = 20, 80, 120
KEPT_SECONDS = 300
FILES = {
    "leaflet-a4.pdf": (leaflets.Paper.A4, "application/pdf"),
    "leaflet-a5.pdf": (leaflets.Paper.A5, "application/pdf"),
    "poster.png": (leaflets.Paper.A5, "image/png"),
}


@pages.get("/m/v1/pages/<slug>/<name>")
def fetch(slug: str, name: str) -> Response:
    """Give a leaflet or a poster of a page, with the office of a code on it."""
    if name not in FILES:
        raise NotFound
    which, media_type = FILES[name]
    now = datetime.now(UTC)
    counting.count("paper_address", now=now)
    with reading():
        place = _place(request.args.get("station", "")[:LONGEST_CODE], now)
        said = leaflets.content(ANYONE, slug[:LONGEST_SLUG], which, place, now=now)
    data = leaflets.as_poster(said) if media_type == "image/png" else leaflets.as_pdf(said)
    answer = Response(data, content_type=media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{slug[:LONGEST_SLUG]}-{name}"'
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _place(station: str, now: datetime) -> dict[str, str] | None:
    """Say of an office what stands on paper."""
    if not station:
        return None
    said = signs.content(station, now=now)
    return {
        "name": said["name"],
        "address": said["address"],
        "hours": "；".join(said["hours"]),
        "phone": said["phone"],
        "demo": said["demo"],
    }


@pages.get("/api/pages")
def changes() -> Response:
    """Give every page that is shown, or those changed since, and the names of those that are gone."""
    since, now = request.args.get("since", "")[:LONGEST_SINCE], datetime.now(UTC)
    squeezed = request.accept_encodings.quality("gzip") > 0
    answer = Response(content_type="application/json; charset=utf-8")
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    with reading():
        answer.set_etag(delta.tag(since, now=now) + ("-gzip" if squeezed else ""))
        if request.if_none_match.contains(answer.get_etag()[0] or ""):
            answer.status_code = 304
            return answer
        body = delta.since(since, now=now)
    answer.set_data(gzip.compress(body, mtime=0) if squeezed else body)
    if squeezed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer
