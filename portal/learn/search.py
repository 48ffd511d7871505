"""One box that finds pages, services and places; what it does not find, it counts for the editors (FEATURES D08)."""

from __future__ import annotations

from flask import render_template, request

from portal.asking import ask
from portal.environment import is_staff
from portal.filters import fresh_key
from portal.learn.pages import Page, pages

LONGEST = 60


@pages.get("/learn/search")
def search() -> Page:
    """Show what was found, and what was understood."""
    words = request.args.get("q", "").strip()[:LONGEST]
    found = ask("LearnSearch", words=words)["search"] if words else None
    if found and not any(found[name] for name in ("hits", "services", "stations", "divisions")) and not is_staff():
        ask("NoteSearchMiss", words=words, idempotencyKey=fresh_key())
    return render_template("learn/search.html", words=words, found=found, shelves=ask("PageShelves")["pageShelves"])
