"""What there is instead of an order the office could not keep: one tap each, by the link in the text (FEATURES B05)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Malformed, NotFound
from portal.asking import ask

pages = Blueprint("visits_instead", __name__, url_prefix="/visits/of/<link>/instead")

LONGEST_LINK = 40
PARTS = 3
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: their addresses hold secrets."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show(link: str) -> Page:
    """Show why, and what there is instead."""
    return _page(link, [])


@pages.post("")
def choose(link: str) -> Page:
    """Take one of them, or let it be."""
    if request.form.get("instead") == "none":
        ask("LetVisitBe", input={"link": _secret(link)}, idempotencyKey=_key())
        return redirect(url_for("visits.show", link=link), 303)
    given = {"link": _secret(link), **_chosen(request.form.get("instead", ""))}
    answer = ask("ChooseInstead", input=given, idempotencyKey=_key())["chooseInstead"]
    if answer["problems"]:
        return _page(link, answer["problems"]), 422
    return redirect(url_for("visits.show", link=link, booked="yes"), 303)


def _page(link: str, problems: Sequence[dict[str, Any]]) -> str:
    found = ask("VisitInstead", link=_secret(link))["appointmentInstead"]
    return render_template("visits/instead.html", found=found, problems=[{**one, "field": None} for one in problems])


def _chosen(said: str) -> dict[str, Any]:
    """Read a button: `AAAA-0001 WINDOW_TALK 2026-11-23T15:00:00+08:00`."""
    parts = said.split(" ")
    if len(parts) != PARTS:
        raise Malformed
    station, service, moment = parts
    try:
        starts_at = datetime.fromisoformat(moment)
    except ValueError:
        raise Malformed from None
    return {"station": station, "service": service, "startsAt": starts_at}


def _secret(link: str) -> str:
    if len(link) > LONGEST_LINK:
        raise NotFound("appointment_link_unknown")
    return link


def _key() -> str:
    return request.form.get("idempotency_key", "")
