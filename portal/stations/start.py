"""Where to begin: one's position, an address or the name of a place, or a region step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading
from portal.regions import HOME, MOST
from portal.stations import origins, wishes
from portal.stations.pages import Page, pages
from portal.stations.wishes import FIRST, NEEDS, Wish

LONGEST_NAME = 40


@pages.get("")
def choose() -> Page:
    """Show the ways to begin; a link may say what is needed, never where anybody is."""
    return shown(wishes.read(request.args))


@pages.get("/near")
def afresh() -> AnyResponse:
    """Begin again where an answer was opened without what was asked: it is in no address (FEATURES C19)."""
    return redirect(url_for(".choose"), 303)


@pages.post("/suggest")
def suggest() -> Response:
    """Suggest places while somebody types. Posted, as it may begin an address; asks nobody outside."""
    typed = Reading(request.form).line("text", limit=origins.LONGEST_PLACE)[:LONGEST_NAME]
    found = ask("FindDivisions", text=typed, first=MOST)["divisionSearch"] if typed else []
    answer = jsonify(results=found)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def shown(
    wish: Wish, *, typed: str = "", found: Mapping[str, Any] | None = None, problems: Sequence[dict[str, Any]] = ()
) -> Page:
    """Show the ways to begin, with what was typed and the places it may mean."""
    page = render_template(
        "stations/choose.html",
        **ask("StationsHome", home=HOME),
        wish=wish,
        first={need: NEEDS[need] for need in FIRST},
        labels=NEEDS,
        typed=typed,
        found=found and [(one, origins.found(one).written) for one in found["places"]],
        source=found and found["source"],
        problems=list(problems),
    )
    return (page, 422) if problems else page
