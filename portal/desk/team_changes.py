"""What changes about a team: members, shifts, days off, its end. Whom it affects is seen before it is kept (B02)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from core.calendar import china_day
from core.errors import NotFound
from portal import visits
from portal.asking import ask, viewer
from portal.desk import teams
from portal.filters import WEEKDAYS
from portal.forms import Reading
from portal.visits import Page

pages = Blueprint("desk_team_changes", __name__, url_prefix="/desk/teams/<team>")
pages.after_request(visits.keep_nothing)

DAYS = [{"value": str(number), "label": f"星期{name}"} for number, name in enumerate(WEEKDAYS, start=1)]
EVERYBODY = ""
Problems = Sequence[Mapping[str, Any]]


class Changing:
    """One change on a page: read, looked at, kept; the page shows again what was typed."""

    def __init__(self, team: str, template: str, typed: Mapping[str, Any], **more: Any) -> None:
        """Begin with what the form shows."""
        self.team, self.template, self.typed, self.more = teams.one(team), template, dict(typed), more

    def page(self, problems: Problems = (), ahead: Any = None, seen: str = "") -> str:
        """Show the form, and what would come of it."""
        told = {"team": self.team, "typed": self.typed, "problems": problems, "ahead": ahead, "seen": seen}
        return render_template(self.template, **told, **self.more)

    def act(self, reading: Reading, given: Mapping[str, Any]) -> Page:
        """Show what would come of it; keep it once exactly that has been seen."""
        if reading.problems:
            return self.page(reading.problems), 422
        wanted = {"team": self.team["id"], **given}
        seen = hashlib.sha256(repr(sorted(wanted.items())).encode()).hexdigest()[:16]
        if request.form.get("seen") != seen:
            ahead = ask("PreviewVisitTeam", input=wanted)["visitTeamPreview"]
            if ahead["problems"]:
                return self.page(ahead["problems"]), 422
            return self.page(ahead=ahead, seen=seen)
        answer = ask("ChangeVisitTeam", input=wanted, idempotencyKey=visits.key())["changeVisitTeam"]
        if answer["problems"]:
            return self.page(answer["problems"]), 422
        if "retiredOn" in given:
            return redirect(url_for("desk_teams.show"), 303)
        return redirect(url_for("desk_teams.team", team=self.team["id"], done="kept"), 303)


@pages.route("/member", methods=["GET", "POST"])
def member(team: str) -> Page:
    """Take somebody into a team, change what is known of them, or write down their last day."""
    skills = ask("VisitSkills")["visitChoices"]
    choices = {name: [_option(one) for one in skills[name]] for name in ("languages", "specialties")}
    choices["languages"] = [one for one in choices["languages"] if one["value"] != "MANDARIN"]
    form, reading = request.form, Reading(request.form)
    blank = {"worker": "", "name": "", "workNumber": "", "can": [], "languages": [], "specialties": []}
    if request.method == "GET":
        at = Changing(team, "desk/team_member.html", {**blank, "firstOn": {}, "lastOn": {}}, **choices)
        if chosen := request.args.get("worker"):
            at.typed = _member_as_kept(_one(at.team["workers"], chosen, "visit_worker_unknown"))
        return at.page()
    typed = {"worker": form.get("worker", ""), "name": form.get("name", ""), "workNumber": form.get("work_number", "")}
    ticked = {name: form.getlist(name) for name in ("can", "languages", "specialties")}
    days = {"firstOn": reading.typed_day("first_on"), "lastOn": reading.typed_day("last_on")}
    at = Changing(team, "desk/team_member.html", {**typed, **ticked, **days}, **choices)
    return at.act(reading, {"member": _member(reading, choices)})


@pages.route("/shift", methods=["GET", "POST"])
def shift(team: str) -> Page:
    """Say when a team is out, or change it from a day on."""
    form, reading = request.form, Reading(request.form)
    if request.method == "GET":
        usual = {"shift": "", "weekdays": ["1", "2", "3", "4", "5"], "opens": "09:00", "closes": "17:00"}
        at = Changing(team, "desk/team_shift.html", {**usual, "firstOn": _today(), "lastOn": {}}, weekdays=DAYS)
        if chosen := request.args.get("shift"):
            row = _one(at.team["shifts"], chosen, "rota_unknown")
            days = {"firstOn": max(row["firstOn"], _today()), "lastOn": row["lastOn"] or {}}
            at.typed = {**row, "shift": chosen, "weekdays": [str(day) for day in row["weekdays"]], **days}
        return at.page()
    typed = {name: form.get(name, "") for name in ("shift", "opens", "closes")}
    days = {"firstOn": reading.typed_day("first_on"), "lastOn": reading.typed_day("last_on")}
    at = Changing(team, "desk/team_shift.html", {**typed, "weekdays": form.getlist("weekdays"), **days}, weekdays=DAYS)
    given = {
        "shift": typed["shift"][:22] or None,
        "weekdays": sorted(int(day) for day in reading.choices("weekdays", {one["value"] for one in DAYS})),
        "opens": reading.line("opens"),
        "closes": reading.line("closes"),
        "firstOn": reading.day("first_on") or _today(),
        "lastOn": reading.day("last_on"),
    }
    return at.act(reading, {"shift": given})


@pages.route("/shift/<which>/end", methods=["GET", "POST"])
def end_shift(team: str, which: str) -> Page:
    """End a shift after a day."""
    reading = Reading(request.form)
    last = reading.day("last_on") or _today()
    typed = reading.typed_day("last_on") if request.method == "POST" else last
    at = Changing(team, "desk/team_shift_end.html", {"lastOn": typed}, names=WEEKDAYS)
    at.more["shift"] = _one(at.team["shifts"], which, "rota_unknown")
    if request.method == "GET":
        return at.page()
    return at.act(reading, {"shiftEnd": {"shift": which[:22], "lastOn": last}})


@pages.route("/away", methods=["GET", "POST"])
def away(team: str) -> Page:
    """Note that somebody of a team, or all of it, is away for some days."""
    reading = Reading(request.form)
    if request.method == "GET":
        typed = {"worker": request.args.get("worker", EVERYBODY), "firstOn": _today(), "lastOn": _today()}
        return Changing(team, "desk/team_away.html", typed).page()
    days = {"firstOn": reading.typed_day("first_on"), "lastOn": reading.typed_day("last_on")}
    at = Changing(team, "desk/team_away.html", {"worker": request.form.get("worker", ""), **days})
    who = reading.choice("worker", {one["id"] for one in at.team["workers"]})
    first = reading.day("first_on") or _today()
    given = {"worker": who, "firstOn": first, "lastOn": reading.day("last_on") or first}
    return at.act(reading, {"absence": given})


@pages.route("/end", methods=["GET", "POST"])
def end(team: str) -> Page:
    """End a team from a day on."""
    reading = Reading(request.form)
    if request.method == "GET":
        return Changing(team, "desk/team_end.html", {"retiredOn": _today()}).page()
    at = Changing(team, "desk/team_end.html", {"retiredOn": reading.typed_day("retired_on")})
    return at.act(reading, {"retiredOn": reading.day("retired_on") or _today()})


def _member(reading: Reading, choices: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, Any]:
    can = reading.choices("can", {"woman", "signs"})
    return {
        "worker": request.form.get("worker", "")[:22] or None,
        "name": reading.line("name"),
        "workNumber": reading.line("work_number"),
        "isWoman": "woman" in can,
        "signs": "signs" in can,
        **{name: reading.choices(name, {one["value"] for one in choices[name]}) for name in choices},
        "firstOn": reading.day("first_on"),
        "lastOn": reading.day("last_on"),
    }


def _member_as_kept(row: Mapping[str, Any]) -> dict[str, Any]:
    can = ["woman"] * row["isWoman"] + ["signs"] * row["signs"]
    days = {"firstOn": row["firstOn"] or {}, "lastOn": row["lastOn"] or {}}
    return {**row, "worker": row["id"], "can": can, **days}


def _one(rows: Sequence[Mapping[str, Any]], which: str, code: str) -> Mapping[str, Any]:
    found = next((one for one in rows if one["id"] == which), None)
    if found is None:
        raise NotFound(code)
    return found


def _option(one: Mapping[str, str]) -> dict[str, str]:
    return {"value": one["code"], "label": one["label"]}


def _today() -> date:
    return china_day(viewer().now)
