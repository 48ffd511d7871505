"""Orders that fit no more, because hours, holidays or services changed: told by one tap, with the reason (B02)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("desk_affected", __name__, url_prefix="/desk/affected")

Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List them."""
    return _page("", [])


@pages.post("")
def tell() -> Page:
    """Tell all of them."""
    reading = Reading(request.form)
    why = reading.line("why", limit=120)
    problems: Sequence[dict[str, Any]] = reading.problems
    if not problems:
        key = request.form.get("idempotency_key", "")
        answer = ask("TellAffected", input={"why": why}, idempotencyKey=key)["tellAffected"]
        problems = answer["problems"]
    if problems:
        return _page(why, problems), 422
    return redirect(url_for(".show", told=answer["told"]), 303)


def _page(why: str, problems: Sequence[dict[str, Any]]) -> str:
    found = ask("AffectedVisits")["affectedAppointments"]
    told = request.args.get("told", "")
    shown = {"found": found, "why": why, "problems": problems, "told": told if told.isdigit() else ""}
    return render_template("desk/affected_visits.html", **shown)
