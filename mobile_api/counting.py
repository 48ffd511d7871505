"""Counts of searches are written once a minute, by whoever is answered then: nobody waits for another's count (C19)."""

from __future__ import annotations

from flask import Flask, Response

from core import logs
from core.db import keep
from core.errors import Refusal
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
