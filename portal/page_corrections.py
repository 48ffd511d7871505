"""我要纠错 of a page: anybody says what is wrong, keeps a code, and finds the answer by it (FEATURES D20)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import NotFound
from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("page_corrections", __name__)

LONGEST_CODE, LONGEST_SLUG = 20, 80
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: others may use this device (TRUST P2)."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/learn/<slug>/correct")
def form(slug: str) -> Page:
    """Ask what is wrong."""
    return _form(_asked(slug), {"subject": None, "words": "", "phone": ""}, [])


@pages.post("/learn/<slug>/correct")
def report(slug: str) -> Page:
    """Take a report in; show it again, as it was typed, with all there is to put right."""
    asked, reading = _asked(slug), Reading(request.form)
    given = {
        "subject": reading.choice("subject", {one["code"] for one in asked["subjects"]}),
        "words": reading.text("words", limit=asked["longest"]),
        "phone": reading.line("phone", limit=LONGEST_CODE),
    }
    if reading.problems:
        return _form(asked, given, reading.problems)
    key = request.form.get("idempotency_key", "")
    made = ask("ReportContent", input={"slug": slug, **given}, idempotencyKey=key)["reportContent"]
    if made["problems"]:
        return _form(asked, given, made["problems"])
    return redirect(url_for(".show", code=made["code"], new="yes"), 303)


@pages.get("/corrections/pages/<code>")
def show(code: str) -> Page:
    """Show how far a report has come, and what was answered."""
    found = ask("ContentCorrection", code=code[:LONGEST_CODE])["contentCorrection"]
    if found is None:
        raise NotFound("report_code_unknown")
    return render_template("corrections/page.html", report=found, is_new=request.args.get("new") == "yes")


def _asked(slug: str) -> dict[str, Any]:
    found: dict[str, Any] = ask("ContentReportForm", slug=slug[:LONGEST_SLUG])["contentReportForm"]
    return found


def _form(asked: Mapping[str, Any], given: Mapping[str, Any], problems: list[dict[str, Any]]) -> Page:
    options = [{"value": one["code"], "label": one["label"]} for one in asked["subjects"]]
    page = render_template("corrections/page_form.html", **asked, options=options, given=given, problems=problems)
    return (page, 422) if problems else page
