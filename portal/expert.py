"""An expert outside reads one page by a link and says yes or no. No account, no sign-in (FEATURES D05)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Conflict
from portal.asking import ask
from portal.forms import Reading, problem

pages = Blueprint("expert", __name__, url_prefix="/expert")

LONGEST_WORDS = 1000
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing be kept or found: the address is the secret. No other site is told it (Referrer-Policy)."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.get("/<link>")
def show(link: str) -> Page:
    """Show the page, and ask for a yes or a no."""
    return _show(link, [])


@pages.post("/<link>")
def decide(link: str) -> Page:
    """Take the answer in, once."""
    reading = Reading(request.form)
    words = reading.text("words", limit=LONGEST_WORDS)
    if reading.problems:
        return _show(link, reading.problems), 422
    given = {"link": link, "approves": request.form.get("verdict") == "yes", "words": words}
    try:
        key = request.form.get("idempotency_key", "")
        made = ask("DecideAsExpert", input=given, idempotencyKey=key)["decideAsExpert"]
    except Conflict as late:
        return _show(link, [problem(late.code, None)]), 409
    if made["problems"]:
        return _show(link, made["problems"]), 422
    return redirect(url_for(".show", link=link), 303)


def _show(link: str, problems: list[dict[str, Any]]) -> str:
    page = ask("ExpertPage", link=link)["expertPage"]
    return render_template("expert/page.html", page=page, link=link, problems=problems, typed=request.form)
