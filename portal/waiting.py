"""Waiting for a time to come free; answering what is offered by the link in the text (FEATURES B17)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from core.calendar import china_day
from core.errors import NotFound
from portal import visits
from portal.asking import ask, viewer
from portal.forms import Reading, prefixed, problem
from portal.visits import Page

pages = Blueprint("waiting", __name__, url_prefix="/visits")
pages.after_request(visits.keep_nothing)

WITHIN = {"7": "一个星期内", "14": "两个星期内", "28": "四个星期内"}
NAMES = {"lastOn": "within", "starts_at": "within", "last_on": "within"}
Problems = list[dict[str, Any]]


@pages.get("/at/<code>/<service>/wait")
def form(code: str, service: str) -> Page:
    """Show the form to go on the list."""
    return _form(code, service, {"within": "14", "reach": "TEXT", "needs": [], "name": "", "phone": ""}, [])


@pages.post("/at/<code>/<service>/wait")
def join(code: str, service: str) -> Page:
    """Go on the list; whoever has not signed in is texted a code first."""
    reading = Reading(request.form)
    typed: dict[str, Any] = {name: reading.line(name, limit=40) for name in ("name", "phone", "code_request", "code")}
    typed |= {"needs": request.form.getlist("needs")}
    typed |= {"within": reading.choice("within", WITHIN) or "", "reach": reading.choice("reach", ("TEXT", "CALL"))}
    problems = reading.problems + ([] if typed["within"] else [problem("waiting_within", "within")])
    if problems:
        return _form(code, service, typed, problems), 422
    if not visits.is_known() and not typed["code_request"]:
        return _code_sent(code, service, typed)
    answer = ask("WaitForVisit", input=_said(code, service, typed), idempotencyKey=visits.key())["joinWaitingList"]
    if not answer["problems"]:
        return redirect(url_for(".show", link=answer["entry"]["link"]), 303)
    problems = prefixed(answer["problems"], NAMES)
    if not visits.is_known() and problems[0]["field"] in {"code", None}:
        return _code(code, service, typed, problems), 422
    return _form(code, service, typed, problems), 422


@pages.get("/waiting/<link>")
def show(link: str) -> Page:
    """Show the entry, and what is offered."""
    return render_template("visits/waiting.html", entry=ask("Waiting", link=visits.secret(link))["waitingByLink"])


@pages.post("/waiting/<link>/<way>")
def answer(link: str, way: str) -> Page:
    """Take what is offered, leave it to the next, or go off the list."""
    if way == "leave":
        ask("LeaveWaiting", input={"link": visits.secret(link)}, idempotencyKey=visits.key())
        return redirect(url_for(".show", link=link), 303)
    if way not in {"accept", "decline"}:
        raise NotFound
    given = {"link": visits.secret(link), "accepts": way == "accept"}
    said = ask("AnswerWaitingOffer", input=given, idempotencyKey=visits.key())["answerOffer"]
    if said["problems"]:
        entry = ask("Waiting", link=link)["waitingByLink"]
        return render_template("visits/waiting.html", entry=entry, problems=said["problems"]), 422
    if said["appointment"]:
        return redirect(url_for("visits.show", link=said["appointment"]["link"], booked="yes"), 303)
    return redirect(url_for(".show", link=link), 303)


def _said(code: str, service: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    today = china_day(viewer().now)
    days = {"firstOn": today, "lastOn": today + timedelta(days=int(typed["within"]))}
    proof = {"codeRequest": typed["code_request"], "code": typed["code"]}
    who = {"name": typed["name"], "needs": typed["needs"], "reach": typed["reach"] or "TEXT"}
    return {"station": visits.short(code), "service": visits.kind_of(service), **days, **who, **proof}


def _form(code: str, service: str, typed: Mapping[str, Any], problems: Problems) -> str:
    found = ask("VisitDetails", station=visits.short(code), hold="")
    offered = next((one for one in found["services"] if one["code"] == service), None)
    if offered is None:
        raise NotFound("service_not_offered")
    return render_template(
        "visits/wait.html",
        **found,
        service=offered,
        typed=typed,
        problems=problems,
        within=[{"value": days, "label": label} for days, label in WITHIN.items()],
        is_known=visits.is_known(),
    )


def _code_sent(code: str, service: str, typed: dict[str, Any]) -> Page:
    """Text a code to the number, and ask for it."""
    answer = ask("SendCode", input={"phone": typed["phone"]}, idempotencyKey=visits.key())["sendCode"]
    if answer["problems"]:
        return _form(code, service, typed, answer["problems"]), 422
    return _code(code, service, typed | {"code_request": answer["codeRequest"]["request"]}, [])


def _code(code: str, service: str, typed: Mapping[str, Any], problems: Problems) -> str:
    ways = {
        "action": url_for(".join", code=code, service=service),
        "back_to": url_for(".form", code=code, service=service),
    }
    return render_template("visits/code.html", **ways, done="登记等候", typed=typed, problems=problems)
