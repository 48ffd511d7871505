"""A visit, or a request for one, by the link in its text: look, move, undo, take back (FEATURES B06, B15, B16)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from portal import visit_windows, visits
from portal.asking import ask
from portal.forms import Reading, prefixed, problem
from portal.visits import Page

pages = Blueprint("home_visit_links", __name__, url_prefix="/home-visits")
pages.after_request(visits.keep_nothing)


@pages.get("/of/<link>")
def show(link: str) -> Page:
    """Show a visit to whoever has its link."""
    visit = ask("HomeVisit", link=visits.secret(link))["homeVisitByLink"]
    return render_template("home_visits/show.html", visit=visit, ordered=request.args.get("ordered") == "yes")


@pages.get("/of/<link>/change")
def other_windows(link: str) -> Page:
    """Show the windows a visit may be moved to."""
    return _other(link, [])


@pages.post("/of/<link>/change")
def change(link: str) -> Page:
    """Move it."""
    chosen = Reading(request.form).line("starts_at")
    if not chosen:
        return _other(link, [problem("slot_missing", "starts_at")]), 422
    given = {"link": visits.secret(link), "startsAt": visits.moment(chosen)}
    answer = ask("ChangeHomeVisit", input=given, idempotencyKey=visits.key())["changeHomeVisit"]
    if answer["problems"]:
        return _other(link, prefixed(answer["problems"], {"startsAt": "starts_at"})), 422
    return redirect(url_for(".show", link=link), 303)


@pages.get("/undo/<link>")
def ordered_for(link: str) -> Page:
    """Show whoever is visited what somebody else ordered for them."""
    visit = ask("HomeVisitOrderedFor", link=visits.secret(link))["visitOrderedFor"]
    return render_template("home_visits/undo.html", visit=visit, link=link)


@pages.post("/undo/<link>")
def undo(link: str) -> Page:
    """Cancel it."""
    ask("UndoHomeVisit", input={"link": visits.secret(link)}, idempotencyKey=visits.key())
    return redirect(url_for(".ordered_for", link=link), 303)


@pages.get("/asked/<link>")
def asked(link: str) -> Page:
    """Show a request; once it is planned, the visit has the same link."""
    found = ask("VisitRequest", link=visits.secret(link))["visitRequestByLink"]
    if found["state"] == "planned":
        return redirect(url_for(".show", link=link), 303)
    return render_template("home_visits/asked.html", found=found, ordered=request.args.get("ordered") == "yes")


@pages.post("/asked/<link>")
def withdraw(link: str) -> Page:
    """Take a request back."""
    ask("WithdrawVisitRequest", input={"link": visits.secret(link)}, idempotencyKey=visits.key())
    return redirect(url_for(".asked", link=link), 303)


def _other(link: str, problems: list[dict[str, object]]) -> str:
    first = visit_windows.first(request.args.get("from", ""))
    asked_for = {"link": visits.secret(link), "from": first, "days": visit_windows.AHEAD}
    found = ask("OtherHomeVisitWindows", **asked_for)
    more = visit_windows.shown(found["otherVisitWindows"]["days"], first)
    visit = found["homeVisitByLink"]
    return render_template("home_visits/change.html", visit=visit, link=link, problems=problems, **more)
