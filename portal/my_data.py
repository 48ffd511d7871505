"""What is held about oneself: taken away, taken back, closed (FEATURES G08, PIPL 44 to 47)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mobile_api import takeout
from portal.asking import ask, viewer
from portal.environment import is_staff

pages = Blueprint("my_data", __name__, url_prefix="/account/data")

Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """Say what there is and what can be done with it."""
    if is_staff():
        return render_template("desk/elsewhere.html", what="查看自己的信息")
    return _shown([])


@pages.post("/takeout")
def take_out() -> Response:
    """Give everything, in one file."""
    return takeout.give(viewer())


@pages.post("/consents/withdraw")
def withdraw() -> Page:
    """Take a consent back."""
    ask("WithdrawConsent", input={"purpose": request.form.get("purpose", "")}, idempotencyKey=_key())
    return redirect(url_for(".show", done="withdrawn"), 303)


@pages.get("/close")
def leave() -> Page:
    """Say what closing means, before it is done."""
    return render_template("account/close.html", data=ask("MyData")["myData"], problems=[])


@pages.post("/close")
def close() -> Page:
    """Have the account closed in a week."""
    answer = ask("CloseAccount", idempotencyKey=_key())["closeAccount"]
    if answer["problems"]:
        return render_template("account/close.html", data=ask("MyData")["myData"], problems=answer["problems"]), 422
    return redirect(url_for(".show"), 303)


@pages.post("/keep")
def keep() -> Page:
    """Keep the account after all."""
    ask("KeepAccount", idempotencyKey=_key())
    return redirect(url_for(".show", done="kept"), 303)


def _shown(problems: list[dict[str, Any]]) -> str:
    done = request.args.get("done", "")
    return render_template("account/data.html", data=ask("MyData")["myData"], problems=problems, done=done)


def _key() -> str:
    return request.form.get("idempotency_key", "")
