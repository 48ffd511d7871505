"""The volunteers of the region: who waits, who can what, their hours, and the end of it (FEATURES F21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.calendar import china_day
from portal.asking import ask, viewer
from portal.forms import Reading

pages = Blueprint("desk_volunteers", __name__, url_prefix="/desk/volunteers")

SKILLS = frozenset({"SIGN_LANGUAGE", "DIALECT", "ESCORT", "WRITING"})
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List them."""
    return _page([])


@pages.post("/accept")
def accept() -> Page:
    """Accept one."""
    ask("AcceptVolunteer", input={"volunteer": _which()}, idempotencyKey=_key())
    return redirect(url_for(".show"), 303)


@pages.post("/end")
def end() -> Page:
    """Decline one, or end it."""
    reason = Reading(request.form).line("reason")
    answer = ask("EndVolunteer", input={"volunteer": _which(), "reason": reason}, idempotencyKey=_key())
    return _done(answer["endVolunteer"]["problems"])


@pages.post("/hours")
def note_hours() -> Page:
    """Note the time one gave today."""
    reading = Reading(request.form)
    given = {"minutes": reading.figure("minutes") or 0, "what": reading.line("what", limit=40)}
    problems: Sequence[dict[str, Any]] = reading.problems
    if not problems:
        said = {"volunteer": _which(), "on": china_day(viewer().now), **given}
        answer = ask("NoteVolunteerHours", input=said, idempotencyKey=_key())
        problems = answer["noteVolunteerHours"]["problems"]
    return _done(problems)


def _done(problems: Sequence[dict[str, Any]]) -> Page:
    if problems:
        return _page([{**one, "field": f"volunteer-{_which()}"} for one in problems]), 422
    return redirect(url_for(".show"), 303)


def _page(problems: Sequence[dict[str, Any]]) -> str:
    skill = request.args.get("skill", "")
    found = ask("Volunteers", skill=skill if skill in SKILLS else None)
    shown = {"found": found["volunteers"], "skills": found["volunteerSkills"], "skill": skill, "problems": problems}
    return render_template("desk/volunteers.html", **shown)


def _which() -> str:
    return request.form.get("volunteer", "")[:40]


def _key() -> str:
    return request.form.get("idempotency_key", "")
