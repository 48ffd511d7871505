"""Help without a voice: one tap and text, for whoever cannot hear, cannot speak, or must not be heard (E14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import NotFound
from portal.asking import ask
from portal.forms import Reading
from portal.stations import origins

pages = Blueprint("silent", __name__, url_prefix="/write")

LONGEST_LINK, LONGEST_WORDS = 40, 500
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: somebody else may look at the telephone."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def form() -> Page:
    """Show the one tap, and what may be said with it."""
    return _form({}, [])


@pages.post("")
def send() -> Page:
    """Send it; nothing but the tap and a place is needed."""
    reading = Reading(request.form)
    typed = {
        "words": reading.text("words", limit=LONGEST_WORDS),
        "place": reading.line("place", limit=100),
        "phone": reading.line("phone", limit=20),
        "ticks": request.form.getlist("ticks")[:20],
    }
    where = _where(reading, str(typed["place"]))
    problems: Sequence[dict[str, Any]] = reading.problems
    if not problems:
        given = {name: typed[name] for name in ("words", "phone", "ticks")}
        answer = ask("CallForHelp", input={**given, **where}, idempotencyKey=_key())["callForHelp"]
        problems = answer["problems"]
    if problems:
        return _form(typed, problems), 422
    return redirect(url_for(".show", link=answer["call"]["link"]), 303)


@pages.get("/of/<link>")
def show(link: str) -> Page:
    """Show what was written, and the clock."""
    return _show(link, [])


@pages.post("/of/<link>")
def write(link: str) -> Page:
    """Write on."""
    words = Reading(request.form).text("words", limit=LONGEST_WORDS)
    given = {"link": _secret(link), "words": words}
    answer = ask("AddHelpWords", input=given, idempotencyKey=_key())["addHelpWords"]
    if answer["problems"]:
        return _show(link, answer["problems"]), 422
    return redirect(url_for(".show", link=link), 303)


@pages.post("/of/<link>/end")
def end(link: str) -> Page:
    """Say that it is over."""
    ask("EndHelp", input={"link": _secret(link)}, idempotencyKey=_key())
    return redirect(url_for(".show", link=link), 303)


def _where(reading: Reading, place: str) -> Mapping[str, Any]:
    """Say where somebody is: the position their browser gave, or what they typed, as far as it is known."""
    known = origins.read(reading)
    if known is None and place:
        found = ask("Geocode", text=place, first=1)["geocode"]["places"]
        known = origins.found(found[0]) if found else None
    return known.variables if known else {}


def _form(typed: Mapping[str, Any], problems: Sequence[dict[str, Any]]) -> str:
    ticks = ask("HelpForm")["helpTicks"]
    blank = {"words": "", "place": "", "phone": "", "ticks": []}
    return render_template("silent/form.html", ticks=ticks, typed=blank | dict(typed), problems=problems)


def _show(link: str, problems: Sequence[dict[str, Any]]) -> str:
    found = ask("HelpTalk", link=_secret(link))["helpByLink"]
    return render_template("silent/talk.html", call=found, problems=problems, typed=request.form.get("words", ""))


def _secret(link: str) -> str:
    if len(link) > LONGEST_LINK:
        raise NotFound("help_unknown")
    return link


def _key() -> str:
    return request.form.get("idempotency_key", "")
