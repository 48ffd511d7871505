"""Links that open a private file for the person they were made for, and for a short while (TRUST U3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.crypto import is_signed, sign
from core.errors import NotFound
from core.identity import Actor

LIFE = timedelta(minutes=10)
PURPOSE = "link"
MOST_DIGITS = 12


def signed(path: str, actor: Actor, *, now: datetime) -> str:
    """Sign a path for an actor. Whoever serves it judges the link and looks at the object's owner again."""
    expires = int((now + LIFE).timestamp())
    return f"{path}?expires={expires}&signature={sign(_said(path, actor, expires), PURPOSE)}"  # digits and letters only


def judge(path: str, actor: Actor, *, expires: str, signature: str, now: datetime) -> None:
    """Raise `NotFound` unless the link is ours, theirs, and still good."""
    if not (expires.isascii() and expires.isdigit() and len(expires) <= MOST_DIGITS):
        raise NotFound
    if not is_signed(_said(path, actor, int(expires)), PURPOSE, signature):
        raise NotFound
    if datetime.fromtimestamp(int(expires), UTC) < now:
        raise NotFound("link_expired")


def _said(path: str, actor: Actor, expires: int) -> bytes:
    return f"{path}/{expires}/{actor.kind}:{actor.id}".encode()
