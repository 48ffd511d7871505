"""May I apply? One question a page, without signing in. Answers travel in the form, never in an address."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import problem

pages = Blueprint("precheck", __name__, url_prefix="/check")

Page = str | tuple[str, int] | AnyResponse
Answers = dict[str, list[str]]
MOST_ANSWERS = 60
KINDS = {"MONEY": "decimal", "INTEGER": "numeric"}


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: others may use this device (TRUST P2)."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def start() -> Page:
    """Say what this is, and ask for the place."""
    return _start({})


@pages.post("")
def step() -> Page:
    """Take an answer; ask the next question, or tell the outcome."""
    answers, asking, go = _carried(), request.form.get("asking", ""), request.form.get("go", "")
    if asking and (not go or request.form.get(asking)):  # who goes back from an empty field has not answered it
        answers[asking] = request.form.getlist(asking)
    checked = ask("PreCheck", answers=_written(answers))["preCheck"]
    wanted = _wanted(go, asking, checked)
    if wanted is not None:
        return _again(wanted, answers, checked)
    if checked["nextQuestion"] is None:
        return _outcome(answers)
    return _question(checked["nextQuestion"], answers, checked, asking)


@pages.get("/code")
def enter_code() -> Page:
    """Ask for the code of a result that was kept."""
    return render_template("precheck/code.html", problems=[])


@pages.post("/code")
def reopen() -> Page:
    """Show a result that was kept."""
    found = ask("PreCheckByCode", code=request.form.get("code", "")[:40])["preCheckByCode"]
    if found is None:
        problems = [problem("precheck_code_unknown", "code")]
        return render_template("precheck/code.html", problems=problems), 422
    return _result(found)


@pages.post("/forget")
def forget() -> Page:
    """Delete a result at once."""
    key = request.form.get("idempotency_key", "")
    ask("ForgetPreCheck", input={"code": request.form.get("code", "")[:40]}, idempotencyKey=key)
    return redirect(url_for(".forgotten"), 303)


@pages.get("/forgotten")
def forgotten() -> Page:
    """Say that nothing is left."""
    return render_template("precheck/forgotten.html")


def _start(answers: Answers) -> Page:
    asked = ask("PreCheck", answers=[])["preCheck"]["nextQuestion"]
    chosen = answers.get(asked["name"]) or [asked["options"][0]["value"]]
    carried = _hidden(answers, asked["name"])
    return render_template("precheck/start.html", question=asked, value=chosen[0], carried=carried, problems=[])


def _question(question: Mapping[str, Any], answers: Answers, checked: Mapping[str, Any], asking: str) -> Page:
    # A stale answer (of another branch) is simply asked again; only what was just sent is called a problem.
    problems = [one for one in checked["problems"] if one["field"] == asking == question["name"]]
    page = _page(question, answers, problems, number=len(checked["answered"]))
    return (page, 422) if problems else page


def _again(name: str, answers: Answers, checked: Mapping[str, Any]) -> Page:
    asked = {one["question"]["name"]: one["question"] for one in checked["answered"]}
    place = list(asked).index(name)
    return _start(answers) if place == 0 else _page(asked[name], answers, [], number=place)


def _page(question: Mapping[str, Any], answers: Answers, problems: list[Any], *, number: int) -> str:
    return render_template(
        "precheck/question.html",
        question=question,
        values=answers.get(question["name"], []),
        carried=_hidden(answers, question["name"]),
        problems=problems,
        number=number,
        inputmode=KINDS.get(question["kind"]),
    )


def _outcome(answers: Answers) -> Page:
    # The key of the form and the answers together: the same tap twice is one code, other answers are another.
    said = json.dumps([request.form.get("idempotency_key", ""), answers], sort_keys=True)
    key = hashlib.sha256(said.encode()).hexdigest()
    saved = ask("SavePreCheck", input={"answers": _written(answers)}, idempotencyKey=key)["savePreCheck"]
    return _result(saved["savedPreCheck"])


def _result(saved: Mapping[str, Any]) -> str:
    answers = {one["question"]["name"]: one["values"] for one in saved["answered"]}
    return render_template("precheck/result.html", saved=saved, carried=_hidden(answers), judgement=saved["judgement"])


def _wanted(go: str, asking: str, checked: Mapping[str, Any]) -> str | None:
    """Name the question somebody wants to see again: the one before, or one they want to change."""
    names: list[str] = [one["question"]["name"] for one in checked["answered"]]
    if go.startswith("change:"):
        return go[7:] if go[7:] in names else None
    if go != "back" or not names:
        return None
    return names[max(names.index(asking) - 1, 0)] if asking in names else names[-1]


def _carried() -> Answers:
    answers: Answers = {}
    for pair in request.form.getlist("answer")[:MOST_ANSWERS]:
        name, _, value = pair.partition(":")
        answers.setdefault(name, []).append(value)
    return answers


def _hidden(answers: Answers, without: str = "") -> list[str]:
    return [f"{name}:{value}" for name, values in answers.items() if name != without for value in (values or [""])]


def _written(answers: Answers) -> list[dict[str, Any]]:
    return [{"field": name, "values": values} for name, values in answers.items()]
