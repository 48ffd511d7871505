"""The queue of today as the counter sees it: the next one, by one tap (FEATURES B27)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("desk_calling", __name__, url_prefix="/desk/places/<station>/queue")

STATES = ("SERVED", "MISSED", "WAITING", "LEFT")
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show(station: str) -> Page:
    """Show who is called, who waits and who missed it."""
    return _page(station, [])


@pages.post("/call")
def call(station: str) -> Page:
    """Call the next one; whom this person called before is done."""
    window = Reading(request.form).line("window", limit=40)
    answer = ask("CallNext", input={"station": station, "window": window}, idempotencyKey=_key())["callNext"]
    if answer["problems"]:
        return _page(station, answer["problems"]), 422
    called = answer["called"]
    said = called["number"] if called else "none"
    return redirect(url_for(".show", station=station, window=window, called=said), 303)


@pages.post("/mark")
def mark(station: str) -> Page:
    """Say what became of a number."""
    state = request.form.get("state", "")
    given = {"ticket": request.form.get("ticket", ""), "state": state if state in STATES else "SERVED"}
    ask("MarkTicket", input=given, idempotencyKey=_key())
    return redirect(url_for(".show", station=station, window=_window()), 303)


@pages.post("/add")
def add(station: str) -> Page:
    """Give a number to whoever just comes."""
    reading = Reading(request.form)
    given = {"station": station, **{name: reading.line(name, limit=40) for name in ("reference", "phone")}}
    answer = ask("AddToQueue", input=given, idempotencyKey=_key())["addToQueue"]
    if answer["problems"]:
        return _page(station, answer["problems"]), 422
    return redirect(url_for(".show", station=station, window=_window(), given=answer["number"]), 303)


@pages.get("/sign")
def sign(station: str) -> Page:
    """Show the sign to print and hang up."""
    found = ask("QueueSign", station=station)["queueSign"]
    name = ask("DeskPlace", station=station)["keptStation"]["name"]
    return render_template("desk/calling_sign.html", code=station, name=name, sign=found)


def _page(station: str, problems: Sequence[dict[str, Any]]) -> str:
    found = ask("QueueDesk", station=station)
    asked = {name: request.args.get(name, "") for name in ("called", "given")}
    return render_template(
        "desk/calling.html",
        code=station,
        sign=found["queueSign"],
        tickets=found["queueOfToday"],
        window=_window(),
        typed={name: request.form.get(name, "") for name in ("reference", "phone")},
        problems=problems,
        called=asked["called"] if asked["called"].isdigit() or asked["called"] == "none" else "",
        given=asked["given"] if asked["given"].isdigit() else "",
    )


def _window() -> str:
    """Give the window somebody works at, as the address or the form says; it comes along from page to page."""
    return request.values.get("window", "")[:20]


def _key() -> str:
    return request.form.get("idempotency_key", "")
