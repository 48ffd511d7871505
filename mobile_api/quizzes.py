"""The certificate of a quiz: set for whoever asks, with the name they type; kept nowhere.

POST /m/v1/quizzes/<slug>/certificate.pdf (`answers`: numbers with commas, `name`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, Response, request

from content.quizzes import certificates, marking
from core.db import reading
from mobile_api import counting, viewing

pages = Blueprint("quizzes", __name__)

LONGEST_SLUG, MOST_DIGITS = 80, 2


@pages.post("/m/v1/quizzes/<slug>/certificate.pdf")
def post(slug: str) -> Response:
    """Give a certificate."""
    viewing.judge_origin()
    return certificate(slug, read(request.form.get("answers", "")), request.form.get("name", ""), now=datetime.now(UTC))


def read(typed: str) -> list[int]:
    """Read answers as they are sent: `2,1,3`."""
    return [int(one) if one.isascii() and one.isdigit() and len(one) <= MOST_DIGITS else 0 for one in typed.split(",")]


def certificate(slug: str, answers: Sequence[int], name: str, *, now: datetime) -> Response:
    """Mark the answers once more, and set the certificate. Portal pages call it too, outside any unit of work."""
    counting.count("paper_address", now=now)
    with reading():
        said = certificates.content(marking.mark(slug[:LONGEST_SLUG], answers, now=now), name, now=now)
    answer = Response(certificates.as_pdf(said), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="certificate.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
