"""The library of pictures: bring one, see what there is, copy what to write (FEATURES D26)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.errors import Rejected
from mobile_api import media
from portal.asking import ask, viewer
from portal.forms import Reading

pages = Blueprint("desk_pictures", __name__, url_prefix="/desk/pictures")

A_PAGE = 24
LONGEST_ALT = 100
FOCUSES = {
    "cm": "中间",
    "lt": "左上",
    "ct": "上面",
    "rt": "右上",
    "lm": "左边",
    "rm": "右边",
    "lb": "左下",
    "cb": "下面",
    "rb": "右下",
}
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """Show what there is, and ask for another."""
    return _show("", [])


@pages.post("")
def take() -> Page:
    """Take a picture in."""
    form = Reading(request.form)
    alt = form.line("alt", limit=LONGEST_ALT)
    problems = form.problems
    if not problems:
        try:
            media.receive(viewer(), request.files.get("file"), alt)
        except Rejected as rejected:
            problems = [problem_data(one) for one in rejected.problems]
        else:
            return redirect(url_for(".show"), 303)
    return _show(alt, problems), 422


@pages.post("/<picture>/focus")
def point(picture: str) -> Page:
    """Say what matters in a picture."""
    try:
        media.refocus(viewer(), picture, request.form.get("focus", ""))
    except Rejected as rejected:
        return _show("", [problem_data(one) for one in rejected.problems]), 422
    return redirect(url_for(".show"), 303)


def _show(alt: str, problems: list[dict[str, Any]]) -> str:
    found = ask("LibraryPictures", first=A_PAGE, after=request.args.get("after"))["libraryPictures"]
    focuses = [{"value": code, "label": label} for code, label in FOCUSES.items()]
    return render_template("desk/pictures.html", found=found, alt=alt, problems=problems, focuses=focuses)
