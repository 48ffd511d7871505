"""At a door: one visit as its team sees it, what was done and photographed there; who is told (FEATURES B11-B13)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.calendar import china_day, instant
from core.errors import Rejected
from mobile_api import faces, visit_photos
from portal.asking import ask, viewer
from portal.forms import Reading, prefixed
from portal.visits import keep_nothing

pages = Blueprint("desk_doorstep", __name__, url_prefix="/desk/doorstep")
pages.after_request(keep_nothing)

KINDS = ("ARRIVED", "FINISHED", "STAYING", "NOBODY", "PAPERS", "PLEDGE", "ALARM")
STAYS = ("15", "30", "60")
NAMES = {"teamPhone": "team_phone", "supervisorPhone": "supervisor_phone"}
LONGEST_PAPERS, LONGEST_PHONE = 300, 20
Page = str | tuple[str, int] | AnyResponse


@pages.get("/<visit>")
def one(visit: str) -> Page:
    """Show one visit, and what may be done on site."""
    return _one(visit, [])


@pages.post("/<visit>")
def act(visit: str) -> Page:
    """Keep what was done. The key was made with the page, or where the device keeps what waits for a signal."""
    reading = Reading(request.form)
    words, kind = reading.text("words", limit=LONGEST_PAPERS), request.form.get("kind", "")
    problems = reading.problems
    if not problems:
        done = {
            "key": request.form.get("client_key", ""),
            "visit": visit,
            "kind": kind if kind in KINDS else "ARRIVED",
            "at": _moment(request.form.get("at", "")),
            "minutes": int(stay) if (stay := request.form.get("minutes", "")) in STAYS else 0,
            "words": words,
            "position": _position(),
        }
        key = request.form.get("idempotency_key", "")
        found = ask("RecordVisitActs", input={"acts": [done]}, idempotencyKey=key)["recordVisitActs"]
        problems = [{**one["problem"], "field": None} for one in found["answers"] if one["problem"]]
    if problems:
        return _one(visit, problems), 422
    return redirect(url_for(".one", visit=visit), 303)


@pages.post("/<visit>/photo")
def photograph(visit: str) -> Page:
    """Take a photograph of a paper in. The key was made with the page, or where it waited for a signal."""
    try:
        visit_photos.receive(viewer(), visit, request.form.get("client_key", ""), request.files.get("photo"))
    except Rejected as rejected:
        return _one(visit, [{**problem_data(one), "field": "photo"} for one in rejected.problems]), 422
    return redirect(url_for(".one", visit=visit), 303)


@pages.get("/<visit>/photos")
def photographs(visit: str) -> Page:
    """Show the photographs that were taken there."""
    found = ask("VisitPhotos", id=visit[:22])["visitPhotos"]
    return render_template("desk/doorstep_photos.html", visit=visit, photos=found)


@pages.post("/<visit>/witness")
def witness(visit: str) -> Page:
    """Give a code to say to whoever signs here; it is shown this once."""
    key = request.form.get("idempotency_key", "")
    made = ask("IssueWitnessCode", input={"visit": visit}, idempotencyKey=key)["issueWitnessCode"]
    return render_template("desk/witness.html", visit=visit, code=made["code"])


@pages.get("/team/<team>")
def contact(team: str) -> Page:
    """Show at which numbers a team and its supervisor are reached."""
    return _contact(team, [])


@pages.post("/team/<team>")
def set_contact(team: str) -> Page:
    """Change them."""
    reading = Reading(request.form)
    given = {said: reading.line(name, limit=LONGEST_PHONE) for said, name in NAMES.items()}
    problems = reading.problems
    if not problems:
        key = request.form.get("idempotency_key", "")
        answer = ask("SetTeamContact", input={"team": team, **given}, idempotencyKey=key)["setTeamContact"]
        problems = prefixed(answer["problems"], NAMES)
    if problems:
        return _contact(team, problems), 422
    return redirect(url_for("desk_rounds.show"), 303)


@pages.post("/team/<team>/faces/<worker>")
def face(team: str, worker: str) -> Page:
    """Take the picture of somebody of the team in."""
    try:
        faces.receive(viewer(), worker, request.files.get("photo"))
    except Rejected as rejected:
        problems = [{**problem_data(one), "field": f"photo-{worker}"} for one in rejected.problems]
        return _contact(team, problems), 422
    return redirect(url_for(".contact", team=team), 303)


def _one(visit: str, problems: list[dict[str, Any]]) -> str:
    found = ask("VisitOnSheet", id=visit)["visitOnSheet"]
    typed = request.form.get("words", "") if problems else ""
    today = china_day(viewer().now)
    return render_template("desk/doorstep_visit.html", visit=found, problems=problems, typed=typed, today=today)


def _contact(team: str, problems: list[dict[str, Any]]) -> str:
    found = ask("TeamContact", team=team)["teamContact"]
    typed = {name: request.form.get(name, found[said]) for said, name in NAMES.items()}
    return render_template("desk/doorstep_team.html", team=team, found=found, typed=typed, problems=problems)


def _moment(said: str) -> Any:
    try:
        return instant(said)
    except ValueError:
        return None


def _position() -> dict[str, Any] | None:
    """Give where the browser says it is, where somebody let it; it is weighed and dropped."""
    try:
        lat, lon = (float(request.form.get(name, "")) for name in ("lat", "lon"))
    except ValueError:
        return None
    return {"lat": lat, "lon": lon, "datum": "WGS84"}
