"""Access and refresh tokens: HS256 only, short-lived, without personal data (TRUST N1–N3, N8).

A token only names a sign-in; whether that still holds, and what its owner may do, is read from the tables each time.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, current_app, has_app_context, request
from flask_jwt_extended import JWTManager, create_access_token, create_refresh_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt.exceptions import ExpiredSignatureError, PyJWTError

from accounts import queries, sign_in
from accounts.sign_in import Opened, Rotation
from api.viewer import Viewer
from core import settings
from core.db import keep, reading
from core.errors import NotSignedIn
from core.identity import ANYONE, Actor

ISSUER = "rufa"
AUDIENCE = "rufa"
ALGORITHM = "HS256"
ACCESS_LIFE = timedelta(minutes=15)
LONGEST = 2_000  # characters; ours have about 400
SCHEME = "Bearer "


@dataclass(frozen=True, slots=True)
class Pair:
    """What somebody who signed in is given."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    access_expires_at: datetime
    refresh_expires_at: datetime
    is_remembered: bool


def install(app: Flask) -> None:
    """Tell the library what a token of ours is."""
    app.config.update(
        JWT_SECRET_KEY=_key(),
        JWT_ALGORITHM=ALGORITHM,
        JWT_DECODE_ALGORITHMS=[ALGORITHM],
        JWT_ENCODE_ISSUER=ISSUER,
        JWT_DECODE_ISSUER=ISSUER,
        JWT_ENCODE_AUDIENCE=AUDIENCE,
        JWT_DECODE_AUDIENCE=AUDIENCE,
        JWT_ACCESS_TOKEN_EXPIRES=ACCESS_LIFE,
        JWT_TOKEN_LOCATION=["headers"],
        JWT_COOKIE_CSRF_PROTECT=False,  # its cookies are not used; pages have tokens of their own (portal.csrf)
    )
    JWTManager(app)


def issue(opened: Opened, *, now: datetime) -> Pair:
    """Write the tokens of a sign-in: a fresh access token, and the refresh token that is newest now."""
    subject = opened.person_id or opened.staff_id
    refresh_claims = {"sid": opened.id, "jti": opened.jti}
    with _app():
        return Pair(
            access_token=create_access_token(subject, additional_claims={"sid": opened.id}),
            refresh_token=create_refresh_token(
                subject, expires_delta=opened.expires_at - now, additional_claims=refresh_claims
            ),
            access_expires_at=now + ACCESS_LIFE,
            refresh_expires_at=opened.expires_at,
            is_remembered=opened.is_remembered,
        )


def claims(token: str, kind: str) -> dict[str, Any]:
    """Read a token of this kind (`access` or `refresh`). Raises `NotSignedIn` for anything else."""
    if not token or len(token) > LONGEST:
        raise NotSignedIn("token_invalid")
    with _app():
        try:
            said: dict[str, Any] = decode_token(token)
        except ExpiredSignatureError as late:
            raise NotSignedIn("token_expired") from late
        except (PyJWTError, JWTExtendedException, ValueError) as wrong:
            raise NotSignedIn("token_invalid") from wrong
    if said.get("type") != kind or not isinstance(said.get("sid"), str) or not isinstance(said.get("jti"), str):
        raise NotSignedIn("token_invalid")
    return said


def holder(token: str, *, now: datetime) -> tuple[Actor, str]:
    """Give whoever an access token belongs to, and their sign-in. Raises `NotSignedIn` once that has ended."""
    sign_in_id = claims(token, "access")["sid"]
    with reading():
        actor = queries.actor_of(sign_in_id, now=now)
    if actor is None:
        raise NotSignedIn("session_ended")
    return actor, sign_in_id


def rotate(token: str, *, key: str = "", is_browser: bool = False, now: datetime) -> Rotation:
    """Exchange a refresh token within the unit of work under way; an empty answer where it is not the newest."""
    try:
        said = claims(token, "refresh")
    except NotSignedIn:
        return Rotation()
    return sign_in.rotate(ANYONE, said["sid"], said["jti"], key=key, is_browser=is_browser, now=now)


def renewed(token: str, *, now: datetime) -> tuple[Actor, str, Pair | None] | None:
    """Exchange the refresh token of a browser: whose it is, and new tokens unless another tab has them already."""
    rotation = keep(lambda: rotate(token, is_browser=True, now=now))
    if rotation.sign_in is None:
        return None
    with reading():
        actor = queries.actor_of(rotation.sign_in.id, now=now)
    if actor is None:
        return None
    pair = issue(rotation.sign_in, now=now) if rotation.is_new else None
    return actor, rotation.sign_in.id, pair


def viewer_of_request() -> Viewer:
    """Say who asks, by the bearer token of the request; nobody known without one.

    Raises `NotSignedIn` for a token that is forged, stale or revoked: an app should refresh it, not go on unnoticed.
    """
    now = datetime.now(UTC)
    header = request.headers.get("Authorization")
    address, device = request.remote_addr or "", request.user_agent.string[:200]
    if header is None:
        return Viewer(ANYONE, now, address, "api", None, device)
    if not header.startswith(SCHEME):
        raise NotSignedIn("token_invalid")
    actor, sign_in_id = holder(header.removeprefix(SCHEME).strip(), now=now)
    return Viewer(actor, now, address, "api", sign_in_id, device)


def _key() -> str:
    """Derive the key of tokens, so that no other signature of the house is one (STACK finding 4)."""
    return hmac.new(settings.current().secret_key.encode(), b"tokens", hashlib.sha384).hexdigest()


@contextmanager
def _app() -> Iterator[None]:
    """Give the library the application it asks for, also where no request is under way."""
    if has_app_context() and "flask-jwt-extended" in current_app.extensions:
        yield
        return
    with _bare(_key()).app_context():
        yield


@functools.cache
def _bare(_key: str) -> Flask:
    app = Flask("tokens")
    install(app)
    return app
