"""What people say is wrong with places (FEATURES C15) and pages (D20) of the region, and the answer to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading

A_PAGE = 20
LONGEST_ANSWER = 300
Page = str | tuple[str, int] | AnyResponse


@dataclass(frozen=True, slots=True)
class Mending:
    """What a report is about, and where it is put right."""

    name: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of reports: the template, the documents that list them and that answer one, what each is about."""

    template: str
    listed: str
    answered: str
    mend: Callable[[dict[str, Any]], Mending]


def desk(name: str, under: str, kind: Kind) -> Blueprint:
    """Make the pages of one kind of reports."""
    made = Blueprint(name, __name__, url_prefix=under)

    @made.after_request
    def keep_nothing(response: Response) -> Response:
        """Let nothing of these pages be kept."""
        response.headers["Cache-Control"] = "no-store"
        return response

    @made.get("")
    def show() -> Page:
        """List what is to be answered, or what was."""
        return page([])

    @made.post("")
    def answer() -> Page:
        """Answer one: corrected, or why not."""
        reading = Reading(request.form)
        words, which = reading.text("answer", limit=LONGEST_ANSWER), request.form.get("report", "")
        problems = reading.problems
        if not problems:
            given = {"report": which, "accepted": request.form.get("verdict") == "accepted", "answer": words}
            key = request.form.get("idempotency_key", "")
            problems = _only(ask(kind.answered, input=given, idempotencyKey=key))["problems"]
        if problems:
            return page([{**one, "field": f"answer-{which}"} for one in problems]), 422
        return redirect(url_for(".show"), 303)

    def page(problems: list[dict[str, Any]]) -> str:
        is_open = request.args.get("answered") != "yes"
        found = _only(ask(kind.listed, open=is_open, first=A_PAGE, after=request.args.get("after")))
        typed = {request.form.get("report", ""): request.form.get("answer", "")} if problems else {}
        given = {"found": found, "is_open": is_open, "problems": problems, "typed": typed}
        return render_template(kind.template, mend=kind.mend, **given)

    return made


def _only(answer: dict[str, Any]) -> dict[str, Any]:
    """Give what a document with one field found."""
    (found,) = answer.values()
    return dict(found)


def _mend(report: dict[str, Any]) -> Mending:
    href = url_for("desk_directory.edit", station=report["stationCode"])
    return Mending(report["stationName"], href, "去名录里改")


PLACES = Kind("desk/reports.html", "StationReports", "AnswerReport", _mend)
pages = desk("desk_reports", "/desk/places/reports", PLACES)
