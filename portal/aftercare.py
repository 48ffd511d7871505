"""What comes after an appointment, by the link in a text: how it was, in one tap; why somebody did not come."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Malformed, NotFound
from portal.asking import ask
from portal.forms import Reading
from portal.visits import keep_nothing

pages = Blueprint("aftercare", __name__, url_prefix="/visits/of")
pages.after_request(keep_nothing)

LONGEST_WORDS, LONGEST_LINK = 300, 40
WHYS = ("FORGOT", "HEALTH", "CARE", "WAY", "WORK", "SOLVED", "CAME", "OTHER")
Page = str | AnyResponse | tuple[str, int]


@pages.get("/<link>/rate")
def rating(link: str) -> Page:
    """Ask how it was; once that is said, show it, and the answer to it."""
    return _rating(link, [])


@pages.post("/<link>/rate")
def rate(link: str) -> Page:
    """Take a score: by one tap, or with words and the wish to be rung."""
    form = Reading(request.form)
    said = request.form.get("score", "")
    if said not in tuple("12345"):
        raise Malformed
    words, wants_call = form.text("words", limit=LONGEST_WORDS), request.form.get("wants_call") == "yes"
    problems = form.problems
    if not problems:
        given = {"link": _secret(link), "score": int(said), "words": words, "wantsCall": wants_call}
        problems = ask("RateVisit", input=given, idempotencyKey=_key())["rateAppointment"]["problems"]
    if problems:
        return _rating(link, problems), 422
    return redirect(url_for(".rating", link=link, _anchor="said"), 303)


@pages.get("/<link>/missed")
def missed(link: str) -> Page:
    """Ask kindly why somebody did not come."""
    found = ask("MissedVisit", link=_secret(link))["missedAppointment"]
    return render_template("visits/missed.html", found=found, again=request.args.get("again") == "yes")


@pages.post("/<link>/missed")
def explain(link: str) -> Page:
    """Take the reason, or the wish to be rung."""
    why = request.form.get("why", "")
    given = {"link": _secret(link), "why": why if why in WHYS else "OTHER", "wantsCall": "wants_call" in request.form}
    ask("ExplainMissedVisit", input=given, idempotencyKey=_key())
    return redirect(url_for(".missed", link=link), 303)


def _rating(link: str, problems: list[dict[str, Any]]) -> str:
    found = ask("VisitRating", link=_secret(link))["appointmentRating"]
    typed = {"words": request.form.get("words", found["words"])}
    again = request.args.get("again") == "yes"
    return render_template("visits/rate.html", found=found, typed=typed, problems=problems, again=again)


def _secret(link: str) -> str:
    if len(link) > LONGEST_LINK:
        raise NotFound("appointment_link_unknown")
    return link


def _key() -> str:
    return request.form.get("idempotency_key", "")
