"""What every answer says to the browser, and which names we answer to (TRUST W1, W5, P2)."""

from __future__ import annotations

from flask import Flask, Response, abort, g, request

from core import settings

CONTENT_SECURITY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
)
TILES = "https://t0.tianditu.gov.cn"  # pictures of maps: on pages of places, where a key is set, and nowhere else
WITH_TILES = "; ".join(f"{one} {TILES}" if one.startswith("img-src") else one for one in CONTENT_SECURITY)
PERMISSIONS = (
    "camera=()",
    "microphone=()",
    "payment=()",
    "usb=()",
    "browsing-topics=()",
    "geolocation=(self)",  # asked for by a button on the page of stations, never by itself
)
ALWAYS = {
    "Content-Security-Policy": "; ".join(CONTENT_SECURITY),
    "Permissions-Policy": ", ".join(PERMISSIONS),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PROBES = ("/healthz", "/readyz")  # asked by address, not by name
PERSONAL = (
    "/apply",
    "/check",
    "/me",
    "/account",
    "/volunteer",
    "/desk",
    "/expert",
    "/visits",
    "/home-visits",
    "/queue",
    "/write",
    "/circuit",
    "/signups",
    "/verify",
    "/door",
    "/corrections",
    "/sign-in",
)


def install(app: Flask) -> None:
    """Judge the Host of every request; put the headers on every answer."""
    app.before_request(judge_host)
    app.after_request(finish)


def judge_host() -> None:
    """Refuse a name that is not ours; it is never written anywhere (TRUST W5)."""
    name = request.environ.get("HTTP_HOST", "").lower()
    bare = name.rsplit(":", 1)[0] if name.rsplit(":", 1)[-1].isdigit() else name
    if bare.strip("[]") not in settings.current().allowed_hosts and request.path not in PROBES:
        abort(400)


def finish(response: Response) -> Response:
    """Put the headers on an answer, where the page has not said otherwise."""
    if request.blueprint == "stations" and settings.current().tianditu_key:
        response.headers.setdefault("Content-Security-Policy", WITH_TILES)
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store" if is_personal() else "private, no-cache")
    return response


def is_personal() -> bool:
    """Say whether an answer may hold something about a person: then nothing keeps it."""
    signed_in = "viewer" in g and g.viewer.actor.id is not None
    return signed_in or request.method not in ("GET", "HEAD") or request.path.startswith(PERSONAL)
