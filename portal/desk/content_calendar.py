"""The calendar of pages: a month as a table, what offices owe, and a feed for calendars (FEATURES D06)."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request, url_for

from core import settings
from core.errors import Malformed
from portal.asking import ask, viewer
from portal.filters import CHINA

pages = Blueprint("desk_calendar", __name__, url_prefix="/desk/content/calendar")


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> str:
    """Show a month, week by week."""
    month = _month(request.args.get("month"))
    answer = ask("ContentCalendar", month=month)
    found = answer["contentCalendar"]
    days: dict[date, list[object]] = {}
    for entry in found["entries"]:
        days.setdefault(entry["on"], []).append(entry)
    return render_template(
        "desk/content/calendar.html",
        found=found,
        feed=settings.current().public_url + url_for(".feed", key=answer["contentFeedKey"]),
        days=days,
        today=viewer().now.astimezone(CHINA).date(),
        before=(found["firstOn"] - timedelta(days=1)).strftime("%Y-%m"),
        after=(found["lastOn"] + timedelta(days=1)).strftime("%Y-%m"),
        behind=[one for one in found["offices"] if one["isBehind"]],
    )


@pages.get("/<key>.ics")
def feed(key: str) -> Response:
    """Give the calendar to a program that has the address; nobody needs to be signed in."""
    address = settings.current().public_url + url_for("desk_writing.show")
    written = ask("ContentFeed", key=key, address=address)["contentFeed"]
    answer = Response(written, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="content.ics"'
    return answer


def _month(typed: str | None) -> date:
    if not typed:
        return viewer().now.astimezone(CHINA).date()
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        raise Malformed("month_unknown") from None
