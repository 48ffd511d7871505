"""The pledge: told clause by clause, signed by typing or drawing, or not at all (FEATURES A15–A17)."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Any

from flask import render_template, request
from werkzeug.datastructures import FileStorage

from api.errors import problem_data
from core.errors import Problem, Rejected
from mobile_api.uploads import receive
from portal.apply.pages import Page, back_to, go_on, handed_in, key, pages, way
from portal.asking import ask, viewer

PNG = "data:image/png;base64,"
LONGEST_NAME, LONGEST_CODE = 80, 20


@pages.get("/<draft_id>/pledge")
def pledge(draft_id: str) -> Page:
    """Show all that is told before signing, and what is stated."""
    return _page(draft_id)


@pages.post("/<draft_id>/pledge")
def sign(draft_id: str) -> Page:
    """Sign."""
    form, drawn = request.form, request.form.get("drawing", "")
    thumb = request.files.get("thumb")
    field = "thumb" if thumb else "drawing"
    try:
        drawing = _thumbprint(thumb) if thumb else _drawing(drawn) if drawn else None
    except Rejected as rejected:
        return _page(draft_id, [{**problem_data(one), "field": field} for one in rejected.problems])
    wanted = {
        "draftId": draft_id,
        "version": form.get("version", "")[:40],
        "acknowledged": [code[:40] for code in form.getlist("acknowledged")][:40],
        "method": "THUMBPRINT" if thumb else "DRAWN" if drawing else "TYPED",
        "name": form.get("name", "")[:LONGEST_NAME],
        "drawing": drawing,
        "witness": form.get("witness", "")[:LONGEST_CODE],
    }
    problems = ask("SignPledge", input=wanted, idempotencyKey=key(wanted))["signPledge"]["problems"]
    if problems:
        return _page(draft_id, problems)
    return go_on(ask("DraftOverview", id=draft_id)["draft"])


def _drawing(drawn: str) -> str:
    """Take the drawing in; give its token."""
    try:
        picture = base64.b64decode(drawn.removeprefix(PNG), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise Rejected((Problem("signature_not_drawn", "drawing"),)) from wrong
    file = FileStorage(io.BytesIO(picture), filename="signature.png", content_type="image/png")
    token: str = receive(viewer(), file, purpose="signature", key=key("drawing", drawn))["token"]
    return token


def _thumbprint(file: FileStorage) -> str:
    """Take the photograph of a thumb-print in; give its token."""
    token: str = receive(viewer(), file, key=key("thumb", file.filename))["token"]
    return token


def _page(draft_id: str, problems: list[dict[str, Any]] | None = None) -> Page:
    draft = ask("DraftStep", id=draft_id, step="pledge")["draft"]
    if draft["isHandedIn"]:
        return handed_in()
    shown = ask("PledgeForm", draftId=draft_id)["pledgeForm"]
    page = render_template(
        "apply/pledge.html",
        draft=draft,
        step=draft["step"],
        pledge=shown,
        ticked=request.form.getlist("acknowledged"),
        name=request.form.get("name", ""),
        witness=request.form.get("witness", ""),
        problems=problems or [],
        way=way(draft, draft["step"]["section"]),
        back=back_to(draft),
    )
    return (page, 422) if problems else page
