"""Ordering a time at a place; an appointment by the link in its text (FEATURES B16, B20)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.calendar import china_day
from core.errors import Malformed, NotFound
from portal.asking import ask, viewer
from portal.environment import is_signed_in, is_staff
from portal.forms import Reading, prefixed, problem

pages = Blueprint("visits", __name__, url_prefix="/visits")

A_LOOK = 7  # days on a page
LONGEST_CODE, LONGEST_LINK = 20, 40
LINES = {"name": 40, "note": 200}
NAMES = {"startsAt": "starts_at"}
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: their addresses hold secrets, and tell no other site."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/at/<code>")
def choose(code: str) -> Page:
    """Show the service menu of a place."""
    return render_template("visits/choose.html", **ask("VisitServices", station=_short(code)))


@pages.get("/at/<code>/<service>")
def times(code: str, service: str) -> Page:
    """Show the free times of a week, and the form to order one."""
    return _times(code, service, {}, [])


@pages.post("/at/<code>/<service>")
def order(code: str, service: str) -> Page:
    """Order a time; whoever has not signed in is texted a code first. Nothing typed is lost on the way."""
    form = Reading(request.form)
    typed: dict[str, Any] = {name: form.line(name, limit=limit) for name, limit in LINES.items()}
    typed |= {"needs": request.form.getlist("needs"), "starts_at": form.line("starts_at")}
    typed |= {name: form.line(name, limit=40) for name in ("phone", "code_request", "code")}
    problems = form.problems + ([] if typed["starts_at"] else [problem("slot_missing", "starts_at")])
    if problems:
        return _times(code, service, typed, problems), 422
    if not _is_known() and not typed["code_request"]:
        return _code_sent(code, service, typed)
    given = {name: typed[name] for name in (*LINES, "needs")}
    proof = {"codeRequest": typed["code_request"], "code": typed["code"]}
    said = {"station": code, "service": service, "startsAt": _moment(typed["starts_at"]), **given, **proof}
    answer = ask("BookVisit", input=said, idempotencyKey=_key())["bookAppointment"]
    if not answer["problems"]:
        return redirect(url_for(".show", link=answer["appointment"]["link"], booked="yes"), 303)
    problems = prefixed(answer["problems"], NAMES)
    if not _is_known() and problems[0]["field"] in {"code", None}:
        return _code(code, service, typed, problems), 422
    return _times(code, service, typed, problems, answer["alternatives"]), 422


@pages.get("/of/<link>")
def show(link: str) -> Page:
    """Show an appointment to whoever has its link."""
    visit = ask("Visit", link=_secret(link))["appointmentByLink"]
    return render_template("visits/show.html", visit=visit, booked=request.args.get("booked") == "yes")


@pages.get("/of/<link>/calendar.ics")
def calendar(link: str) -> Page:
    """Hand out the calendar file."""
    found = ask("VisitCalendar", link=_secret(link))["appointmentByLink"]
    response = Response(found["calendarFile"], mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{found["reference"]}.ics"'
    return response


@pages.get("/of/<link>/change")
def other_times(link: str) -> Page:
    """Show the times an appointment may be moved to."""
    return _change(link, "", [])


@pages.post("/of/<link>/change")
def change(link: str) -> Page:
    """Move it."""
    chosen = Reading(request.form).line("starts_at")
    if not chosen:
        return _change(link, chosen, [problem("slot_missing", "starts_at")]), 422
    given = {"link": _secret(link), "startsAt": _moment(chosen)}
    answer = ask("ChangeVisit", input=given, idempotencyKey=_key())["changeAppointment"]
    if answer["problems"]:
        return _change(link, chosen, prefixed(answer["problems"], NAMES)), 422
    return redirect(url_for(".show", link=link), 303)


@pages.get("/of/<link>/cancel")
def leave(link: str) -> Page:
    """Ask once more, for a link must not give anything back by itself."""
    return render_template("visits/cancel.html", visit=ask("Visit", link=_secret(link))["appointmentByLink"])


@pages.post("/of/<link>/cancel")
def cancel(link: str) -> Page:
    """Give it back."""
    ask("CancelVisit", input={"link": _secret(link)}, idempotencyKey=_key())
    return redirect(url_for(".show", link=link), 303)


def _times(code: str, service: str, typed: dict[str, Any], problems: list[dict[str, Any]], instead: Any = None) -> str:
    first = _first()
    found = ask("VisitTimes", station=_short(code), service=_service(service), **{"from": first}, days=A_LOOK)
    return render_template(
        "visits/times.html",
        **found,
        **_week(first, found["freeTimes"]["lastOn"]),
        typed={"name": "", "note": "", "needs": [], "starts_at": "", "phone": ""} | typed,
        problems=problems,
        instead=[{**one, "on": china_day(one["startsAt"])} for one in instead or []],
        is_known=_is_known(),
    )


def _code_sent(code: str, service: str, typed: dict[str, Any]) -> Page:
    """Text a code to the number, and ask for it."""
    answer = ask("SendCode", input={"phone": typed["phone"]}, idempotencyKey=_key())["sendCode"]
    if answer["problems"]:
        return _times(code, service, typed, answer["problems"]), 422
    return _code(code, service, typed | {"code_request": answer["codeRequest"]["request"]}, [])


def _code(code: str, service: str, typed: dict[str, Any], problems: list[dict[str, Any]]) -> str:
    return render_template("visits/code.html", code=code, service=service, typed=typed, problems=problems)


def _change(link: str, chosen: str, problems: list[dict[str, Any]]) -> str:
    visit = ask("Visit", link=_secret(link))["appointmentByLink"]
    first = _first()
    station, service = visit["place"]["code"], visit["service"]["code"]
    found = ask("VisitTimes", station=station, service=service, **{"from": first}, days=A_LOOK)["freeTimes"]
    week = _week(first, found["lastOn"])
    return render_template("visits/change.html", visit=visit, freeTimes=found, **week, chosen=chosen, problems=problems)


def _first() -> date:
    """Give the first of the days to show: today, or one somebody turned to."""
    today = china_day(viewer().now)
    try:
        asked = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return today
    return min(max(asked, today), today + timedelta(days=366))


def _week(first: date, last: date) -> dict[str, Any]:
    """Say which days are shown, and which come before and after."""
    today, after = china_day(viewer().now), first + timedelta(days=A_LOOK)
    before = max(first - timedelta(days=A_LOOK), today) if first > today else None
    return {"first": first, "before": before, "after": after if after <= last else None}


def _moment(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Malformed from None
    if moment.tzinfo is None:
        raise Malformed
    return moment


def _service(said: str) -> str:
    if said not in {"WINDOW_TALK", "PHONE_CALLBACK", "VIDEO", "HOME_VISIT"}:
        raise NotFound("service_not_offered")
    return said


def _short(code: str) -> str:
    if len(code) > LONGEST_CODE:
        raise NotFound("station_unknown")
    return code


def _secret(link: str) -> str:
    if len(link) > LONGEST_LINK:
        raise NotFound("appointment_link_unknown")
    return link


def _is_known() -> bool:
    """Say whether whoever looks has an account of their own."""
    return is_signed_in() and not is_staff()


def _key() -> str:
    return request.form.get("idempotency_key", "")
