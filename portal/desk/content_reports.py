"""What readers say is wrong with the pages of the region, and the answer to each (FEATURES D20)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("desk_content_reports", __name__, url_prefix="/desk/content/reports")

A_PAGE = 20
LONGEST_ANSWER = 300
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List what is to be answered, or what was."""
    return _page([])


@pages.post("")
def answer() -> Page:
    """Answer one: corrected, or why not."""
    reading = Reading(request.form)
    words, which = reading.text("answer", limit=LONGEST_ANSWER), request.form.get("report", "")
    problems = reading.problems
    if not problems:
        given = {"report": which, "accepted": request.form.get("verdict") == "accepted", "answer": words}
        key = request.form.get("idempotency_key", "")
        problems = ask("AnswerContentReport", input=given, idempotencyKey=key)["answerContentReport"]["problems"]
    if problems:
        return _page([{**one, "field": f"answer-{which}"} for one in problems]), 422
    return redirect(url_for(".show"), 303)


def _page(problems: list[dict[str, Any]]) -> str:
    is_open = request.args.get("answered") != "yes"
    found = ask("ContentReports", open=is_open, first=A_PAGE, after=request.args.get("after"))["contentReports"]
    typed = {request.form.get("report", ""): request.form.get("answer", "")} if problems else {}
    return render_template("desk/content/reports.html", found=found, is_open=is_open, problems=problems, typed=typed)
