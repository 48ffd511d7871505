"""我要纠错: anybody says what is wrong with a place, keeps a code, and finds the answer by it. No sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading, problem

pages = Blueprint("corrections", __name__)

LONGEST_CODE = 20
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: others may use this device (TRUST P2)."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/stations/at/<station>/correct")
def form(station: str) -> Page:
    """Ask what is wrong."""
    return _form(_asked(station), {"subject": None, "words": "", "phone": ""}, [])


@pages.post("/stations/at/<station>/correct")
def report(station: str) -> Page:
    """Take a report in; show it again, as it was typed, with all there is to put right."""
    asked, reading = _asked(station), Reading(request.form)
    given = {
        "subject": reading.choice("subject", {one["code"] for one in asked["subjects"]}),
        "words": reading.text("words", limit=asked["longest"]),
        "phone": reading.line("phone", limit=LONGEST_CODE),
    }
    if reading.problems:
        return _form(asked, given, reading.problems)
    key = request.form.get("idempotency_key", "")
    answer = ask("ReportStation", input={"station": asked["station"]["code"], **given}, idempotencyKey=key)
    made = answer["reportStation"]
    if made["problems"]:
        return _form(asked, given, made["problems"])
    return redirect(url_for(".show", code=made["code"], new="yes"), 303)


@pages.get("/corrections")
def enter() -> Page:
    """Ask for the code of a report."""
    return render_template("corrections/enter.html", problems=[], typed="")


@pages.post("/corrections")
def find() -> Page:
    """Go to the report with this code."""
    typed = Reading(request.form).line("code", limit=LONGEST_CODE)
    found = ask("Correction", code=typed)["correction"] if typed else None
    if found is not None:
        return redirect(url_for(".show", code=found["code"]), 303)
    of_page = ask("ContentCorrection", code=typed)["contentCorrection"] if typed else None
    if of_page is None:
        return _unknown(typed), 422
    return redirect(url_for("page_corrections.show", code=of_page["code"]), 303)


@pages.get("/corrections/<code>")
def show(code: str) -> Page:
    """Show how far a report has come, and what was answered."""
    found = ask("Correction", code=code[:LONGEST_CODE])["correction"]
    if found is None:
        return _unknown(code[:LONGEST_CODE]), 404
    return render_template("corrections/show.html", report=found, is_new=request.args.get("new") == "yes")


def _asked(station: str) -> dict[str, Any]:
    found: dict[str, Any] = ask("ReportForm", station=station[:LONGEST_CODE])["reportForm"]
    return found


def _form(asked: Mapping[str, Any], given: Mapping[str, Any], problems: list[dict[str, Any]]) -> Page:
    options = [{"value": one["code"], "label": one["label"]} for one in asked["subjects"]]
    page = render_template("corrections/form.html", **asked, options=options, given=given, problems=problems)
    return (page, 422) if problems else page


def _unknown(typed: str) -> str:
    return render_template("corrections/enter.html", problems=[problem("report_code_unknown", "code")], typed=typed)
