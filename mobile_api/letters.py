"""Letters as PDF, by short-lived links to whoever may see the case.

GET /m/v1/letters/<id>.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from applications import letters
from core import links
from core.db import keep, reading
from core.identity import ActorKind
from mobile_api import viewing

pages = Blueprint("letters", __name__, url_prefix="/m/v1")


@pages.get("/letters/<letter_id>")
def fetch(letter_id: str) -> Response:
    """Give a letter. It is set from what was sealed when it was issued, outside any unit of work."""
    viewer = viewing.viewer()
    links.judge(
        request.path,
        viewer.actor,
        expires=request.args.get("expires", ""),
        signature=request.args.get("signature", ""),
        now=viewer.now,
    )
    letter = _opened(viewer, letter_id)
    answer = Response(letters.as_pdf(letter), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{letter.kind}-{letter.sha256[:8]}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _opened(viewer: viewing.Viewer, letter_id: str) -> Any:
    """Find it: what staff open is written down, one's own is only read."""
    if viewer.actor.kind is ActorKind.STAFF:
        return keep(lambda: letters.opened(viewer.actor, letter_id, now=viewer.now))
    with reading():
        return letters.opened(viewer.actor, letter_id, now=viewer.now)
