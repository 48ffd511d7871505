"""Forms come from our own pages: where a request says it comes from, and a token in each form (TRUST W2)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFProtect

from core.errors import Forbidden

SAFE = {"GET", "HEAD", "OPTIONS"}
MACHINES = ("/graphql", "/m/", "/api/")  # faces without forms; they judge origins and tokens themselves


def install(app: Flask) -> None:
    """Look at every request that may change something."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # judged below, not on machine paths
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form may lie open all day (WCAG 2.2.6)
        WTF_CSRF_SSL_STRICT=False,  # Origin and Fetch-Metadata say it better than Referer
    )
    if "csrf" not in app.extensions:
        CSRFProtect(app)
    app.before_request(judge)


def is_machine(path: str) -> bool:
    """Say whether a path belongs to a face for machines."""
    return path.startswith(MACHINES)


def judge() -> None:
    """Refuse a change that another site asks for, or that no form of ours asked for."""
    if request.method in SAFE or is_machine(request.path) or request.routing_exception:
        return
    if not comes_from_here():
        raise Forbidden("foreign_request")
    current_app.extensions["csrf"].protect()


def comes_from_here() -> bool:
    """Say whether the browser says that our own page asks."""
    site = request.headers.get("Sec-Fetch-Site")
    if site and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
