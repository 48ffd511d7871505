"""Who asks this face, and in which words it answers. Both are known elsewhere: the composition root tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from flask import current_app, g, request

from core.errors import NotSignedIn
from core.identity import Actor

SCHEME = "bearer "


class Viewer(Protocol):
    """Whoever asks, at one moment."""

    @property
    def actor(self) -> Actor:
        """Who acts."""

    @property
    def now(self) -> datetime:
        """When."""


def nobody() -> Viewer:
    """Read nobody, until somebody says how."""
    raise NotSignedIn


def silence(_code: str) -> Mapping[str, str]:
    """Say nothing, until somebody says how."""
    return {}


_read_bearer: Callable[[], Viewer] = nobody
_say: Callable[[str], Mapping[str, Any]] = silence


def tell(*, reader: Callable[[], Viewer], speaker: Callable[[str], Mapping[str, Any]]) -> None:
    """Say how a bearer token is read, and how a code is put into words."""
    global _read_bearer, _say  # set once, when the service is put together
    _read_bearer, _say = reader, speaker


def say(code: str) -> dict[str, Any]:
    """Put a code into words."""
    return {"code": code, **_say(code)}


def brings_token() -> bool:
    """Say whether the request brings a bearer token: no other site can make a browser send one."""
    return request.headers.get("Authorization", "").lower().startswith(SCHEME)


def viewer() -> Viewer:
    """Give whoever asks: by bearer token (apps), else by the portal's cookie. Raises `NotSignedIn`."""
    found: Viewer = _read_bearer() if brings_token() else g.get("viewer") or nobody()
    if found.actor.id is None:
        raise NotSignedIn
    return found


def judge_origin() -> None:
    """Refuse a change that a cookie alone asks for: the portal's pages bring their CSRF token too (TRUST W2)."""
    if not brings_token() and "csrf" in current_app.extensions:
        current_app.extensions["csrf"].protect()
