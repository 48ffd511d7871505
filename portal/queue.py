"""The queue in a hall: a number by the sign at the door, one's turn by a link, the large display (FEATURES B27)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import NotFound
from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("queue", __name__, url_prefix="/queue")

LONGEST_CODE, LONGEST_LINK = 20, 40
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: they change by the minute, and their addresses are secrets."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/at/<code>/<sign>")
def come(code: str, sign: str) -> Page:
    """Show how long the queue is, and the two ways into it."""
    return _come(code, sign, [])


@pages.post("/at/<code>/<sign>")
def take(code: str, sign: str) -> Page:
    """Take a number."""
    reading = Reading(request.form)
    reference = reading.line("reference", limit=40)
    problems: Sequence[dict[str, Any]] = reading.problems
    if not problems:
        told = {"reference": reference, "word": reading.line("word", limit=40)}
        given = {"station": _short(code), "sign": _short(sign), **told}
        answer = ask("TakeTicket", input=given, idempotencyKey=_key())["takeTicket"]
        if not answer["problems"]:
            return redirect(url_for(".show", link=answer["ticket"]["link"]), 303)
        problems = answer["problems"]
    return _come(code, sign, problems), 422


@pages.get("/at/<code>/<key>/screen")
def screen(code: str, key: str) -> Page:
    """Show the large display: numbers, windows, and the code to scan; it looks again by itself."""
    found = ask("QueueScreen", station=_short(code), key=_short(key))["queueScreen"]
    return render_template("queue/screen.html", **found)


@pages.get("/of/<link>")
def show(link: str) -> Page:
    """Show one's number, how many are before it, and how long that may take."""
    return render_template("queue/ticket.html", ticket=ask("TicketPage", link=_secret(link))["ticketByLink"])


@pages.post("/of/<link>/text")
def text(link: str) -> Page:
    """Ask for a text when one's turn is near."""
    ask("TextMe", input={"link": _secret(link)}, idempotencyKey=_key())
    return redirect(url_for(".show", link=link), 303)


@pages.post("/of/<link>/leave")
def leave(link: str) -> Page:
    """Leave the queue."""
    ask("LeaveQueue", input={"link": _secret(link)}, idempotencyKey=_key())
    return redirect(url_for(".show", link=link), 303)


def _come(code: str, sign: str, problems: Sequence[dict[str, Any]]) -> str:
    found = ask("QueueBoard", station=_short(code), sign=_short(sign))["queueBoard"]
    typed = {name: request.form.get(name, "") for name in ("reference", "word")}
    return render_template("queue/come.html", board=found, sign=sign, typed=typed, problems=problems)


def _short(code: str) -> str:
    if len(code) > LONGEST_CODE:
        raise NotFound("queue_sign_unknown")
    return code


def _secret(link: str) -> str:
    if len(link) > LONGEST_LINK:
        raise NotFound("ticket_unknown")
    return link


def _key() -> str:
    return request.form.get("idempotency_key", "")
