"""Circuit stops of the region: planned days, a new one, and where one is wanted (FEATURES B23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.calendar import china_day
from portal.asking import ask, viewer
from portal.forms import Reading, prefixed, problem

pages = Blueprint("desk_circuit", __name__, url_prefix="/desk/circuit")

LINES = {"place": 100, "name": 60, "address": 120, "spans": 40, "phone": 40}
NAMES = {"region": "place", "slotMinutes": "slot_minutes", "opens": "spans", "closes": "spans"}
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """Show the stops, and the form for one."""
    usual = {"spans": "09:00-12:00", "slot_minutes": "30", "capacity": "1", "place": request.args.get("place", "")}
    return _page(usual, [])


@pages.post("")
def lay_out() -> Page:
    """Announce one."""
    reading = Reading(request.form)
    typed: dict[str, Any] = {name: reading.line(name, limit=limit) for name, limit in LINES.items()}
    figures = {"slotMinutes": reading.figure("slot_minutes") or 0, "capacity": reading.figure("capacity") or 0}
    on = reading.day("on")
    found = ask("Geocode", text=typed["place"], first=1)["geocode"]["places"] if typed["place"] else []
    region = (found[0]["divisionCode"] or "") if found else ""
    problems: Sequence[Mapping[str, Any]] = reading.problems
    if not problems and not region:
        problems = [problem("circuit_region_unknown", "place")]
    if not problems:
        given = {name: value for name, value in typed.items() if name != "place"}
        said = {**given, **figures, "region": region, "on": on or china_day(viewer().now)}
        answer = ask("LayOutStop", input=said, idempotencyKey=_key())["layOutStop"]
        problems = prefixed(answer["problems"], NAMES)
    if problems:
        return _page(dict(request.form) | {"on": reading.typed_day("on")}, problems), 422
    return redirect(url_for(".show", done="yes"), 303)


def _page(typed: Mapping[str, Any], problems: Sequence[Mapping[str, Any]]) -> str:
    found = ask("DeskCircuit")
    blank: dict[str, Any] = {**dict.fromkeys(LINES, ""), "on": {}}
    return render_template(
        "desk/circuit.html",
        stops=found["circuitStops"],
        wanted=found["circuitWanted"],
        typed=blank | dict(typed),
        problems=problems,
        done=request.args.get("done") == "yes",
    )


def _key() -> str:
    return request.form.get("idempotency_key", "")
