"""How one's own applications stand: the list, a case, handing in what is missing, taking it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.errors import Rejected
from mobile_api.uploads import receive
from portal import case_view
from portal.asking import ask, viewer
from portal.environment import is_staff
from portal.forms import Reading

pages = Blueprint("progress", __name__, url_prefix="/me/applications")

A_PAGE = 20
LONGEST_NOTE = 300
FILES, WORDS = "file-", "item-"  # what the names of fields begin with, before the id of an item
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept (TRUST P2)."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def mine() -> Page:
    """List one's applications, and what is not handed in yet."""
    if is_staff():
        return render_template("desk/elsewhere.html", what="查看自己的申请")
    answer = ask("MyApplications", first=A_PAGE, after=request.args.get("after"))
    return render_template("progress/list.html", found=answer["myApplications"], drafts=answer["myDrafts"])


@pages.get("/<reference>")
def show(reference: str) -> Page:
    """Show a case."""
    return _case(reference)


@pages.post("/<reference>/supply")
def supply(reference: str) -> Page:
    """Take files in for what was missing, then hand everything in; `upload` takes files in only.

    One form holds files and words, so that nothing typed is lost where there are no scripts.
    """
    form = Reading(request.form)
    words = [
        {"item": name.removeprefix(WORDS), "text": form.text(name, limit=LONGEST_NOTE)}
        for name in request.form
        if name.startswith(WORDS)
    ]
    problems = [*_attach(reference), *form.problems]
    if problems:
        return _case(reference, problems), 422
    if "upload" in request.form:
        return _case(reference)
    given = {"reference": reference, "explanations": words}
    problems = ask("SupplyMissing", input=given, idempotencyKey=_key())["supplyMissing"]["problems"]
    if problems:
        return _case(reference, problems), 422
    return redirect(url_for(".show", reference=reference), 303)


def _attach(reference: str) -> list[dict[str, Any]]:
    """Take in every file that was chosen. What is fine is kept, also where other files have problems."""
    problems = []
    chosen = [(name, file) for name, file in request.files.items(multi=True) if file.filename]
    for number, (name, file) in enumerate(chosen):
        item, key = name.removeprefix(FILES), f"{_key()[:32]}-{number}"
        try:
            kept = receive(viewer(), file, key=f"{key}-file")
        except Rejected as rejected:
            problems += [{**problem_data(one), "field": name} for one in rejected.problems]
            continue
        given = {"reference": reference, "item": item, "token": kept["token"]}
        answer = ask("SupplyEvidence", input=given, idempotencyKey=key)["supplyEvidence"]
        problems += [{**one, "field": name} for one in answer["problems"]]
    return problems


@pages.post("/<reference>/explain-pledge")
def explain_pledge(reference: str) -> Page:
    """Say how it was, where staff doubt the pledge."""
    given = {"reference": reference, "words": Reading(request.form).text("words")}
    problems = ask("ExplainPledge", input=given, idempotencyKey=_key())["explainPledge"]["problems"]
    if problems:
        return _case(reference, problems), 422
    return redirect(url_for(".show", reference=reference), 303)


@pages.get("/<reference>/withdraw")
def leave(reference: str) -> Page:
    """Ask once more before taking it back."""
    return render_template("progress/withdraw.html", case=ask("CaseFile", reference=reference)["caseFile"])


@pages.post("/<reference>/withdraw")
def withdraw(reference: str) -> Page:
    """Take it back."""
    ask("WithdrawApplication", input={"reference": reference}, idempotencyKey=_key())
    return redirect(url_for(".show", reference=reference), 303)


def _case(reference: str, problems: list[dict[str, Any]] | None = None) -> str:
    case = ask("CaseFile", reference=reference)["caseFile"]
    return render_template(
        "progress/case.html",
        case=case,
        problems=problems or [],
        words=request.form,
        dates=case_view.dates(case),
        entries=case_view.entries(case),
        papers=case_view.papers,
    )


def _key() -> str:
    return request.form.get("idempotency_key", "")
