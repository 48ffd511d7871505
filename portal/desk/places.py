"""The places of the region as those who keep them see them: who answers there, what is missing (FEATURES C07, B26)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading, prefixed

pages = Blueprint("desk_places", __name__, url_prefix="/desk/places")

A_PAGE = 25
LINES = {
    "name": 40,
    "work_number": 24,
    "phone": 40,
    "hours_text": 120,
    "substitute_name": 40,
    "substitute_phone": 40,
}
NAMES = {
    "workNumber": "work_number",
    "hoursText": "hours_text",
    "substituteName": "substitute_name",
    "substitutePhone": "substitute_phone",
    "awayFrom": "away_from",
    "awayUntil": "away_until",
}
CONTRACT = {ours: theirs for theirs, ours in NAMES.items()}
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List the places, and the shifts that have nobody."""
    text = request.args.get("text", "").strip()[:40]
    answer = ask("KeptStations", text=text, first=A_PAGE, after=request.args.get("after"))
    return render_template("desk/places.html", found=answer["keptStations"], gaps=answer["dutyGaps"], text=text)


@pages.get("/<station>")
def place(station: str) -> Page:
    """Show one place, and who answers there."""
    answer = ask("DeskPlace", station=station)
    person = answer["contactPerson"] or {}
    typed = {NAMES.get(name, name): value for name, value in person.items()}
    return _place(answer, typed, [])


@pages.post("/<station>")
def put_contact(station: str) -> Page:
    """Say who answers there; show the form again, as it was typed, with all there is to put right."""
    reading = Reading(request.form)
    given: dict[str, Any] = {name: reading.line(name, limit=limit) for name, limit in LINES.items()}
    days = {name: reading.day(name) for name in ("away_from", "away_until")}
    problems = reading.problems
    if not problems:
        said = {CONTRACT.get(name, name): value for name, value in (given | days).items()}
        answer = ask("SetContactPerson", input={"station": station, **said}, idempotencyKey=_key())
        problems = prefixed(answer["setContactPerson"]["problems"], NAMES)
    if problems:
        typed = given | {name: reading.typed_day(name) for name in days}
        return _place(ask("DeskPlace", station=station), typed, problems), 422
    return redirect(url_for(".place", station=station, kept="yes"), 303)


@pages.post("/<station>/remove")
def remove_contact(station: str) -> Page:
    """Say that nobody answers there any more."""
    ask("RemoveContactPerson", input={"station": station}, idempotencyKey=_key())
    return redirect(url_for(".place", station=station, kept="yes"), 303)


def _place(answer: Mapping[str, Any], typed: Mapping[str, Any], problems: list[dict[str, Any]]) -> str:
    blank = dict.fromkeys(LINES, "") | {"away_from": None, "away_until": None}
    return render_template(
        "desk/place.html",
        station=answer["keptStation"],
        person=answer["contactPerson"],
        scans=answer["signScans"],
        typed=blank | dict(typed),
        problems=problems,
        kept=request.args.get("kept") == "yes",
    )


def _key() -> str:
    return request.form.get("idempotency_key", "")
