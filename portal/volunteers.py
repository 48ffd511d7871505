"""Becoming a volunteer, seeing one's hours, leaving: a number that is proven and a link of one's own (FEATURES F21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import NotFound
from portal.asking import ask
from portal.forms import Reading, prefixed, problem

pages = Blueprint("volunteers", __name__, url_prefix="/volunteer")

LONGEST_LINK = 40
LINES = {"name": 40, "place": 100, "about": 200, "phone": 20, "code_request": 40, "code": 20, "region": 12}
Page = str | AnyResponse | tuple[str, int]
Problems = Sequence[dict[str, Any]]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: they hold a number."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def form() -> Page:
    """Ask what somebody can do, where, and which number."""
    return _form([])


@pages.post("")
def register() -> Page:
    """Text a code first; with the code, note the offer."""
    reading = Reading(request.form)
    typed: dict[str, Any] = {name: reading.line(name, limit=limit) for name, limit in LINES.items()}
    typed["skills"] = request.form.getlist("skills")[:10]
    if reading.problems:
        return _form(reading.problems), 422
    if not typed["code_request"]:
        return _code_sent(typed)
    given = {name: typed[name] for name in ("name", "about", "skills", "region", "code")}
    said = {**given, "codeRequest": typed["code_request"]}
    answer = ask("RegisterVolunteer", input=said, idempotencyKey=_key())["registerVolunteer"]
    if not answer["problems"]:
        return redirect(url_for(".show", link=answer["link"]), 303)
    problems = prefixed(answer["problems"], {"region": "place"})
    if problems[0]["field"] == "code":
        return render_template("volunteers/code.html", typed=typed, problems=problems), 422
    return _form(problems), 422


@pages.get("/of/<link>")
def show(link: str) -> Page:
    """Show how it stands, and offer to leave."""
    page = ask("VolunteerPage", link=_secret(link))
    found, asked = page["volunteerByLink"], page["askedAlong"]
    return render_template("volunteers/show.html", found=found, asked=asked, link=link)


@pages.post("/of/<link>/along/<which>")
def answer(link: str, which: str) -> Page:
    """Say whether one comes along to a visit."""
    given = {"link": _secret(link), "id": which[:22], "accepts": request.form.get("accepts") == "yes"}
    ask("AnswerCompanion", input=given, idempotencyKey=_key())
    return redirect(url_for(".show", link=link), 303)


@pages.post("/of/<link>")
def leave(link: str) -> Page:
    """Leave."""
    ask("LeaveVolunteers", input={"link": _secret(link)}, idempotencyKey=_key())
    return render_template("volunteers/left.html")


def _code_sent(typed: dict[str, Any]) -> Page:
    """Say all that is missing at once; then text a code."""
    found = ask("Geocode", text=typed["place"], first=1)["geocode"]["places"] if typed["place"] else []
    region = found[0]["divisionCode"] if found else None
    checks = (
        (typed["name"], "volunteer_name_missing", "name"),
        (typed["skills"], "volunteer_skills_missing", "skills"),
        (region, "circuit_region_unknown", "place"),
    )
    if problems := [problem(code, field) for there, code, field in checks if not there]:
        return _form(problems), 422
    answer = ask("SendCode", input={"phone": typed["phone"]}, idempotencyKey=_key())["sendCode"]
    if answer["problems"]:
        return _form(answer["problems"]), 422
    known = typed | {"region": region, "code_request": answer["codeRequest"]["request"]}
    return render_template("volunteers/code.html", typed=known, problems=[])


def _form(problems: Problems) -> str:
    skills = ask("VolunteerForm")["volunteerSkills"]
    chosen = request.form.getlist("skills")
    return render_template("volunteers/form.html", skills=skills, typed=request.form, chosen=chosen, problems=problems)


def _secret(link: str) -> str:
    if len(link) > LONGEST_LINK:
        raise NotFound("volunteer_unknown")
    return link


def _key() -> str:
    return request.form.get("idempotency_key", "")
