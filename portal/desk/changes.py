"""Sets of changes of the directory: a file is looked at, applied, undone; an office's edit is approved (C14)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core import deadline
from core.errors import Conflict, Rejected
from mobile_api import sheets
from portal.asking import ask, viewer
from portal.forms import Reading, problem

pages = Blueprint("desk_changes", __name__, url_prefix="/desk/directory")

A_PAGE = 25
MOST_NOTES = 50
LONGEST_REASON = 300
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/changes")
def show() -> Page:
    """List the changes that wait, or those that were decided."""
    settled = request.args.get("settled") == "yes"
    found = ask("ChangeSets", settled=settled, first=A_PAGE, after=request.args.get("after"))["changeSets"]
    return render_template("desk/changes.html", found=found, settled=settled, may=_may())


@pages.get("/changes/<set_id>")
def one(set_id: str) -> Page:
    """Show what a set does, field by field, and what of its file was not understood."""
    return _one(set_id, [])


@pages.post("/changes/<set_id>/apply")
def bring_in(set_id: str) -> Page:
    """Bring it in, all at once."""
    return _decide(set_id, "ApplyChangeSet", {"id": set_id})


@pages.post("/changes/<set_id>/reject")
def turn_down(set_id: str) -> Page:
    """Turn it down, with the reason; or take one's own back."""
    form = Reading(request.form)
    reason = form.text("reason", limit=LONGEST_REASON)
    if form.problems:
        return _one(set_id, form.problems), 422
    return _decide(set_id, "RejectChangeSet", {"id": set_id, "reason": reason})


@pages.post("/changes/<set_id>/undo")
def undo(set_id: str) -> Page:
    """Restore what was before."""
    return _decide(set_id, "UndoChangeSet", {"id": set_id})


@pages.get("/import")
def choose() -> Page:
    """Ask for a file."""
    return _choose([])


@pages.post("/import")
def take() -> Page:
    """Take the file that was chosen, and show what it would change."""
    try:
        laid = sheets.receive(viewer(), request.files.get("file"), key=request.form.get("idempotency_key"))
    except Rejected as rejected:
        return _choose([problem_data(one) for one in rejected.problems]), 422
    return redirect(url_for(".one", set_id=laid), 303)


def _choose(problems: list[dict[str, Any]]) -> str:
    ask("ChangeSets", settled=False, first=1, after=None)  # whoever may not look may not bring files in
    return render_template("desk/import.html", problems=problems, may=_may())


def _decide(set_id: str, document: str, given: dict[str, str]) -> Page:
    try:
        with deadline.running(sheets.SECONDS):
            (payload,) = ask(document, input=given, idempotencyKey=request.form.get("idempotency_key", "")).values()
    except Conflict as lost:
        return _one(set_id, [problem(lost.code, None, **lost.params)]), 409
    if payload["problems"]:
        return _one(set_id, payload["problems"]), 422
    return redirect(url_for(".one", set_id=payload["changeSet"]["id"], done="yes"), 303)


def _one(set_id: str, problems: list[dict[str, Any]]) -> str:
    asked = {"after": request.args.get("after"), "afterNotes": request.args.get("after_notes")}
    answer = ask("ChangeSet", id=set_id, first=A_PAGE, firstNotes=MOST_NOTES, **asked)
    return render_template(
        "desk/change_set.html",
        laid=answer["changeSet"],
        changes=answer["stationChanges"],
        notes=answer["changeNotes"],
        problems=problems,
        may=_may(),
        done=request.args.get("done") == "yes",
    )


def _may() -> frozenset[str]:
    return frozenset(permission.value for permission in viewer().actor.permissions)
