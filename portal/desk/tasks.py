"""What a person of the office has to do by a moment: ring somebody up, look after something."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading
from portal.visits import keep_nothing

pages = Blueprint("desk_tasks", __name__, url_prefix="/desk/tasks")
pages.after_request(keep_nothing)

LONGEST_ANSWER = 500
RESULTS = ("REACHED", "NOT_REACHED", "NOT_NEEDED")
Page = str | tuple[str, int] | AnyResponse


@pages.get("")
def show() -> Page:
    """List what is to be done, and how people found it in the last months."""
    return _page("", [])


@pages.post("/take")
def take() -> Page:
    """Take one on; from a colleague where the page said that somebody has it."""
    which = {"task": request.form.get("task", ""), "isTakenOver": request.form.get("over") == "yes"}
    problems = ask("TakeTask", input=which, idempotencyKey=_key())["takeTask"]["problems"]
    if problems:
        return _page("", problems), 422
    return redirect(url_for(".show"), 303)


@pages.post("")
def finish() -> Page:
    """Say what came of one."""
    reading, which = Reading(request.form), request.form.get("task", "")
    words, result = reading.text("answer", limit=LONGEST_ANSWER), request.form.get("result", "")
    problems = reading.problems
    if not problems:
        given = {"task": which, "result": result if result in RESULTS else "REACHED", "answer": words}
        problems = ask("FinishTask", input=given, idempotencyKey=_key())["finishTask"]["problems"]
    if problems:
        return _page(which, [{**one, "field": f"answer-{which}"} for one in problems]), 422
    return redirect(url_for(".show"), 303)


def _page(which: str, problems: list[dict[str, Any]]) -> str:
    found = ask("DeskTasks")
    typed = {which: request.form.get("answer", "")}
    return render_template("desk/tasks.html", **found, problems=problems, typed=typed)


def _key() -> str:
    return request.form.get("idempotency_key", "")
