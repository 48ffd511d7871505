"""Teams that visit people at home: who is out, a team's day in order, requests to answer (FEATURES B06, B10)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from core.calendar import china_day
from portal import visits
from portal.asking import ask, viewer
from portal.forms import Reading, problem
from portal.visits import Page

pages = Blueprint("desk_rounds", __name__, url_prefix="/desk/rounds")
pages.after_request(visits.keep_nothing)

AHEAD = 21
REPLIES = {
    "PHONE": "先打电话，能在电话里办的先办",
    "VIDEO": "就近到有视频间的服务点，由人帮着接通律师",
    "STATION": "安排好轮椅通道和专人，请到服务点来",
    "VILLAGE": "请村（居）委会或司法所的人就近上门",
    "LATER": "这段时间排不出来，有空了马上约",
}


@pages.get("")
def show() -> Page:
    """List the teams of a day, and the requests that wait."""
    on = _day()
    before, after = on - timedelta(days=1), on + timedelta(days=1)
    return render_template("desk/rounds.html", **ask("DeskRounds", on=on), on=on, before=before, after=after)


@pages.get("/<team>/<day>")
def sheet(team: str, day: str) -> Page:
    """Show a team's day in order."""
    on = _day(day)
    before, after = on - timedelta(days=1), on + timedelta(days=1)
    found = ask("DeskRound", team=team[:22], on=on)["visitSheet"]
    today = china_day(viewer().now)
    return render_template("desk/round.html", sheet=found, on=on, before=before, after=after, today=today)


@pages.post("/<team>/<day>/safety")
def safety(team: str, day: str) -> Page:
    """Write down what the team is to be careful of."""
    given = {"appointment": request.form.get("appointment", ""), "words": Reading(request.form).line("words")}
    ask("NoteVisitSafety", input=given, idempotencyKey=visits.key())
    return redirect(url_for(".sheet", team=team, day=day), 303)


@pages.get("/along/<visit>")
def along(visit: str) -> Page:
    """Show which volunteers could come along to a visit."""
    found = ask("VisitCompanions", visit=visit[:22])["visitCompanions"]
    return render_template("desk/along.html", visit=visit, found=found)


@pages.post("/along/<visit>")
def ask_along(visit: str) -> Page:
    """Ask one of them."""
    given = {"visit": visit[:22], "volunteer": request.form.get("volunteer", "")[:22]}
    ask("AskCompanion", input=given, idempotencyKey=visits.key())
    return redirect(url_for(".along", visit=visit), 303)


@pages.get("/requests/<which>")
def request_page(which: str) -> Page:
    """Show a request and what it may be answered with."""
    return _request(which, {}, [])


@pages.post("/requests/<which>/time")
def answer_with_time(which: str) -> Page:
    """Answer with a window."""
    chosen = Reading(request.form).line("starts_at")
    if not chosen:
        return _request(which, {}, [problem("slot_missing", "starts_at")]), 422
    given = {"request": which[:22], "startsAt": visits.moment(chosen)}
    answer = ask("AnswerRequestWithTime", input=given, idempotencyKey=visits.key())["answerVisitRequestWithTime"]
    if answer["problems"]:
        return _request(which, {}, answer["problems"]), 422
    return redirect(url_for(".show"), 303)


@pages.post("/requests/<which>/words")
def answer_with_words(which: str) -> Page:
    """Answer with another way and the reason for it."""
    form = Reading(request.form)
    typed: dict[str, Any] = {"reply": form.choice("reply", REPLIES), "words": form.line("words")}
    problems = form.problems + ([] if typed["reply"] else [problem("visit_reply_missing", "reply")])
    if not problems:
        given = {"request": which[:22], **typed}
        answer = ask("AnswerRequestWithWords", input=given, idempotencyKey=visits.key())["answerVisitRequestWithWords"]
        problems = answer["problems"]
    if problems:
        return _request(which, typed, problems), 422
    return redirect(url_for(".show"), 303)


def _request(which: str, typed: dict[str, Any], problems: list[dict[str, Any]]) -> str:
    found = ask("DeskVisitRequest", id=which[:22], days=AHEAD)
    days = [one for one in found["visitRequestWindows"] if one["windows"]]
    replies = [{"value": value, "label": label} for value, label in REPLIES.items()]
    typed = {"reply": None, "words": ""} | typed
    return render_template(
        "desk/visit_request.html",
        found=found["visitRequest"],
        days=days,
        replies=replies,
        typed=typed,
        problems=problems,
    )


def _day(said: str | None = None) -> date:
    """Give the day somebody turned to; today where it is none."""
    today = china_day(viewer().now)
    try:
        asked = date.fromisoformat(said or request.args.get("day", ""))
    except ValueError:
        return today
    return min(max(asked, today - timedelta(days=366)), today + timedelta(days=366))
