"""What machines read: a sitemap and an Atom feed (FEATURES D23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, render_template

from core import settings
from portal.asking import ask
from portal.learn.pages import pages

IN_FEED = 50
A_PAGE, MOST_PAGES = 100, 100  # of the sitemap: ten thousand addresses; the format takes fifty thousand
STANDING = ("/", "/learn", "/check", "/apply", "/stations", "/hotlines", "/help", "/accessibility", "/privacy")


@pages.get("/feed.xml")
def feed() -> Response:
    """Give the newest pages as Atom (RFC 4287)."""
    found = ask("LearnFeed", first=IN_FEED)["pages"]["nodes"]
    return _xml("learn/feed.xml", "application/atom+xml", rows=found)


@pages.get("/sitemap.xml")
def sitemap() -> Response:
    """Name every page that is for everybody."""
    shelves = [one for one in ask("PageShelves")["pageShelves"] if one["count"]]
    return _xml("learn/sitemap.xml", "application/xml", rows=list(_everything()), shelves=shelves, standing=STANDING)


def _everything() -> Iterator[dict[str, Any]]:
    after = None
    for _ in range(MOST_PAGES):
        found = ask("LearnFeed", first=A_PAGE, after=after)["pages"]
        yield from found["nodes"]
        if not found["pageInfo"]["hasNextPage"]:
            return
        after = found["pageInfo"]["endCursor"]


def _xml(template: str, mimetype: str, **said: Any) -> Response:
    body = render_template(template, home=settings.current().public_url, **said)
    return Response(body, content_type=f"{mimetype}; charset=utf-8")
