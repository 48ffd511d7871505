"""Being told of circuit stops nearby: a place, a number that is proven, and a link that ends it (FEATURES B23)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import NotFound
from portal.asking import ask
from portal.forms import Reading, problem

pages = Blueprint("circuit", __name__, url_prefix="/circuit")

LONGEST_LINK = 40
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: they hold a number."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def form() -> Page:
    """Ask where and which number."""
    return _form([])


@pages.post("")
def watch() -> Page:
    """Text a code first; with the code, note the wish."""
    reading = Reading(request.form)
    typed = {name: reading.line(name, limit=100) for name in ("place", "phone", "code_request", "code", "region")}
    problems: Sequence[dict[str, Any]] = reading.problems
    if not problems and not typed["code_request"]:
        return _code_sent(typed)
    given = {"region": typed["region"], "codeRequest": typed["code_request"], "code": typed["code"]}
    if not problems:
        answer = ask("WatchCircuit", input=given, idempotencyKey=_key())["watchCircuit"]
        if not answer["problems"]:
            return redirect(url_for(".show", link=answer["link"], done="yes"), 303)
        problems = answer["problems"]
    return render_template("circuit/code.html", typed=typed, problems=problems), 422


@pages.get("/of/<link>")
def show(link: str) -> Page:
    """Offer to end it."""
    return render_template("circuit/show.html", link=_secret(link), done=request.args.get("done", ""))


@pages.post("/of/<link>")
def leave(link: str) -> Page:
    """End it."""
    ask("LeaveCircuit", input={"link": _secret(link)}, idempotencyKey=_key())
    return redirect(url_for(".show", link=link, done="left"), 303)


def _code_sent(typed: dict[str, str]) -> Page:
    found = ask("Geocode", text=typed["place"], first=1)["geocode"]["places"] if typed["place"] else []
    region = found[0]["divisionCode"] if found else None
    if region is None:
        return _form([problem("circuit_region_unknown", "place")]), 422
    answer = ask("SendCode", input={"phone": typed["phone"]}, idempotencyKey=_key())["sendCode"]
    if answer["problems"]:
        return _form(answer["problems"]), 422
    known = typed | {"region": region, "place": found[0]["fullName"], "code_request": answer["codeRequest"]["request"]}
    return render_template("circuit/code.html", typed=known, problems=[])


def _form(problems: Sequence[dict[str, Any]]) -> str:
    return render_template("circuit/form.html", typed=request.form, problems=problems)


def _secret(link: str) -> str:
    if len(link) > LONGEST_LINK:
        raise NotFound
    return link


def _key() -> str:
    return request.form.get("idempotency_key", "")
