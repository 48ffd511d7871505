"""Counts of searches are written once a minute, by whoever is answered then: nobody waits for another's count (C19).

What is asked for too often is counted here too, where it is only read otherwise.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response, request

from accounts import throttle
from core import logs, readonly
from core.db import keep
from core.errors import Refusal, Unavailable
from locator import searches

log = logs.get("searches")


def install(app: Flask) -> None:
    """Have what was counted written now and then."""
    app.after_request(write_when_due)


def write_when_due(response: Response) -> Response:
    """Write what waits; where the database does not answer, these counts are lost, and the answer is not."""
    if searches.tally.is_due:
        counts = searches.tally.take()
        try:
            keep(lambda: searches.write(counts))
        except Refusal:
            log.warning("searches.lost", count=len(counts))
    return response


def count(name: str, *, now: datetime) -> None:
    """Count one hit of an address. What is only read is not held up while nothing may be written."""
    try:
        keep(lambda: throttle.count_address(name, request.remote_addr or "", now=now))
    except Unavailable as refused:
        if refused.code != readonly.CODE:
            raise
