"""What pages reach and what nobody found; the board of what offices owe, and paper handed out (FEATURES D16 to D18)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Malformed
from portal.asking import ask, viewer
from portal.filters import CHINA
from portal.forms import Reading

pages = Blueprint("desk_reach", __name__, url_prefix="/desk/content")

LONGEST_PLACE, LONGEST_SLUG, LONGEST_REGION = 80, 80, 12
SHEETS = {"LEAFLET": "宣传单", "FORM": "文书"}
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/reach")
def reach() -> Page:
    """Show what is read, what leads on, and what is missing."""
    answer = ask("ContentReach")
    return render_template("desk/content/reach.html", found=answer["contentReach"], misses=answer["searchMisses"])


@pages.get("/board")
def board() -> Page:
    """Show the board of a quarter."""
    return _board({}, [])


@pages.post("/board")
def note() -> Page:
    """Note what was handed out."""
    reading = Reading(request.form)
    given = {
        "kind": reading.choice("kind", SHEETS) or "LEAFLET",
        "slug": _slug(reading.line("slug", limit=200)),
        "region": reading.line("region", limit=LONGEST_REGION),
        "copies": reading.figure("copies"),
        "on": reading.day("on"),
        "place": reading.line("place", limit=LONGEST_PLACE),
    }
    problems = reading.problems
    if not problems:
        key = request.form.get("idempotency_key", "")
        problems = ask("NoteHandedOut", input=given, idempotencyKey=key)["noteHandedOut"]["problems"]
    if problems:
        return _board(request.form, problems, reading.typed_day("on")), 422
    return redirect(url_for(".board", done="noted"), 303)


def _slug(typed: str) -> str:
    """Read a name as people copy it: alone, or with the address it stands in."""
    return typed.rstrip("/").rpartition("/")[2].partition("?")[0][:LONGEST_SLUG]


def _board(typed: Any, problems: list[dict[str, Any]], day: Any = None) -> str:
    on = _quarter(request.args.get("on"))
    answer = ask("QuotaBoard", on=on)
    found = answer["quotaBoard"]
    return render_template(
        "desk/content/board.html",
        found=found,
        handed=answer["handedOut"],
        regions=[{"value": one["code"], "label": one["label"]} for one in answer["contentForm"]["regions"]],
        sheets=[{"value": code, "label": label} for code, label in SHEETS.items()],
        before=found["firstOn"] - timedelta(days=1),
        after=found["lastOn"] + timedelta(days=1),
        typed=typed,
        day=day,
        problems=problems,
        done=request.args.get("done"),
    )


def _quarter(typed: str | None) -> date:
    try:
        return date.fromisoformat(typed) if typed else viewer().now.astimezone(CHINA).date()
    except ValueError:
        raise Malformed("month_unknown") from None
