"""Without a network there is still a page: who helps, and how to go on (FEATURES E18). Nothing about a person is kept.

A service worker keeps that page and what it looks like, and shows it where a page cannot be fetched. Everything works
without one.
"""

from __future__ import annotations

import json

from flask import Blueprint, Response, render_template, url_for

from portal.assets import SOURCE, address

pages = Blueprint("offline", __name__)

KEPT = ("css/site.css", "img/icon.svg", "img/icon-32.png")


@pages.get("/offline")
def show() -> str:
    """Show what can be done without a network."""
    return render_template("offline.html")


@pages.get("/worker.js")
def worker() -> Response:
    """Give the service worker, with the names of what it keeps: a new look is a new worker."""
    kept = [url_for(".show"), *(address(one) for one in KEPT)]
    text = f"const KEPT = {json.dumps(kept)};\n" + (SOURCE / "worker.js").read_text(encoding="utf-8")
    answer = Response(text, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
