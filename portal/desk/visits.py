"""The appointments of a day at the places of the region: who comes, what to be ready for, who came."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.calendar import china_day
from portal.asking import ask, viewer

pages = Blueprint("desk_visits", __name__, url_prefix="/desk/visits")

Page = str | AnyResponse
STATES = ("ARRIVED", "DONE", "NO_SHOW")
OUTCOMES = ("REACHED", "NO_ANSWER", "SOMEBODY_ELSE", "WRONG_NUMBER")


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List a day."""
    day = _day()
    said = ask("DeskVisits", on=day)
    found, outcomes = said["appointmentsOfDay"], said["outcomes"]
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    return render_template("desk/visits.html", found=found, outcomes=outcomes, on=day, before=before, after=after)


@pages.post("")
def mark() -> Page:
    """Say whether somebody came."""
    state = request.form.get("state")
    given = {"appointment": request.form.get("appointment", ""), "state": state if state in STATES else "DONE"}
    ask("MarkVisit", input=given, idempotencyKey=request.form.get("idempotency_key", ""))
    return redirect(url_for(".show", day=_day()), 303)


@pages.post("/call")
def note_call() -> Page:
    """Put a try to reach somebody on record."""
    outcome = request.form.get("outcome")
    given = {
        "appointment": request.form.get("appointment", ""),
        "outcome": outcome if outcome in OUTCOMES else "NO_ANSWER",
    }
    ask("NoteCall", input=given, idempotencyKey=request.form.get("idempotency_key", ""))
    return redirect(url_for(".show", day=_day()), 303)


def _day() -> date:
    """Give the day somebody turned to; today where it is none."""
    today = china_day(viewer().now)
    try:
        asked = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today
    return min(max(asked, today - timedelta(days=366)), today + timedelta(days=366))
