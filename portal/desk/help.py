"""Calls for help without a voice: who waits longest, and answering in text (FEATURES E14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("desk_help", __name__, url_prefix="/desk/help")

Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List the open calls."""
    return render_template("desk/help.html", found=ask("DeskHelp")["helpWaiting"])


@pages.get("/<call>")
def one(call: str) -> Page:
    """Show one."""
    return _one(call, [])


@pages.post("/<call>")
def answer(call: str) -> Page:
    """Answer it."""
    words = Reading(request.form).text("words", limit=500)
    done = ask("AnswerHelp", input={"call": call, "words": words}, idempotencyKey=_key())["answerHelp"]
    if done["problems"]:
        return _one(call, done["problems"]), 422
    return redirect(url_for(".one", call=call), 303)


@pages.post("/<call>/close")
def close(call: str) -> Page:
    """Say that it is over."""
    ask("CloseHelp", input={"call": call}, idempotencyKey=_key())
    return redirect(url_for(".show"), 303)


def _one(call: str, problems: Sequence[dict[str, Any]]) -> str:
    found = ask("DeskHelpCall", id=call)["helpCall"]
    return render_template("desk/help_call.html", found=found, problems=problems, typed=request.form.get("words", ""))


def _key() -> str:
    return request.form.get("idempotency_key", "")
