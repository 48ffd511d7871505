"""Lists: what there is for whom, and about what. Put together from tags (FEATURES D13)."""

from __future__ import annotations

from flask import abort, render_template, request

from portal.asking import ask
from portal.learn.pages import Page, pages

KINDS = {"ARTICLE", "GUIDE", "FAQ", "CASE", "LAW_CARD", "VIDEO", "LEAFLET", "NOTICE", "EVENT", "FORM", "QUIZ"}


@pages.get("/learn")
def home() -> Page:
    """Show groups, topics and what is new."""
    return render_template("learn/home.html", **ask("LearnHome"))


@pages.get("/learn/for/<code>")
def group(code: str) -> Page:
    """Show what there is for a group of people."""
    return _shelf(code, is_group=True)


@pages.get("/learn/about/<code>")
def topic(code: str) -> Page:
    """Show what there is about a topic."""
    return _shelf(code, is_group=False)


def _shelf(code: str, *, is_group: bool) -> Page:
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    asked = {"group" if is_group else "topic": code, "kind": kind or None, "after": request.args.get("after")}
    found = ask("LearnShelf", **asked)
    shelf = next((one for one in found["pageShelves"] if (one["code"], one["isGroup"]) == (code, is_group)), None)
    if shelf is None:
        abort(404)
    return render_template("learn/shelf.html", shelf=shelf, kind=kind, **found)
