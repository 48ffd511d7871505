"""Ordering a time at a place; an appointment by the link in its text (FEATURES B16, B20)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.calendar import china_day
from core.errors import Malformed, NotFound
from portal.asking import ask, viewer
from portal.environment import is_signed_in, is_staff
from portal.forms import Reading, prefixed, problem

pages = Blueprint("visits", __name__, url_prefix="/visits")

A_LOOK = 7  # days on a page
LONGEST_CODE, LONGEST_LINK = 20, 40
NAMES = {"startsAt": "starts_at"}
NEEDED = {"VIDEO": "VIDEO", "HOME_VISIT": "HOME_VISIT"}  # what a place must give for a service; else consultation
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: their addresses hold secrets, and tell no other site."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def menu() -> Page:
    """Show the whole service menu, and where to begin with each (FEATURES B01)."""
    return render_template("visits/menu.html", **ask("ServicesOnOffer"), needed=NEEDED)


@pages.get("/at/<code>")
def choose(code: str) -> Page:
    """Show the service menu of a place."""
    return render_template("visits/choose.html", **ask("VisitServices", station=short(code)))


@pages.get("/at/<code>/<service>")
def times(code: str, service: str) -> Page:
    """Show the free times of a week."""
    return times_page(code, service, {"starts_at": "", "needs": []}, [])


@pages.get("/of/<link>")
def show(link: str) -> Page:
    """Show an appointment to whoever has its link."""
    visit = ask("Visit", link=secret(link))["appointmentByLink"]
    if visit["service"]["code"] == "HOME_VISIT":
        return redirect(url_for("home_visit_links.show", link=link), 303)
    return render_template("visits/show.html", visit=visit, booked=request.args.get("booked") == "yes")


@pages.get("/of/<link>/calendar.ics")
def calendar(link: str) -> Page:
    """Hand out the calendar file."""
    found = ask("VisitCalendar", link=secret(link))["appointmentByLink"]
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
    given = {"link": secret(link), "startsAt": moment(chosen)}
    answer = ask("ChangeVisit", input=given, idempotencyKey=key())["changeAppointment"]
    if answer["problems"]:
        return _change(link, chosen, prefixed(answer["problems"], NAMES)), 422
    return redirect(url_for(".show", link=link), 303)


@pages.post("/of/<link>/confirm")
def confirm(link: str) -> Page:
    """Note that somebody will come."""
    ask("ConfirmVisit", input={"link": secret(link)}, idempotencyKey=key())
    return redirect(url_for(".show", link=link), 303)


@pages.post("/of/<link>/telephone")
def telephone(link: str) -> Page:
    """Hold a talk by telephone instead of by video."""
    ask("RingVisitInstead", input={"link": secret(link)}, idempotencyKey=key())
    return redirect(url_for(".show", link=link), 303)


@pages.post("/of/<link>/video")
def video(link: str) -> Page:
    """Hold a talk by video after all."""
    ask("VisitVideoAgain", input={"link": secret(link)}, idempotencyKey=key())
    return redirect(url_for(".show", link=link), 303)


@pages.get("/of/<link>/enter")
def enter(link: str) -> Page:
    """Lead into the room; whoever does not come is rung up."""
    return redirect(ask("VisitMeeting", link=secret(link))["wayIntoMeeting"], 303)


@pages.get("/device")
@pages.get("/of/<link>/device")
def device(link: str = "") -> Response:
    """Let somebody try whether their telephone can hold a talk by video; where it cannot, they are rung instead."""
    response = make_response(render_template("visits/device.html", link=link and secret(link)))
    response.headers["Permissions-Policy"] = "camera=(self), microphone=(self), payment=(), usb=(), geolocation=()"
    return response


@pages.get("/of/<link>/cancel")
def leave(link: str) -> Page:
    """Ask once more, for a link must not give anything back by itself."""
    return render_template("visits/cancel.html", visit=ask("Visit", link=secret(link))["appointmentByLink"])


@pages.post("/of/<link>/cancel")
def cancel(link: str) -> Page:
    """Give it back."""
    ask("CancelVisit", input={"link": secret(link)}, idempotencyKey=key())
    return redirect(url_for(".show", link=link), 303)


def times_page(
    code: str, service: str, typed: dict[str, Any], problems: list[dict[str, Any]], instead: Any = None
) -> str:
    """Show the free times of a week; what was typed for the order already goes along."""
    first = _first()
    found = ask("VisitTimes", station=short(code), service=kind_of(service), **{"from": first}, days=A_LOOK)
    return render_template(
        "visits/times.html",
        **found,
        **_week(first, found["freeTimes"]["lastOn"]),
        typed=typed,
        problems=problems,
        instead=[{**one, "on": china_day(one["startsAt"])} for one in instead or []],
    )


def _change(link: str, chosen: str, problems: list[dict[str, Any]]) -> str:
    visit = ask("Visit", link=secret(link))["appointmentByLink"]
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


def moment(said: str) -> datetime:
    """Read a moment that a form of ours has sent back."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Malformed from None
    if moment.tzinfo is None:
        raise Malformed
    return moment


def kind_of(said: str) -> str:
    """Read the name of a service."""
    if said not in {"WINDOW_TALK", "PHONE_CALLBACK", "VIDEO", "EXTENDED_HOURS", "CIRCUIT", "HOME_VISIT"}:
        raise NotFound("service_not_offered")
    return said


def short(code: str) -> str:
    """Read the code of a place."""
    if len(code) > LONGEST_CODE:
        raise NotFound("station_unknown")
    return code


def secret(link: str) -> str:
    """Read the secret of a link."""
    if len(link) > LONGEST_LINK:
        raise NotFound("appointment_link_unknown")
    return link


def is_known() -> bool:
    """Say whether whoever looks has an account of their own."""
    return is_signed_in() and not is_staff()


def key() -> str:
    """Give the key of the try a form was sent with."""
    return request.form.get("idempotency_key", "")
