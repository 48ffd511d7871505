"""The public list of an office's services (FEATURES D24)."""

from __future__ import annotations

from flask import render_template

from portal.asking import ask
from portal.learn.pages import Page, pages

LONGEST_CODE = 20


@pages.get("/services/<code>")
def services(code: str) -> Page:
    """Show the seven fields; what an office has not published is said to be so."""
    return render_template("learn/services.html", found=ask("ServiceList", station=code[:LONGEST_CODE])["serviceList"])
