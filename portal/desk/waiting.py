"""Who waits for a time at the places of the region, and what they are offered; answers given on the telephone."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.visits import keep_nothing, key

pages = Blueprint("desk_waiting", __name__, url_prefix="/desk/waiting")
pages.after_request(keep_nothing)


@pages.get("")
def show() -> str:
    """List them, in their order."""
    return render_template("desk/waiting.html", people=ask("DeskWaiting")["waitingPeople"])


@pages.post("")
def answer() -> AnyResponse | tuple[str, int]:
    """Take or leave what is offered, for somebody on the telephone."""
    given = {"waiting": request.form.get("waiting", ""), "accepts": request.form.get("answer") == "yes"}
    problems = ask("AnswerForWaiting", input=given, idempotencyKey=key())["answerOfferFor"]["problems"]
    if problems:
        people = ask("DeskWaiting")["waitingPeople"]
        return render_template("desk/waiting.html", people=people, problems=problems), 422
    return redirect(url_for(".show"), 303)
