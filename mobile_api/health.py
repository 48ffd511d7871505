"""Is it alive, is it ready, how is it: for whoever runs the house (TRUST O1, O8)."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, current_app, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from core import logs, readonly, schema, serving, settings
from core.db import reading, session
from core.errors import Unavailable
from core.outbox import Errand

pages = Blueprint("health", __name__)
log = logs.get("health")


@pages.get("/healthz")
def alive() -> Response:
    """Say that the process answers. No database: a frozen one is no reason to be restarted."""
    return _plain("ok\n")


@pages.get("/readyz")
def ready() -> tuple[Response, int]:
    """Say whether people may be sent here: not draining, the database answers and has our tables.

    Whether it takes writes is said beside that: whoever only reads is still served.
    """
    found = {"draining": serving.is_draining(), "database": "away", "tables": "unknown"}
    if not found["draining"]:
        try:
            with reading():
                found["tables"] = "current" if schema.revision() == schema.head() else "other revision"
            found["database"] = "answers"
        except (Unavailable, SQLAlchemyError):
            log.warning("readiness.database_away")
    fit = found == {"draining": False, "database": "answers", "tables": "current"}
    answer = jsonify({**found, "writes": "refused" if readonly.is_on() else "taken"})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if fit else 503


@pages.get("/metrics")
def metrics() -> Response:
    """Give figures to whoever holds the token; to everybody else there is nothing here."""
    token = settings.current().metrics_token
    if not token or not hmac.compare_digest(
        request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
    ):
        abort(404)
    registry = current_app.extensions["meters"].registry
    answer = Response(generate_latest(registry) + generate_latest(_Queue()), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class _Queue(Collector):
    """How many errands wait, for how long, and how many were given up."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Count in the database; say nothing rather than fail."""
        try:
            with reading():
                waiting, oldest, lost = self._count()
        except (Unavailable, SQLAlchemyError):
            yield GaugeMetricFamily("rufa_database_up", "Whether the database answers", value=0)
            return
        yield GaugeMetricFamily("rufa_database_up", "Whether the database answers", value=1)
        yield GaugeMetricFamily("rufa_errands_waiting", "Errands that are due", value=waiting)
        yield GaugeMetricFamily("rufa_errands_oldest_seconds", "How long the oldest waits", value=oldest)
        yield GaugeMetricFamily("rufa_errands_given_up", "Errands nobody could do", value=lost)

    @staticmethod
    def _count() -> tuple[int, float, int]:
        now = datetime.now(UTC)
        due = (Errand.done_at.is_(None), Errand.given_up_at.is_(None), Errand.due_at <= now)
        waiting, oldest = session().execute(select(func.count(), func.min(Errand.due_at)).where(*due)).one()
        lost = session().scalar(select(func.count()).where(Errand.given_up_at.is_not(None)))
        return waiting, (now - oldest).total_seconds() if oldest else 0.0, lost or 0


def _plain(text: str) -> Response:
    answer = Response(text, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
