"""Ordering a chosen time: it is kept while the form is filled in, nothing typed is lost on the way (FEATURES B04)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from core.errors import NotFound
from portal import visits
from portal.asking import ask
from portal.forms import Reading, prefixed, problem
from portal.visits import Page

pages = Blueprint("ordering", __name__, url_prefix="/visits")
pages.after_request(visits.keep_nothing)

LINES = {"name": 40, "note": 200}
HIDDEN = ("starts_at", "hold", "phone", "code_request", "code")
NAMES = {"startsAt": "starts_at"}
CALLING = {"may_say": "maySay", "only_then": "onlyThen", "text_instead": "textInstead"}
CAREFUL = {"may_say": "no", "only_then": "yes", "text_instead": "yes"}
Problems = list[dict[str, Any]]


@pages.post("/at/<code>/<service>")
def choose_time(code: str, service: str) -> Page:
    """Keep the chosen time and go on to the form; where it is taken, show what else there is."""
    typed = _typed(Reading(request.form))
    if not typed["starts_at"]:
        return visits.times_page(code, service, typed, [problem("slot_missing", "starts_at")]), 422
    answer = _held(code, service, typed)
    if answer["problems"]:
        problems = prefixed(answer["problems"], NAMES)
        return visits.times_page(code, service, typed, problems, answer["alternatives"]), 422
    typed["hold"] = (answer["held"] or {"secret": ""})["secret"]
    if typed["name"] or typed["note"] or typed["phone"]:
        return _details(code, service, typed, [])
    chosen = {"starts_at": typed["starts_at"], "hold": typed["hold"] or None}
    return redirect(url_for(".details", code=code, service=service, **chosen), 303)


@pages.get("/at/<code>/<service>/order")
def details(code: str, service: str) -> Page:
    """Show the form for a chosen time."""
    chosen = {"starts_at": request.args.get("starts_at", ""), "hold": request.args.get("hold", "")}
    return _details(code, service, _nothing() | chosen, [])


@pages.post("/at/<code>/<service>/order")
def order(code: str, service: str) -> Page:
    """Order it; whoever has not signed in is texted a code first."""
    form = Reading(request.form)
    typed = _typed(form)
    if "longer" in request.form:
        return _longer(code, service, typed)
    if "other" in request.form:
        return visits.times_page(code, service, typed, [])
    if form.problems:
        return _details(code, service, typed, form.problems), 422
    return _ordered(code, service, typed)


@pages.post("/hold/<hold>/<way>")
def note(hold: str, way: str) -> Response:
    """Note what the browser says by itself: that the page was left, or that it is looked at again."""
    if way not in {"left", "back"}:
        raise NotFound
    given = {"hold": visits.secret(hold), "isBack": way == "back"}
    ask("LeaveVisitHold", input=given, idempotencyKey=visits.key())
    return Response(status=204)


def _ordered(code: str, service: str, typed: dict[str, Any]) -> Page:
    if not visits.is_known() and not typed["code_request"]:
        return _code_sent(code, service, typed)
    answer = ask("BookVisit", input=_said(code, service, typed), idempotencyKey=visits.key())["bookAppointment"]
    if not answer["problems"]:
        return redirect(url_for("visits.show", link=answer["appointment"]["link"], booked="yes"), 303)
    problems = prefixed(answer["problems"], NAMES)
    if answer["alternatives"] is not None or problems[0]["field"] == "starts_at":
        return visits.times_page(code, service, typed, problems, answer["alternatives"]), 422
    if not visits.is_known() and problems[0]["field"] in {"code", None}:
        return _code(code, service, typed, problems), 422
    return _details(code, service, typed, problems), 422


def _longer(code: str, service: str, typed: dict[str, Any]) -> Page:
    """Keep it as long again, or anew where its time was over."""
    try:
        ask("ExtendVisitHold", input={"hold": typed["hold"]}, idempotencyKey=visits.key())
    except NotFound:
        answer = _held(code, service, typed)
        if answer["problems"]:
            problems = prefixed(answer["problems"], NAMES)
            return visits.times_page(code, service, typed, problems, answer["alternatives"]), 422
        typed["hold"] = (answer["held"] or {"secret": ""})["secret"]
    return _details(code, service, typed, [])


def _held(code: str, service: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {"station": visits.short(code), "service": visits.kind_of(service)}
    wish = {"startsAt": visits.moment(typed["starts_at"]), "insteadOf": typed["hold"]}
    answer: dict[str, Any] = ask("HoldVisit", input={**wanted, **wish}, idempotencyKey=visits.key())["holdTime"]
    return answer


def _said(code: str, service: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: typed[name] for name in (*LINES, "needs", "hold", "reach")}
    proof = {"codeRequest": typed["code_request"], "code": typed["code"]}
    when: datetime = visits.moment(typed["starts_at"])
    calling = {told: typed[name] == "yes" for name, told in CALLING.items()} if service == "PHONE_CALLBACK" else None
    return {"calling": calling, "station": code, "service": visits.kind_of(service), "startsAt": when, **given, **proof}


def _nothing() -> dict[str, Any]:
    return {**dict.fromkeys((*LINES, *HIDDEN), ""), "needs": [], "reach": "TEXT", **CAREFUL}


def _typed(form: Reading) -> dict[str, Any]:
    typed: dict[str, Any] = {name: form.line(name, limit=limit) for name, limit in LINES.items()}
    typed |= {name: form.line(name, limit=40) for name in HIDDEN}
    typed |= {"reach": form.choice("reach", ("TEXT", "CALL")) or "TEXT"}
    typed |= {name: request.form.get(name, "") for name in CALLING}
    return typed | {"needs": request.form.getlist("needs"), "hold": visits.secret(typed["hold"])}


def _details(code: str, service: str, typed: Mapping[str, Any], problems: Problems) -> str:
    """Show the form. Where the time is kept no more it says so, and it can be ordered all the same."""
    found = ask("VisitDetails", station=visits.short(code), hold=visits.secret(typed["hold"]))
    offered = next((one for one in found["services"] if one["code"] == service), None)
    if offered is None:
        raise NotFound("service_not_offered")
    return render_template(
        "visits/order.html",
        station=found["station"],
        service=offered,
        needs=found["needs"],
        held=found["held"],
        starts_at=visits.moment(typed["starts_at"]),
        typed=typed,
        problems=problems,
        is_known=visits.is_known(),
    )


def _code_sent(code: str, service: str, typed: dict[str, Any]) -> Page:
    """Text a code to the number, and ask for it."""
    answer = ask("SendCode", input={"phone": typed["phone"]}, idempotencyKey=visits.key())["sendCode"]
    if answer["problems"]:
        return _details(code, service, typed, answer["problems"]), 422
    return _code(code, service, typed | {"code_request": answer["codeRequest"]["request"]}, [])


def _code(code: str, service: str, typed: Mapping[str, Any], problems: Problems) -> str:
    names: dict[str, Any] = {"code": code, "service": service}
    ways = {"action": url_for(".order", **names), "back_to": url_for("visits.times", **names)}
    return render_template("visits/code.html", **ways, done="预约", typed=typed, problems=problems)
