"""Places where help is given: chosen by province, prefecture, county and township, by links and forms alone."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.errors import NotFound
from portal.asking import ask
from portal.forms import Reading, problem
from portal.regions import HOME, MOST

pages = Blueprint("stations", __name__, url_prefix="/stations")

A_PAGE = 10
KINDS = {
    "LEGAL_AID_CENTRE": "法律援助中心",
    "PUBLIC_LEGAL_SERVICE_CENTRE": "公共法律服务中心",
    "PUBLIC_LEGAL_SERVICE_STATION": "工作站",
}
DEEPEST_SHOWN = 4  # townships; villages have no places of their own
LONGEST_NAME = 40


@pages.get("")
def choose() -> str:
    """Show where to begin: the province's prefectures first, a search, the other provinces."""
    return render_template("stations/choose.html", **ask("StationsHome", home=HOME), problems=[], typed="", found=None)


@pages.post("")
def find() -> str | Response | tuple[str, int]:
    """Find a region by what was typed: one goes on, several are listed. Posted, as it may be somebody's address."""
    reading = Reading(request.form)
    typed = reading.line("place", limit=LONGEST_NAME)
    problems = reading.problems or ([] if typed else [problem("place_missing", "place")])
    found = [] if problems else ask("FindDivisions", text=typed, first=MOST)["divisionSearch"]
    if len(found) == 1:
        return redirect(url_for(".show", region=found[0]["code"]), 303)
    answer = ask("StationsHome", home=HOME)
    page = render_template("stations/choose.html", **answer, problems=problems, typed=typed, found=found)
    return (page, 422) if problems else page


@pages.get("/<string(maxlength=12):region>")
def show(region: str) -> str:
    """Show the places of a division, what lies below it, and where to apply."""
    if not region.isascii() or not region.isdigit():
        raise NotFound("division_unknown")
    kind = request.args.get("kind")
    kind = kind if kind in KINDS else None
    answer = ask("Stations", region=region, kind=kind, first=A_PAGE, after=request.args.get("after"))
    return render_template("stations/show.html", **answer, kind=kind, kinds=KINDS, deepest=DEEPEST_SHOWN)
