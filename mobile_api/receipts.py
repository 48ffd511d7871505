"""The receipt a team leaves at a home it visits, as PDF, for staff of the region.

GET /m/v1/visits/<id>/receipt.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from appointments.doorstep import receipt, sheet
from core.db import keep
from mobile_api import viewing

pages = Blueprint("receipts", __name__, url_prefix="/m/v1")


@pages.get("/visits/<visit>/receipt")
def fetch(visit: str) -> Response:
    """Give it. It is read in a unit of work, for looking is put on record, and set outside."""
    viewer = viewing.viewer()

    def read() -> dict[str, Any]:
        return receipt.said(sheet.find(viewer.actor, visit, now=viewer.now))

    content = keep(read)
    answer = Response(receipt.as_pdf(content), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{content["reference"]}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
