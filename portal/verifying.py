"""Is this paper ours? For whoever holds one: a court, a notary, an office, a neighbour (FEATURES A18, A28)."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from portal.asking import ask
from portal.forms import problem

pages = Blueprint("verifying", __name__, url_prefix="/verify")

Page = str | tuple[str, int]
LONGEST_CODE, LONGEST_NAME = 200, 60  # an address that was scanned may be pasted whole


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def enter() -> Page:
    """Ask for the code."""
    return _form([])


@pages.post("")
def check() -> Page:
    """Check a code that was typed, and the name on the paper where somebody typed that too."""
    code, name = request.form.get("code", "").strip(), request.form.get("name", "").strip()
    if not code:
        return _form([problem("paper_code_missing", "code")], name), 422
    return _answer(code, name)


@pages.get("/<code>")
def scanned(code: str) -> Page:
    """Check what a telephone read off the paper."""
    return _answer(code, "")


def _answer(code: str, name: str) -> str:
    code, name = code[:LONGEST_CODE], name[:LONGEST_NAME]
    found = ask("VerifyPaper", code=code, name=name)["verifyPaper"]
    return render_template("verifying/answer.html", found=found, code=code, name=name)


def _form(problems: list[dict[str, str]], name: str = "") -> str:
    return render_template("verifying/enter.html", problems=problems, name=name)
