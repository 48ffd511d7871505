"""Telephone lines people may turn to, by group (FEATURES C13)."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from portal.asking import ask

pages = Blueprint("hotlines", __name__)


@pages.get("/hotlines")
def show() -> str:
    """List the lines, those for danger first; or those of one group."""
    found = ask("Hotlines")["hotlines"]
    group = request.args.get("for", "")
    group = group if group in found["groups"] else ""
    lines = [one for one in found["lines"] if not group or group in one["groups"]]
    return render_template("hotlines.html", found=found, group=group, lines=lines)
