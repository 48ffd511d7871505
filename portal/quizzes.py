"""A quiz, without scripts: questions, answers explained, a certificate for whoever wants one (FEATURES D19)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.errors import Conflict, Rejected
from mobile_api import quizzes
from portal.asking import ask, viewer
from portal.forms import Reading, problem

pages = Blueprint("quiz", __name__)

LONGEST_SLUG, LONGEST_NAME = 80, 60
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: what somebody answered is their own business."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/quiz")
def home() -> Page:
    """List the quizzes."""
    return render_template("quiz/list.html", found=ask("Quizzes")["pages"]["nodes"])


@pages.get("/quiz/<slug>")
def show(slug: str) -> Page:
    """Ask the questions."""
    return render_template("quiz/ask.html", quiz=_asked(slug), given={}, problems=[])


@pages.post("/quiz/<slug>")
def mark(slug: str) -> Page:
    """Mark the answers; what was not answered is asked for again."""
    quiz = _asked(slug)
    given = {one["number"]: request.form.get(f"q{one['number']}", "") for one in quiz["questions"]}
    absent = [number for number, answer in given.items() if not answer]
    if absent:
        problems = [problem("quiz_unanswered", f"q{number}", number=number) for number in absent]
        return render_template("quiz/ask.html", quiz=quiz, given=given, problems=problems), 422
    return _result(slug, quizzes.read(",".join(given.values())))


@pages.post("/quiz/<slug>/certificate")
def certificate(slug: str) -> Page:
    """Give the certificate; where the name does not fit, the result again."""
    answers, reading = quizzes.read(request.form.get("answers", "")), Reading(request.form)
    name, problems = reading.line("name", limit=LONGEST_NAME), reading.problems
    if not problems:
        try:
            return quizzes.certificate(slug, answers, name, now=viewer().now)
        except Rejected as rejected:
            problems = [problem_data(one) for one in rejected.problems]
        except Conflict as refused:
            problems = [problem(refused.code)]
    return _result(slug, answers, problems=problems, name=name)


def _result(slug: str, answers: list[int], problems: list[dict[str, Any]] | None = None, name: str = "") -> Page:
    found = ask("MarkQuiz", slug=slug[:LONGEST_SLUG], answers=answers)["markQuiz"]
    written = ",".join(map(str, answers))
    page = render_template("quiz/result.html", found=found, answers=written, problems=problems or [], name=name)
    return (page, 422) if problems else page


def _asked(slug: str) -> dict[str, Any]:
    found: dict[str, Any] = ask("Quiz", slug=slug[:LONGEST_SLUG])["quiz"]
    return found
