"""The blueprint of these pages, and what lets a browser keep them: they move on when what is written does."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, g, request, session
from werkzeug.wrappers import Response as AnyResponse

from portal import assets, preferences
from portal.asking import ask
from portal.environment import is_signed_in

pages = Blueprint("learn", __name__)

Page = str | AnyResponse | tuple[str, int]
TOKEN = "csrf_token"  # noqa: S105  # a name; the forms of a kept page hold the token of its session


@pages.before_request
def unchanged() -> Response | None:
    """Answer that nothing has changed, having asked for the version alone: no page is looked at."""
    if request.method not in ("GET", "HEAD") or is_signed_in():
        return None
    g.content_version = ask("ContentVersion")["contentVersion"]
    tag = _tag()
    if tag is not None and request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
        answer.set_etag(tag, weak=True)
        return answer
    return None


@pages.after_request
def named(response: Response) -> Response:
    """Name what is in a page, so that it need not be sent again. Feeds and files name themselves."""
    tag = _tag() if "content_version" in g else None
    if response.status_code == 200 and tag is not None and "ETag" not in response.headers:  # noqa: PLR2004
        response.set_etag(tag, weak=response.mimetype == "text/html")
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _tag() -> str | None:
    """Name a page by what it is made of. Weak: the token in its forms is written anew each time."""
    if TOKEN not in session and _has_forms():
        return None
    parts = (
        g.content_version,
        request.full_path,
        preferences.chosen().written(),
        session.get(TOKEN, ""),
        assets.address("css/site.css"),
        assets.address("js/site.js"),
    )
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def _has_forms() -> bool:
    return not request.path.endswith(".xml")
