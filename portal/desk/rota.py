"""When services are given at a place: shifts laid out, changed and ended, with a look at whom it affects (B02)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from core.calendar import china_day
from core.errors import NotFound
from portal.asking import ask, viewer
from portal.filters import WEEKDAYS
from portal.forms import Reading, prefixed, problem

pages = Blueprint("desk_rota", __name__, url_prefix="/desk/places/<station>/rota")

NAMES = {"slotMinutes": "slot_minutes", "firstOn": "first_on", "lastOn": "last_on"}
DAYS = [{"value": str(number), "label": f"星期{name}"} for number, name in enumerate(WEEKDAYS, start=1)]
DONE = {"kept": "排好了", "ended": "到那天为止，这一班就结束了"}
Page = str | tuple[str, int] | AnyResponse
Problems = Sequence[Mapping[str, Any]]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show(station: str) -> Page:
    """Show the shifts, and the form for one: a new one, one that is to change, or one a forecast suggests."""
    answer = ask("DeskRota", station=station)
    chosen = request.args.get("shift")
    if chosen is None:
        return _page(answer, _suggested(), [])
    return _page(answer, _typed(_one(answer, chosen)), [])


@pages.post("")
def put(station: str) -> Page:
    """Show what would come of it; keep it once that has been seen."""
    reading = Reading(request.form)
    given = _given(reading, station)
    answer = ask("DeskRota", station=station)
    problems = _unread(reading, given, {one["code"] for one in answer["rotaServices"]})
    if problems:
        return _page(answer, _form(), problems), 422
    seen = _fingerprint(given)
    if request.form.get("seen") != seen:
        ahead = ask("PreviewRota", input=given)["rotaPreview"]
        if ahead["problems"]:
            return _page(answer, _form(), prefixed(ahead["problems"], NAMES)), 422
        return _page(answer, _form(), [], ahead=ahead, seen=seen)
    kept = ask("PutRotaShift", input=given, idempotencyKey=_key())["putRotaShift"]
    if kept["problems"]:
        return _page(answer, _form(), prefixed(kept["problems"], NAMES)), 422
    return redirect(url_for(".show", station=station, done="kept"), 303)


@pages.route("/<shift>/end", methods=["GET", "POST"])
def end(station: str, shift: str) -> Page:
    """Ask when a shift ends, show whom that affects, and end it."""
    answer = ask("DeskRota", station=station)
    row, reading = _one(answer, shift), Reading(request.form)
    if request.method == "GET":
        return _ending(answer, row, _today(), [])
    last = reading.day("last_on") or _today()
    given = {"shift": shift, "lastOn": last}
    if not reading.problems and request.form.get("seen") != last.isoformat():
        ahead = ask("PreviewRotaEnd", input=given)["rotaEndPreview"]
        return _ending(answer, row, last, [], ahead=ahead)
    problems: Problems = reading.problems
    if not problems:
        done = ask("EndRotaShift", input=given, idempotencyKey=_key())["endRotaShift"]
        problems = prefixed(done["problems"], NAMES)
    if problems:
        return _ending(answer, row, reading.typed_day("last_on"), problems), 422
    return redirect(url_for(".show", station=station, done="ended"), 303)


def _given(reading: Reading, station: str) -> dict[str, Any]:
    return {
        "station": station,
        "shift": request.form.get("shift", "")[:40] or None,
        "service": reading.line("service", limit=40),
        "weekdays": sorted(int(day) for day in reading.choices("weekdays", {one["value"] for one in DAYS})),
        "opens": reading.line("opens", limit=5),
        "closes": reading.line("closes", limit=5),
        "slotMinutes": reading.figure("slot_minutes") or 0,
        "capacity": reading.figure("capacity") or 0,
        "firstOn": reading.day("first_on") or _today(),
        "lastOn": reading.day("last_on"),
    }


def _unread(reading: Reading, given: Mapping[str, Any], services: set[str]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = list(reading.problems)
    if given["service"] not in services:
        found.insert(0, problem("rota_service_missing", "service"))
    return found


def _page(answer: Mapping[str, Any], typed: Mapping[str, Any], problems: Problems, **ahead: Any) -> str:
    return render_template(
        "desk/rota.html",
        station=answer["keptStation"],
        shifts=answer["rotaShifts"],
        services=[{"value": one["code"], "label": one["label"]} for one in answer["rotaServices"]],
        weekdays=DAYS,
        names=WEEKDAYS,
        typed=typed,
        problems=problems,
        done=DONE.get(request.args.get("done", "")),
        **{"ahead": None, "seen": ""} | ahead,
    )


def _ending(answer: Mapping[str, Any], row: Mapping[str, Any], last: Any, problems: Problems, ahead: Any = None) -> str:
    station = answer["keptStation"]
    told = {"station": station, "shift": row, "names": WEEKDAYS, "last": last, "problems": problems, "ahead": ahead}
    return render_template("desk/rota_end.html", **told)


def _suggested() -> dict[str, Any]:
    """Fill the form in as the address says (a forecast links here), and as shifts usually are."""
    asked = request.args
    usual = {"service": "", "opens": "09:00", "closes": "12:00", "slot_minutes": "30", "capacity": "1"}
    plain = {name: asked.get(name, value)[:40] for name, value in usual.items()}
    return {**plain, "shift": "", "weekdays": asked.getlist("weekdays")[:7], "first_on": _today(), "last_on": {}}


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Fill the form in with a shift as it is; what changes, changes from today on."""
    return {
        "shift": row["id"],
        "service": row["service"]["code"],
        "weekdays": [str(day) for day in row["weekdays"]],
        "opens": row["opens"],
        "closes": row["closes"],
        "slot_minutes": row["slotMinutes"],
        "capacity": row["capacity"],
        "first_on": max(row["firstOn"], _today()),
        "last_on": row["lastOn"] or {},
    }


def _form() -> dict[str, Any]:
    """Give what was typed."""
    form: MultiDict[str, str] = request.form
    names = ("shift", "service", "opens", "closes", "slot_minutes", "capacity")
    days = {name: Reading(form).typed_day(name) for name in ("first_on", "last_on")}
    return {**{name: form.get(name, "") for name in names}, "weekdays": form.getlist("weekdays"), **days}


def _one(answer: Mapping[str, Any], shift: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] | None = next((one for one in answer["rotaShifts"] if one["id"] == shift), None)
    if found is None:
        raise NotFound("rota_unknown")
    return found


def _fingerprint(given: Mapping[str, Any]) -> str:
    """Name what was looked at, so that nothing else is kept than what was seen."""
    return hashlib.sha256(repr(sorted(given.items(), key=str)).encode()).hexdigest()[:16]


def _today() -> date:
    return china_day(viewer().now)


def _key() -> str:
    return request.form.get("idempotency_key", "")
