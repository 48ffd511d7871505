"""The roster of duty lawyers of a place, a week at a time (FEATURES B26)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.calendar import china_day
from portal.asking import ask, viewer
from portal.filters import WEEKDAYS
from portal.forms import Reading, prefixed

pages = Blueprint("desk_roster", __name__, url_prefix="/desk/places/<station>/roster")

WEEK = timedelta(days=7)
FARTHEST = timedelta(days=3660)
NAMES = {"workNumber": "work_number", "firstOn": "first_on", "lastOn": "last_on"}
DAYS = [{"value": str(number), "label": f"星期{name}"} for number, name in enumerate(WEEKDAYS, start=1)]
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show(station: str) -> Page:
    """Show a week."""
    return _page(station, [])


@pages.post("")
def lay_out(station: str) -> Page:
    """Lay a weekly pattern out."""
    reading = Reading(request.form)
    given: dict[str, Any] = {
        "weekdays": [int(day) for day in reading.choices("weekdays", {one["value"] for one in DAYS})],
        "opens": reading.line("opens", limit=5),
        "closes": reading.line("closes", limit=5),
        "firstOn": reading.day("first_on") or _today(),
        "lastOn": reading.day("last_on") or _today(),
        "who": _who(reading),
    }
    if reading.problems:
        return _page(station, reading.problems), 422
    answer = ask("LayOutDuty", input={"station": station, **given}, idempotencyKey=_key())["layOutDuty"]
    if answer["problems"]:
        return _page(station, prefixed(answer["problems"], NAMES)), 422
    counts = {name: answer[name] for name in ("made", "filled", "left")}
    return redirect(url_for(".show", station=station, week=_monday(given["firstOn"]).isoformat(), **counts), 303)


@pages.post("/assign")
def assign(station: str) -> Page:
    """Put somebody else on a shift."""
    reading = Reading(request.form)
    who, shift = _who(reading), request.form.get("shift", "")
    problems = reading.problems
    if not problems:
        given = {"shift": shift, "who": who}
        problems = ask("AssignDuty", input=given, idempotencyKey=_key())["assignDuty"]["problems"]
    if problems:
        return _page(station, [{**one, "field": f"shift-{shift}"} for one in problems]), 422
    return redirect(url_for(".show", station=station, week=_week().isoformat()), 303)


@pages.post("/cancel")
def cancel(station: str) -> Page:
    """Take a shift off."""
    ask("CancelDuty", input={"shift": request.form.get("shift", "")}, idempotencyKey=_key())
    return redirect(url_for(".show", station=station, week=_week().isoformat()), 303)


def _page(station: str, problems: Sequence[dict[str, Any]]) -> str:
    first = _week()
    answer = ask("DeskRoster", station=station, first=first)
    reading = Reading(request.form)
    return render_template(
        "desk/roster.html",
        station=answer["keptStation"],
        shifts=answer["dutyWeek"],
        first=first,
        last=first + WEEK - timedelta(days=1),
        before=(first - WEEK).isoformat(),
        after=(first + WEEK).isoformat(),
        weekdays=DAYS,
        typed=request.form,
        chosen=request.form.getlist("weekdays"),
        days={
            name: reading.typed_day(name) if request.form else _today() + timedelta(days=ahead)
            for name, ahead in (("first_on", 0), ("last_on", 27))
        },
        problems=problems,
        done={name: request.args[name] for name in ("made", "filled", "left") if request.args.get(name, "").isdigit()},
    )


def _who(reading: Reading) -> dict[str, str]:
    return {
        "lawyer": reading.line("lawyer", limit=40),
        "firm": reading.line("firm", limit=80),
        "workNumber": reading.line("work_number", limit=24),
    }


def _week() -> date:
    """Give the Monday of the week that is looked at: this week where the address names none, or none near."""
    try:
        day = date.fromisoformat(request.values.get("week", ""))
    except ValueError:
        day = _today()
    return _monday(day if abs(day - _today()) < FARTHEST else _today())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _today() -> date:
    return china_day(viewer().now)


def _key() -> str:
    return request.form.get("idempotency_key", "")
