"""The library of forms: what each is for, empty to print, or with one's own name (FEATURES D27)."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from mobile_api import blanks
from portal.asking import ask, viewer

pages = Blueprint("library_forms", __name__)

LONGEST_CODE = 40
Page = str | AnyResponse


@pages.get("/forms")
def home() -> Page:
    """List the forms."""
    return render_template("blanks/list.html", found=ask("BlankForms")["blankForms"])


@pages.get("/forms/<code>")
def show(code: str) -> Page:
    """Show what a form is for and what it asks."""
    return render_template("blanks/show.html", form=ask("BlankForm", code=code[:LONGEST_CODE])["blankForm"])


@pages.post("/forms/<code>")
def prefill(code: str) -> Response:
    """Give the form with the name and number of whoever is signed in; nothing of it is kept."""
    return blanks.mine(viewer(), code)
