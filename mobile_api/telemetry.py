"""What is written down and counted about each request: a number, the route, the status, how long (TRUST O8)."""

from __future__ import annotations

import secrets

import structlog
from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram

from core import logs
from core.db import monotonic

log = logs.get("access")
QUIET = {"/healthz", "/readyz", "/metrics"}


class Meters:
    """The counters of one application."""

    def __init__(self) -> None:
        """Start from nothing, in a registry of their own."""
        self.registry = CollectorRegistry()
        self.answers = Counter(
            "rufa_answers", "Answers by route and status", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram("rufa_seconds", "Seconds to answer", ["route"], registry=self.registry)


def install(app: Flask) -> None:
    """Have every request of this application numbered, measured and logged."""
    app.extensions["meters"] = Meters()
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(end)


def begin() -> None:
    """Give the request a number that whoever asks can quote; the log knows it by the same."""
    g.request_number = secrets.token_hex(6)
    g.began = monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_number)


def end(response: Response) -> Response:
    """Write one line, without path, query or address: they may hold a private word."""
    route = request.url_rule.rule if request.url_rule else "(none)"
    seconds = monotonic() - g.get("began", monotonic())
    response.headers["X-Request-Id"] = g.get("request_number", "")
    meters = meters_in_use()
    meters.answers.labels(route, response.status_code).inc()
    meters.seconds.labels(route).observe(seconds)
    if route not in QUIET:
        level = "error" if response.status_code >= 500 else "info"  # noqa: PLR2004  # ours to mend
        getattr(log, level)(
            "request.answered",
            route=route,
            method=request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "other",
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
    return response


def meters_in_use() -> Meters:
    """Give the counters of the application that answers."""
    meters: Meters = current_app.extensions["meters"]
    return meters
