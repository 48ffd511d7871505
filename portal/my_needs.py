"""What one needs every time (我的需要): looked at, changed, forgotten (FEATURES B09)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from portal import visits
from portal.asking import ask
from portal.environment import is_staff
from portal.forms import Reading, problem
from portal.visits import Page

pages = Blueprint("my_needs", __name__, url_prefix="/me/needs")
pages.after_request(visits.keep_nothing)

LINES = {"safe_times": 80, "address": 120, "access_notes": 120}
NAMES = {"safe_times": "safeTimes", "address": "address", "access_notes": "accessNotes"}


@pages.get("")
def show() -> Page:
    """Show what is kept."""
    if is_staff():
        return render_template("desk/elsewhere.html", what="查看自己的需要")
    return _shown({}, [])


@pages.post("")
def save() -> Page:
    """Keep what was said, where it was agreed to."""
    form = Reading(request.form)
    typed: dict[str, Any] = {name: form.line(name, limit=limit) for name, limit in LINES.items()}
    typed |= {"needs": request.form.getlist("needs"), "language": form.line("language", limit=16) or "MANDARIN"}
    problems = form.problems + ([] if form.yes("agreed") else [problem("profile_not_agreed", "agreed")])
    if problems:
        return _shown(typed, problems), 422
    given = {"needs": typed["needs"], "language": typed["language"], "agreedEdition": form.line("edition", limit=20)}
    given |= {NAMES[name]: typed[name] for name in LINES}
    answer = ask("SaveAccessNeeds", input=given, idempotencyKey=visits.key())["saveAccessProfile"]
    if answer["problems"]:
        return _shown(typed, answer["problems"]), 422
    return redirect(url_for(".show", kept="yes"), 303)


@pages.post("/forget")
def forget() -> Page:
    """Forget it at once."""
    ask("ForgetAccessNeeds", idempotencyKey=visits.key())
    return redirect(url_for(".show"), 303)


def _shown(typed: dict[str, Any], problems: list[dict[str, Any]]) -> str:
    found = ask("MyAccessNeeds")
    kept = found["myAccessProfile"] or {}
    said = {name: kept.get(NAMES[name], "") for name in LINES}
    said |= {"needs": kept.get("needs", []), "language": kept.get("language", "MANDARIN")}
    return render_template(
        "account/needs.html", **found, typed=said | typed, problems=problems, kept=request.args.get("kept") == "yes"
    )
