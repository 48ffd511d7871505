"""Laws that changed, and the pages that must be looked at again (FEATURES D07)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask, viewer
from portal.filters import CHINA
from portal.forms import Reading

pages = Blueprint("desk_laws", __name__, url_prefix="/desk/content/laws")

LONGEST_SOURCE = 200
FIELDS = {"adopted_on": "adopted", "effective_on": "effective"}
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List the laws, and the pages that wait to be looked at."""
    return _show([])


@pages.post("")
def note() -> Page:
    """Note an edition, or the end of a law."""
    reading = Reading(request.form)
    given = {
        "law": request.form.get("law", ""),
        "adoptedOn": reading.day("adopted"),
        "effectiveOn": reading.day("effective"),
        "source": reading.line("source", limit=LONGEST_SOURCE),
        "repealed": reading.yes("repealed"),
    }
    problems = reading.problems
    if not problems:
        made = ask("NoteLawEdition", input=given, idempotencyKey=request.form.get("idempotency_key", ""))
        noted = made["noteLawEdition"]
        problems = [{**one, "field": FIELDS.get(one["field"], one["field"])} for one in noted["problems"]]
        if not problems:
            return redirect(url_for(".show", noted=noted["law"], pages=noted["pages"]), 303)
    return _show(problems), 422


def _show(problems: list[dict[str, Any]]) -> str:
    answer = ask("Laws")
    reading = Reading(request.form)
    return render_template(
        "desk/content/laws.html",
        laws=answer["laws"],
        stale=answer["stalePages"],
        problems=problems,
        typed=request.form,
        days={name: reading.typed_day(name) for name in ("adopted", "effective")},
        noted=next((one for one in answer["laws"] if one["code"] == request.args.get("noted")), None),
        may_note="content:publish" in viewer().actor.permissions,
        today=viewer().now.astimezone(CHINA).date(),
    )
