"""Every component on one page, for whoever writes pages. Not in production."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from core import settings
from portal.forms import Reading, problem

pages = Blueprint("styleguide", __name__)

A_MOMENT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def hidden() -> bool:
    """Say whether this place shows it."""
    return settings.current().mode == "production"


@pages.get("/styleguide")
def show() -> str:
    """Show all components."""
    return render_template("styleguide.html", problems=[], typed=MultiDict(), at=A_MOMENT, born=None)


@pages.post("/styleguide")
def send() -> tuple[str, int]:
    """Show all components with what can be wrong in them."""
    reading = Reading(request.form)
    problems = [problem("nothing_chosen", name) for name in FIELDS if not reading.form.get(name)]
    values = {"typed": request.form, "at": A_MOMENT, "born": reading.typed_day("born_on")}
    return render_template("styleguide.html", problems=problems, **values), 422


FIELDS = ("name", "story", "kind", "needs", "region", "born_on", "photo", "agreed", "signature_typed")
