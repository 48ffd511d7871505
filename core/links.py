"""Links that open a private file for the person they were made for, and for a short while (TRUST U3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.crypto import is_signed, signer
from core.errors import NotFound
from core.identity import Actor

LIFE = timedelta(minutes=10)
PURPOSE = "link"
MOST_DIGITS = 12


class Links:
    """Links for one actor, made at one moment."""

    def __init__(self, actor: Actor, *, now: datetime) -> None:
        """Say for whom, and from when on."""
        expires = int((now + LIFE).timestamp())
        self._told = f"?expires={expires}&signature="  # digits and letters only
        self._whom = _whom(actor, expires)
        self._sign = signer(PURPOSE)

    def signed(self, path: str) -> str:
        """Sign a path. Whoever serves it judges the link and looks at the object's owner again."""
        return f"{path}{self._told}{self._sign(f'{path}{self._whom}'.encode())}"


def signed(path: str, actor: Actor, *, now: datetime) -> str:
    """Sign one path for an actor."""
    return Links(actor, now=now).signed(path)


def judge(path: str, actor: Actor, *, expires: str, signature: str, now: datetime) -> None:
    """Raise `NotFound` unless the link is ours, theirs, and still good."""
    if not (expires.isascii() and expires.isdigit() and len(expires) <= MOST_DIGITS):
        raise NotFound
    if not is_signed(_said(path, actor, int(expires)), PURPOSE, signature):
        raise NotFound
    if datetime.fromtimestamp(int(expires), UTC) < now:
        raise NotFound("link_expired")


def _said(path: str, actor: Actor, expires: int) -> bytes:
    return f"{path}{_whom(actor, expires)}".encode()


def _whom(actor: Actor, expires: int) -> str:
    return f"/{expires}/{actor.kind}:{actor.id}"
