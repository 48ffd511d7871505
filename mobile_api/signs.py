"""Cards and signs of stations as PDF, and the short link a sign leads to.

GET /m/v1/stations/<code>/card.pdf, GET /m/v1/stations/<code>/sign.pdf, GET /s/<code>. Open to anybody.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from accounts import throttle
from core.db import keep, reading
from core.errors import NotFound, TooMany, Unavailable
from core.identity import ANYONE
from locator import signs
from mobile_api import counting

pages = Blueprint("signs", __name__)

LONGEST_CODE = 20


@pages.get("/s/<code>")
def follow(code: str) -> AnyResponse:
    """Lead to the page of a station, and count that its sign was scanned: when, never by whom."""
    now = datetime.now(UTC)
    try:
        found = keep(lambda: _scanned(code[:LONGEST_CODE], now))
    except (TooMany, Unavailable):  # whoever stands before a sign is led on all the same; only counting has an end
        with reading():
            found = signs.leads_to(code[:LONGEST_CODE])
    answer = redirect(f"/stations/at/{found}", 302)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@pages.get("/m/v1/stations/<code>/<which>.pdf")
def fetch(code: str, which: str) -> Response:
    """Give a card or a sign, set from what is known today."""
    if which not in set(signs.Paper):
        raise NotFound
    now = datetime.now(UTC)
    counting.count("paper_address", now=now)
    with reading():
        said = signs.content(code[:LONGEST_CODE], now=now)
    answer = Response(signs.as_pdf(signs.Paper(which), said), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{which}-{said["code"]}.pdf"'
    answer.headers["Cache-Control"] = "public, max-age=600"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _scanned(code: str, now: datetime) -> str:
    throttle.count_address("scan_address", request.remote_addr or "", now=now)
    return signs.scanned(ANYONE, code, now=now)
