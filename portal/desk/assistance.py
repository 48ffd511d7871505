"""Asking an agency of another province about a case, and writing down what they said (FEATURES C12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("desk_assistance", __name__, url_prefix="/desk/cases")

HOME = "43"
ASKED = {"to_region": 2, "to_name": 80}
ANSWERED = {"answer": 10, "contact": 120}
LONGEST_WORDS = 500
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/<reference>/assistance")
def show(reference: str) -> Page:
    """Show what was asked, and a form for what may be."""
    return _shown(reference, {}, [])


@pages.post("/<reference>/assistance")
def send(reference: str) -> Page:
    """Ask."""
    form = Reading(request.form)
    typed = {name: form.line(name, limit=limit) for name, limit in ASKED.items()}
    typed |= {"kind": form.line("kind", limit=12), "about": form.text("about", limit=LONGEST_WORDS)}
    given = {
        "reference": reference,
        "kind": typed["kind"] or "VERIFY",
        "toRegion": typed["to_region"],
        "toName": typed["to_name"],
        "about": typed["about"],
    }
    return _done(reference, "AskAssistance", given, typed, form.problems)


@pages.post("/<reference>/assistance/answer")
def answer(reference: str) -> Page:
    """Write down what they said."""
    form = Reading(request.form)
    typed = {name: form.line(name, limit=limit) for name, limit in ANSWERED.items()}
    typed |= {"words": form.text("words", limit=LONGEST_WORDS)}
    given = {"reference": reference, **typed, "answer": typed["answer"] or "DECLINED"}
    return _done(reference, "AnswerAssistance", given, typed, form.problems)


def _done(
    reference: str, document: str, given: Mapping[str, Any], typed: Mapping[str, str], problems: list[dict[str, Any]]
) -> Page:
    if not problems:
        (payload,) = ask(document, input=given, idempotencyKey=request.form.get("idempotency_key", "")).values()
        problems = payload["problems"]
    if problems:
        return _shown(reference, typed, problems), 422
    return redirect(url_for("desk_case.show", reference=reference), 303)


def _shown(reference: str, typed: Mapping[str, str], problems: list[dict[str, Any]]) -> str:
    found = ask("DeskCase", reference=reference)
    asked = found["deskCase"]["assistance"]
    provinces = [
        {"value": one["code"], "label": one["name"]}
        for one in ask("Provinces")["divisions"]["nodes"]
        if one["code"] != HOME
    ]
    return render_template(
        "desk/assistance.html",
        case=found["deskCase"],
        may=frozenset(found["me"]["permissions"]),
        waits=next((one for one in asked if not one["answeredAt"]), None),
        provinces=provinces,
        typed=typed,
        problems=problems,
    )
