"""Who looks at a page: two cookies no script can read, renewed without anybody noticing (TRUST N9, N10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request
from flask import session as notes

from api import tokens
from api.viewer import Viewer
from core import readonly, settings
from core.errors import NotSignedIn, Unavailable
from core.identity import ANYONE, Actor
from portal.csrf import comes_from_here, is_machine
from portal.failures import RETURN_TO

ACCESS = "__Host-access"
REFRESH = "__Host-refresh"
PLAIN = "rufa-access"
WITHOUT_PEOPLE = (
    "/static/",
    "/photos/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/manifest.webmanifest",
    "/worker.js",
    "/robots.txt",
    "/.well-known/",
)
FILES = "/m/v1/"  # opened from our pages too: photographs, letters; apps bring a bearer token instead
STANDING = ("home", "offline", "preferences", "styleguide")  # pages that live on while the database is away (R7)
SYSTEMS = (
    ("MicroMessenger", "微信"),
    ("HarmonyOS", "鸿蒙设备"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "安卓设备"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
BROWSERS = (
    ("MicroMessenger", ""),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def install(app: Flask) -> None:
    """Recognise whoever looks before each page; hand out cookies after it."""
    app.before_request(recognise)
    app.after_request(hand_out)


def recognise() -> None:
    """Put the viewer of the request on `g`."""
    path = request.path
    if (is_machine(path) and not path.startswith(FILES)) or path.startswith(WITHOUT_PEOPLE):
        return
    now = datetime.now(UTC)
    actor, sign_in = _whoever(now)
    g.viewer = Viewer(actor, now, request.remote_addr or "", "portal", sign_in, label(request.user_agent.string))


def _whoever(now: datetime) -> tuple[Actor, str | None]:
    access, refresh = request.cookies.get(ACCESS) or _from_a_tool(), request.cookies.get(REFRESH)
    if not access and not refresh:
        return ANYONE, None
    try:
        return _by_access(access, now) or _by_refresh(refresh, now) or _nobody_any_more()
    except Unavailable as away:  # signed in as before once it writes again: the cookies stay
        if request.blueprint in STANDING or away.code == readonly.CODE:
            return ANYONE, None
        raise


def _from_a_tool() -> str | None:
    """Read a cookie without the prefix, in demo mode on this machine: tools over plain http can set no other."""
    is_here = request.remote_addr in ("127.0.0.1", "::1") and settings.current().mode == "demo"
    return request.cookies.get(PLAIN) if is_here else None


def _by_access(token: str | None, now: datetime) -> tuple[Actor, str] | None:
    try:
        return tokens.holder(token, now=now) if token else None
    except NotSignedIn:
        return None


def _by_refresh(token: str | None, now: datetime) -> tuple[Actor, str] | None:
    if not token or not comes_from_here():
        return None
    renewed = tokens.renewed(token, now=now)
    if renewed is None:
        return None
    actor, sign_in, pair = renewed
    if pair is not None:
        g.handed_out = (pair.access_token, pair.refresh_token, _life(pair.is_remembered, pair.refresh_expires_at, now))
    return actor, sign_in


def _nobody_any_more() -> tuple[Actor, None]:
    if comes_from_here():
        g.forgotten = True
    return ANYONE, None


def begin(given: Mapping[str, Any]) -> str | None:
    """Start a fresh session with the tokens of a sign-in (N10). Give the path to go back to, if there is one."""
    back = notes.get(RETURN_TO)
    notes.clear()
    now = datetime.now(UTC)
    life = _life(given["isRemembered"], given["refreshExpiresAt"], now)
    g.handed_out = (given["accessToken"], given["refreshToken"], life)
    return back if isinstance(back, str) else None


def end() -> None:
    """Forget whoever was signed in on this browser."""
    notes.clear()
    g.forgotten = True
    g.viewer = Viewer(ANYONE, g.viewer.now, g.viewer.address, "portal")


def hand_out(response: Response) -> Response:
    """Put new tokens into cookies, or take the old ones away."""
    if "handed_out" in g:
        access, refresh, life = g.handed_out
        for name, token in ((ACCESS, access), (REFRESH, refresh)):
            response.set_cookie(name, token, max_age=life, path="/", secure=True, httponly=True, samesite="Lax")
        response.headers["Cache-Control"] = "no-store"
    elif g.get("forgotten"):
        for name in (ACCESS, REFRESH):
            response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="Lax")
    return response


def label(agent: str) -> str:
    """Name a device so that its owner knows it again, and nothing more exact."""
    system = next((said for mark, said in SYSTEMS if mark in agent), "")
    browser = next((said for mark, said in BROWSERS if mark in agent), "")
    return " ".join(part for part in (system, browser) if part) or "未知设备"


def _life(is_remembered: bool, expires_at: datetime, now: datetime) -> int | None:
    """Say how long a cookie lives: as long as the browser is open, unless somebody asked to be remembered (N9)."""
    return int((expires_at - now).total_seconds()) if is_remembered else None
