"""How staff sign in: user name, password, authenticator app."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.errors import Problem, TooMany
from core.identity import ActorKind
from portal import session as signed
from portal.asking import ask, viewer
from portal.forms import Reading

pages = Blueprint("desk_sign_in", __name__)

HOME = "/desk"
TEMPLATE = "desk/sign_in.html"
LONGEST_PASSWORD = 200
Page = str | AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/desk/sign-in")
def show() -> Page:
    """Ask for all three."""
    if viewer().actor.kind is ActorKind.STAFF:
        return redirect(HOME, 303)
    return render_template(TEMPLATE, problems=[], username="")


@pages.post("/desk/sign-in")
def sign_in() -> Page:
    """Sign in, and go back to where the person was."""
    form = Reading(request.form)
    username = form.line("username", limit=40)
    given = {
        "username": username,
        "password": request.form.get("password", "")[: LONGEST_PASSWORD + 1],
        "totp": form.line("totp", limit=20),
    }
    key = request.form.get("idempotency_key", "")
    try:
        answer = ask("StaffSignIn", input=given, idempotencyKey=key)["staffSignIn"]
    except TooMany as refusal:
        problem = problem_data(Problem(refusal.code, "username", refusal.params))
        headers = {"Retry-After": str(refusal.retry_after)}
        return render_template(TEMPLATE, problems=[problem], username=username), refusal.status, headers
    if answer["problems"]:
        return render_template(TEMPLATE, problems=answer["problems"], username=username), 422
    back = signed.begin(answer["session"])
    return redirect(back if back and back.startswith(HOME) else HOME, 303)
