"""Lists of services at the desk: which offices' are not whole, and saying what is missing (FEATURES D24)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("desk_services", __name__, url_prefix="/desk/services")

A_PAGE = 50
LONGEST, LONGEST_CODE = 300, 20
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List the offices one keeps, with what is missing."""
    found = ask("ServiceListGaps", first=A_PAGE, after=request.args.get("after"))["serviceListGaps"]
    return render_template("desk/services.html", found=found)


@pages.get("/<code>")
def edit(code: str) -> Page:
    """Show what an office says of itself."""
    found = ask("ServiceStatement", station=code[:LONGEST_CODE])
    return _form(found["station"], found["serviceStatement"], [])


@pages.post("/<code>")
def keep(code: str) -> Page:
    """Keep what it says."""
    reading = Reading(request.form)
    said = {name: reading.text(name, limit=LONGEST) for name in ("supervision", "promise")}
    problems = reading.problems
    if not problems:
        key = request.form.get("idempotency_key", "")
        given = {"station": code[:LONGEST_CODE], **said}
        problems = ask("StateServiceList", input=given, idempotencyKey=key)["stateServiceList"]["problems"]
    if problems:
        return _form(ask("ServiceStatement", station=code[:LONGEST_CODE])["station"], request.form, problems), 422
    return redirect(url_for(".show"), 303)


def _form(station: dict[str, Any], values: Any, problems: list[dict[str, Any]]) -> str:
    return render_template("desk/service.html", station=station, values=values, problems=problems)
