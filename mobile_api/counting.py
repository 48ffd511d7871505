"""Counts are written once a minute, by whoever is answered then: nobody waits for another's count (C19, D18).

What is asked for too often is counted here too, where it is only read otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from accounts import throttle
from content.reach import tally as reach
from content.reach.tally import Done
from core import logs, readonly
from core.db import keep
from core.errors import Refusal, Unavailable
from locator import searches

log = logs.get("searches")

PAGE, PAPER = "learn.show", "prints.fetch"
ANSWERED = (200, 304)
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")  # a browser that fetches before anybody has asked


def install(app: Flask) -> None:
    """Have what was counted written now and then."""
    app.after_request(write_when_due)
    app.after_request(note_page)


def note_page(response: Response) -> Response:
    """Count that a page was read, printed, or led on: never who did it. Programs and staff are left out."""
    is_read = request.method == "GET" and response.status_code in ANSWERED
    if is_read and not _is_staff() and not reach.is_program(request.headers.get("User-Agent", "")):
        now, named = datetime.now(UTC), (request.view_args or {}).get("slug", "")
        if any("prefetch" in request.headers.get(name, "") for name in AHEAD):
            return response
        if request.endpoint in (PAGE, PAPER):
            reach.tally.note(named, Done.READ if request.endpoint == PAGE else Done.PAPER, now=now)
        elif (slug := reach.came_from(_referrer(), request.path)) is not None:
            reach.tally.note(slug, Done.WENT_ON, now=now)
    return response


def _is_staff() -> bool:
    return "viewer" in g and g.viewer.actor.kind == "staff"


def _referrer() -> str:
    """Give the path of ours somebody came from."""
    parts = urlsplit(request.headers.get("Referer", ""))
    return parts.path if parts.netloc == request.host else ""


def write_when_due(response: Response) -> Response:
    """Write what waits; where the database does not answer, these counts are lost, and the answer is not."""
    if searches.tally.is_due:
        _write("searches.lost", searches.tally.take(), searches.write)
    if reach.tally.is_due:
        _write("reach.lost", reach.tally.take(), reach.write)
    return response


def _write(lost: str, counts: Any, write: Callable[[Any], None]) -> None:
    try:
        keep(lambda: write(counts))
    except Refusal:
        log.warning(lost, count=len(counts))


def count(name: str, *, now: datetime) -> None:
    """Count one hit of an address. What is only read is not held up while nothing may be written."""
    try:
        keep(lambda: throttle.count_address(name, request.remote_addr or "", now=now))
    except Unavailable as refused:
        if refused.code != readonly.CODE:
            raise
