"""At the door: the card of a visit, and the page where anybody checks who says they come from legal aid (B12)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from core.errors import NotFound
from portal.asking import ask
from portal.forms import Reading
from portal.visits import keep_nothing

pages = Blueprint("doorstep", __name__)
pages.after_request(keep_nothing)

LONGEST_CODE, LONGEST_LINK = 20, 40
Page = str | AnyResponse | tuple[str, int]


@pages.get("/visits/of/<link>/door")
def card(link: str) -> Page:
    """Show who comes, when, and the code both sides hold."""
    if len(link) > LONGEST_LINK:
        raise NotFound("door_card_unknown")
    return render_template("visits/door.html", card=ask("DoorCard", link=link)["doorCard"], link=link)


@pages.get("/door")
def enter() -> Page:
    """Ask for the code somebody at the door says."""
    typed = request.args.get("code", "")[:LONGEST_CODE]  # a code that was scanned leads here (FEATURES E19)
    return render_template("visits/door_check.html", problems=[], typed=typed, found=None, asked=False)


@pages.post("/door")
def check() -> Page:
    """Say who is expected by it. The answer to a wrong code gives nothing away."""
    reading = Reading(request.form)
    typed = reading.line("code", limit=LONGEST_CODE)
    problems = reading.problems
    found: dict[str, Any] | None = None
    if not problems:
        found = ask("CheckDoor", code=typed)["visitorsExpected"]
    page = render_template("visits/door_check.html", problems=problems, typed=typed, found=found, asked=not problems)
    return (page, 422) if problems else page
