"""What came of an appointment: said by whoever spoke with the person, read by the person."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.calendar import china_day
from core.errors import NotFound
from portal.asking import ask, viewer
from portal.forms import Reading, prefixed, problem
from portal.visits import keep_nothing

pages = Blueprint("desk_outcomes", __name__, url_prefix="/desk/visits")
pages.after_request(keep_nothing)

OUTCOMES = ("ADVISED", "APPLIED", "WRITTEN", "REFERRED", "AGAIN", "NOTHING")
LONGEST_STEP = 200
NAMES = {"nextStep": "next_step", "nextOn": "next_on"}
Page = str | tuple[str, int] | AnyResponse


@pages.get("/<day>/<appointment>/outcome")
def form(day: str, appointment: str) -> Page:
    """Ask what came of it."""
    return _page(day, appointment, {"outcome": "", "next_step": "", "next_on": None}, [])


@pages.post("/<day>/<appointment>/outcome")
def record(day: str, appointment: str) -> Page:
    """Keep it."""
    reading = Reading(request.form)
    said = reading.choice("outcome", OUTCOMES) or ""
    step, on = reading.line("next_step", limit=LONGEST_STEP), reading.day("next_on")
    problems = reading.problems + ([] if said else [problem("outcome_missing", "outcome")])
    if not problems:
        given = {"appointment": appointment, "outcome": said, "nextStep": step, "nextOn": on}
        key = request.form.get("idempotency_key", "")
        problems = ask("RecordOutcome", input=given, idempotencyKey=key)["recordOutcome"]["problems"]
    if problems:
        typed = {"outcome": said, "next_step": step, "next_on": reading.typed_day("next_on")}
        return _page(day, appointment, typed, prefixed(problems, NAMES)), 422
    return redirect(url_for("desk_visits.show", day=day), 303)


def _page(day: str, appointment: str, typed: dict[str, Any], problems: list[dict[str, Any]]) -> str:
    rows = ask("DeskVisits", on=_day(day))["appointmentsOfDay"]
    found = next((one for one in rows if one["id"] == appointment), None)
    if found is None:
        raise NotFound("appointment_unknown")
    return render_template("desk/outcome.html", found=found, day=day, typed=typed, problems=problems)


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return china_day(viewer().now)
