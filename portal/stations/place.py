"""The page of one place: when it is open, what it can do, who is there, how to get there."""

from __future__ import annotations

from flask import g, render_template

from core.errors import NotFound
from portal.asking import ask
from portal.stations.pages import Page, pages

LONGEST_CODE = 20


@pages.get("/at/<code>")
def place(code: str) -> Page:
    """Show a place."""
    if len(code) > LONGEST_CODE:
        raise NotFound("station_unknown")
    answer = ask("StationPage", code=code)
    g.notice_region = answer["station"]["divisionCode"]
    return render_template("stations/at.html", **answer)
