"""Teams that visit people: which there are, who is in them, when they are out; setting one up (FEATURES B02, B08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from portal import visits
from portal.asking import ask
from portal.filters import WEEKDAYS
from portal.forms import Reading
from portal.visits import Page

pages = Blueprint("desk_teams", __name__, url_prefix="/desk/teams")
pages.after_request(visits.keep_nothing)

DONE = {"kept": "存好了", "back": "已经改回来上班"}
LONGEST = 40
Problems = Sequence[Mapping[str, Any]]


@pages.get("")
def show() -> Page:
    """List the teams of one's region."""
    return render_template("desk/teams.html", teams=ask("DeskTeams")["keptVisitTeams"])


@pages.get("/<team>")
def team(team: str) -> Page:
    """Show a team: who is in it, when it is out, days off, and days with too few."""
    found = one(team)
    who = {worker["id"]: worker for worker in found["workers"]}
    done = DONE.get(request.args.get("done", ""))
    return render_template("desk/team.html", team=found, who=who, names=WEEKDAYS, done=done)


@pages.route("/at/<station>", methods=["GET", "POST"])
def found(station: str) -> Page:
    """Set up a team at a station."""
    typed = {"name": "", "vehicle": "", "area": ""}
    if request.method == "GET":
        return _form(station, None, typed, [])
    return _put(station, None)


@pages.route("/<team>/edit", methods=["GET", "POST"])
def edit(team: str) -> Page:
    """Change a team's name, area and vehicle."""
    kept = one(team)
    if request.method == "GET":
        typed = {"name": kept["name"], "vehicle": kept["vehicle"], "area": kept["area"]["code"]}
        return _form(kept["station"], team, typed, [])
    return _put(kept["station"], team)


@pages.post("/<team>/away/<absence>/back")
def back(team: str, absence: str) -> Page:
    """Take days off back."""
    ask("EndVisitAbsence", input={"absence": absence[:22]}, idempotencyKey=visits.key())
    return redirect(url_for(".team", team=team, done="back"), 303)


def one(team: str) -> Mapping[str, Any]:
    """Give a team one keeps."""
    kept: Mapping[str, Any] = ask("DeskTeam", team=team[:22])["keptVisitTeam"]
    return kept


def _put(station: str, team: str | None) -> Page:
    reading = Reading(request.form)
    typed = {name: reading.line(name) for name in ("name", "vehicle", "area")}
    problems: Problems = reading.problems
    if not problems:
        given = {"station": station[:20], "team": team, **typed}
        answer = ask("PutVisitTeam", input=given, idempotencyKey=visits.key())["putVisitTeam"]
        if not answer["problems"]:
            return redirect(url_for(".team", team=answer["team"], done="kept"), 303)
        problems = answer["problems"]
    return _form(station, team, typed, problems), 422


def _form(station: str, team: str | None, typed: Mapping[str, str], problems: Problems) -> str:
    found = ask("DeskTeamForm", station=station[:20])
    areas = [{"value": one["code"], "label": one["name"]} for one in found["visitTeamAreas"]]
    told = {"station": found["keptStation"], "areas": areas, "team": team, "typed": typed, "problems": problems}
    return render_template("desk/team_form.html", **told)
