"""Forms as PDF to be filled in: empty for everybody, or with what the account knows for whoever it belongs to.

GET /m/v1/forms/<code>.pdf, POST /m/v1/forms/<code>.pdf (signed in: with one's own name and number; kept nowhere).
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response

from accounts import queries as people
from content import blanks
from core.db import reading
from mobile_api import counting, viewing
from mobile_api.viewing import Viewer

pages = Blueprint("blanks", __name__)

KEPT_SECONDS = 3600
LONGEST_CODE = 40


@pages.get("/m/v1/forms/<code>.pdf")
def fetch(code: str) -> Response:
    """Give an empty form."""
    counting.count("paper_address", now=datetime.now(UTC))
    blank = blanks.find(code[:LONGEST_CODE])
    answer = _given(blank, blanks.as_pdf(blank))
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


@pages.post("/m/v1/forms/<code>.pdf")
def prefill(code: str) -> Response:
    """Give a form with what the account of whoever asks knows."""
    viewer = viewing.viewer()
    viewing.judge_origin()
    return mine(viewer, code)


def mine(viewer: Viewer, code: str) -> Response:
    """Fill in what is known of whoever asks. Portal pages call it too, outside any unit of work."""
    counting.count("paper_address", now=viewer.now)
    blank = blanks.find(code[:LONGEST_CODE])
    with reading():
        known = people.own_words(viewer.actor)
    answer = _given(blank, blanks.as_pdf(blank, known))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _given(blank: blanks.Blank, data: bytes) -> Response:
    answer = Response(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{blank.code}-{blank.edition:%Y%m%d}.pdf"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
