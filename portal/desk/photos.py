"""The photograph of a place: an office uploads it, somebody else approves it (FEATURES C04)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.errors import Conflict, Rejected
from mobile_api import photos
from portal.asking import ask, viewer
from portal.forms import Reading, problem

pages = Blueprint("desk_photos", __name__, url_prefix="/desk/directory")

LONGEST_ALT = 100
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/<station>/photo")
def show(station: str) -> Page:
    """Show the photograph there is, and ask for another."""
    return _show(station, "", [])


@pages.post("/<station>/photo")
def take(station: str) -> Page:
    """Take a photograph in; it waits for somebody else's approval."""
    form = Reading(request.form)
    alt = form.line("alt", limit=LONGEST_ALT)
    problems = form.problems
    if not problems:
        try:
            said, given = photos.Said(station, alt), request.files.get("photo")
            laid = photos.receive(viewer(), said, given, key=request.form.get("idempotency_key"))
        except Rejected as rejected:
            problems = [problem_data(one) for one in rejected.problems]
        except Conflict as refused:
            problems = [problem(refused.code, None, **refused.params)]
        else:
            return redirect(url_for("desk_changes.one", set_id=laid, done="yes"), 303)
    return _show(station, alt, problems), 422


@pages.post("/<station>/photo/remove")
def remove(station: str) -> Page:
    """Propose that it is shown no more."""
    key = request.form.get("idempotency_key", "")
    answer = ask("RemoveStationPhoto", input={"station": station}, idempotencyKey=key)["removeStationPhoto"]
    if answer["problems"]:
        return _show(station, "", answer["problems"]), 422
    return redirect(url_for("desk_changes.one", set_id=answer["changeSet"]["id"], done="yes"), 303)


def _show(station: str, alt: str, problems: list[dict[str, Any]]) -> str:
    found = ask("DirectoryStation", station=station)["directoryStation"]
    return render_template("desk/photo.html", station=found, alt=alt, problems=problems)
