"""When places will be full with a shift that helps, and whether work is shared fairly (FEATURES B21, B30)."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request

from core.calendar import china_day
from portal.asking import ask, viewer

pages = Blueprint("desk_forecast", __name__, url_prefix="/desk/forecast")

FIRST_YEAR = 2020


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> str:
    """List what is ordered, the soonest full first."""
    return render_template("desk/forecast.html", found=ask("Forecasts")["forecasts"])


@pages.get("/fairness")
def fairness() -> str:
    """Show how the work of a month was shared."""
    month = _month()
    before = date(month.year - (month.month == 1), month.month - 1 or 12, 1)
    found = ask("Fairness", month=month)["fairness"]
    return render_template("desk/fairness.html", found=found, before=before)


def _month() -> date:
    """Give the month somebody turned to; this one where it is none."""
    this = china_day(viewer().now).replace(day=1)
    try:
        asked = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return this
    return asked if asked.year >= FIRST_YEAR and asked <= this else this
