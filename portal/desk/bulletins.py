"""Notices of a time: put up, taken down (FEATURES D25)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Conflict
from portal.asking import ask, viewer
from portal.desk.content_forms import moment, tied
from portal.forms import Reading, problem

pages = Blueprint("desk_bulletins", __name__, url_prefix="/desk/content/bulletins")

KINDS = {"EMERGENCY": "突发事件", "MAINTENANCE": "系统维护", "SERVICE": "服务调整"}
CHANNELS = {"PORTAL": "网站", "MINIPROGRAM": "小程序"}
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List them, with the form for a new one."""
    return _show([])


@pages.post("")
def put_up() -> Page:
    """Put one up."""
    reading = Reading(request.form)
    given = {
        "kind": reading.choice("kind", KINDS),
        "region": reading.line("region", limit=12),
        "channels": reading.choices("channels", CHANNELS),
        "title": reading.line("title", limit=60),
        "words": reading.text("words", limit=300),
        "startsAt": moment(reading, "starts"),
        "endsAt": moment(reading, "ends"),
    }
    problems = reading.problems
    if not problems:
        made = ask("PutUpBulletin", input=given, idempotencyKey=_key())["putUpBulletin"]
        problems = tied(made["problems"])
    if problems:
        return _show(problems), 422
    return redirect(url_for(".show", done="up"), 303)


@pages.post("/<which>/down")
def take_down(which: str) -> Page:
    """Take one down before its time."""
    try:
        ask("TakeDownBulletin", input={"id": which}, idempotencyKey=_key())
    except Conflict as late:
        return _show([problem(late.code, None)]), 409
    return redirect(url_for(".show", done="down"), 303)


def _show(problems: list[dict[str, Any]]) -> str:
    answer = ask("DeskBulletins")
    options = {
        "kinds": [{"value": code, "label": label} for code, label in KINDS.items()],
        "channels": [{"value": code, "label": label} for code, label in CHANNELS.items()],
        "regions": [{"value": one["code"], "label": one["label"]} for one in answer["contentForm"]["regions"]],
    }
    return render_template(
        "desk/content/bulletins.html",
        rows=answer["deskBulletins"],
        options=options,
        problems=problems,
        typed=request.form,
        chosen=request.form.getlist("channels") if problems else list(CHANNELS),
        may_put_up="content:publish" in viewer().actor.permissions,
        done=request.args.get("done", ""),
    )


def _key() -> str:
    return request.form.get("idempotency_key", "")
