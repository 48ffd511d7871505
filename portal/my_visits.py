"""One's own appointments (我的预约)."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from portal.asking import ask
from portal.environment import is_staff

pages = Blueprint("my_visits", __name__, url_prefix="/me/visits")

A_PAGE = 20


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def mine() -> str:
    """List one's appointments."""
    if is_staff():
        return render_template("desk/elsewhere.html", what="查看自己的预约")
    found = ask("MyVisits", first=A_PAGE, after=request.args.get("after"))["myAppointments"]
    return render_template("visits/mine.html", found=found)
