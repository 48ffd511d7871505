"""Lists: what there is for whom, and about what. Put together from tags (FEATURES D13)."""

from __future__ import annotations

from flask import abort, render_template, request

from portal.asking import ask
from portal.learn.pages import Page, pages

COUNTY_LEVEL, LONGEST_REGION = 3, 12
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


@pages.get("/learn/in")
def country() -> Page:
    """Let somebody say where they live, step by step."""
    return render_template("learn/region.html", region=None, path=[], below=ask("Provinces")["divisions"]["nodes"])


@pages.get("/learn/in/<string(maxlength=12):code>")
def region(code: str) -> Page:
    """Show what there is for a region: pages, events, and what stands under it."""
    here = ask("Region", code=code, after=None)
    found = ask("LearnRegion", region=code, after=request.args.get("after"))
    below = here["divisions"]["nodes"] if here["division"]["level"] < COUNTY_LEVEL else []
    path = here["division"]["path"]
    return render_template("learn/region.html", region=here["division"], path=path, below=below, **found)


def _shelf(code: str, *, is_group: bool) -> Page:
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    where = request.args.get("region", "")[:LONGEST_REGION] or None
    asked = {"group" if is_group else "topic": code, "kind": kind or None, "after": request.args.get("after")}
    here = ask("Region", code=where, after=None)["division"] if where else None
    found = ask("LearnShelf", **asked, region=where)
    shelf = next((one for one in found["pageShelves"] if (one["code"], one["isGroup"]) == (code, is_group)), None)
    if shelf is None:
        abort(404)
    return render_template("learn/shelf.html", shelf=shelf, kind=kind, place=here, **found)
