"""Several photographs of one paper become one PDF, for apps (FEATURES A22).

POST /m/v1/drafts/<draft>/papers/<item>/booklet. The photographs are those handed in for the item, in the order
`MoveEvidence` left them in. Asked again where there is nothing to bind any more, it says so (409).
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from mobile_api import viewing
from mobile_api.uploads import bind

pages = Blueprint("booklets", __name__, url_prefix="/m/v1")

LONGEST_ITEM = 40


@pages.post("/drafts/<draft_id>/papers/<item>/booklet")
def post(draft_id: str, item: str) -> tuple[Response, int]:
    """Bind them."""
    viewer = viewing.viewer()
    viewing.judge_origin()
    bind(viewer, draft_id, item[:LONGEST_ITEM])
    answer = jsonify({"draft": draft_id, "item": item})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201
