"""Events people come to: what takes place, signing up without an account, giving a place back (FEATURES D16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Conflict, NotFound
from portal.asking import ask
from portal.forms import Reading, problem

pages = Blueprint("events", __name__)

LONGEST_CODE, LONGEST_SLUG, LONGEST_REGION = 20, 80, 12
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing be kept: places go, and a code may stand in the address (TRUST P2)."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/events")
def home() -> Page:
    """List what takes place, and find a sign-up again by its code."""
    region = request.args.get("region", "")[:LONGEST_REGION] or None
    return render_template("events/list.html", found=ask("ComingEvents", region=region)["comingEvents"], problems=[])


@pages.get("/events/<slug>")
def show(slug: str) -> Page:
    """Say how many places are left, and ask who comes."""
    return _form(_asked(slug), {"people": 1, "phone": ""}, [])


@pages.post("/events/<slug>")
def join(slug: str) -> Page:
    """Sign up; show the form again, as it was filled in, with all there is to put right."""
    event, reading = _asked(slug), Reading(request.form)
    given = {"people": reading.figure("people"), "phone": reading.line("phone", limit=LONGEST_CODE)}
    if reading.problems:
        return _form(event, {**given, "people": request.form.get("people")}, reading.problems)
    key = request.form.get("idempotency_key", "")
    try:
        made = ask("JoinEvent", input={"slug": slug, **given}, idempotencyKey=key)["joinEvent"]
    except Conflict as lost:
        return _form(_asked(slug), given, [problem(lost.code)], 409)
    if made["problems"]:
        return _form(event, given, made["problems"])
    return redirect(url_for(".signup", code=made["code"], new="yes"), 303)


@pages.get("/signups")
def find() -> Page:
    """Lead whoever types a code to its sign-up."""
    return redirect(url_for(".signup", code=request.args.get("code", "").strip()[:LONGEST_CODE] or "-"), 303)


@pages.get("/signups/<code>")
def signup(code: str) -> Page:
    """Show how a sign-up stands."""
    return _signup(code, [])


@pages.post("/signups/<code>")
def leave(code: str) -> Page:
    """Give the places back."""
    key = request.form.get("idempotency_key", "")
    try:
        ask("LeaveEvent", input={"code": code[:LONGEST_CODE]}, idempotencyKey=key)
    except Conflict as lost:
        return _signup(code, [problem(lost.code)]), 409
    return redirect(url_for(".signup", code=code), 303)


def _signup(code: str, problems: list[dict[str, Any]]) -> str:
    found = ask("EventSignup", code=code[:LONGEST_CODE])["eventSignup"]
    if found is None:
        raise NotFound("signup_code_unknown")
    is_new = request.args.get("new") == "yes"
    return render_template("events/signup.html", found=found, is_new=is_new, problems=problems)


def _asked(slug: str) -> dict[str, Any]:
    found: dict[str, Any] = ask("EventJoin", slug=slug[:LONGEST_SLUG])["event"]
    return found


def _form(
    event: Mapping[str, Any], given: Mapping[str, Any], problems: list[dict[str, Any]], status: int = 422
) -> Page:
    page = render_template("events/show.html", event=event, given=given, problems=problems)
    return (page, status) if problems else page
