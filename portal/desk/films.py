"""The library of films: bring one with its captions, see what there is, copy what to write (FEATURES D11)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.errors import Rejected
from mobile_api import films
from portal.asking import ask, viewer
from portal.forms import Reading

pages = Blueprint("desk_films", __name__, url_prefix="/desk/films")

LONGEST_TITLE = 100
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
    """Take a film in, with its captions."""
    form = Reading(request.form)
    title = form.line("title", limit=LONGEST_TITLE)
    problems = form.problems
    if not problems:
        try:
            films.receive(viewer(), request.files.get("file"), request.files.get("captions"), title)
        except Rejected as rejected:
            problems = [problem_data(one) for one in rejected.problems]
        else:
            return redirect(url_for(".show"), 303)
    return _show(title, problems), 422


def _show(title: str, problems: list[dict[str, Any]]) -> str:
    found = ask("LibraryFilms")["libraryFilms"]
    return render_template("desk/films.html", found=found, title=title, problems=problems)
