"""Texts that come back: what a gateway pushes to us, read by whoever knows its way of saying it (FEATURES B16)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from core import settings
from core.calendar import instant
from core.errors import Forbidden, Malformed, NotFound

FRESH = timedelta(minutes=10)  # an older push is a recording
LONGEST = 300
MOMENT, SIGNATURE = "X-Sent-At", "X-Signature"


@dataclass(frozen=True, slots=True)
class Reply:
    """A text somebody sent us. `id` is the gateway's: the same push twice is the same text."""

    id: str
    phone: str = field(repr=False)
    text: str = field(repr=False)


class Reader(Protocol):
    """Somebody who reads what one kind of gateway pushes."""

    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Reply:
        """Read a push; `Forbidden` where it is not the gateway's, `Malformed` where it says nothing."""


class Signed:
    """A push of `{"id", "phone", "text"}`, signed by HMAC-SHA256 over its moment and body with the gateway's token."""

    def __init__(self, token: str) -> None:
        """Take pushes of whoever has this token."""
        self._token = token.encode()

    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Reply:
        """Judge the signature and the moment before anything is read."""
        sent_at = headers.get(MOMENT, "")
        if not hmac.compare_digest(self.signature(sent_at, body).encode(), headers.get(SIGNATURE, "").encode()):
            raise Forbidden("foreign_request")
        try:
            if abs(now - instant(sent_at)) > FRESH:
                raise Forbidden("foreign_request")
            said = json.loads(body)
            told = [said[name] for name in ("id", "phone", "text")]
        except (ValueError, TypeError, KeyError):
            raise Malformed from None
        if not all(isinstance(one, str) and len(one) <= LONGEST for one in told):
            raise Malformed
        return Reply(*told)

    def signature(self, sent_at: str, body: bytes) -> str:
        """Sign as the gateway does."""
        return hmac.new(self._token, sent_at.encode() + b"." + body, hashlib.sha256).hexdigest()


def are_read() -> bool:
    """Say whether a gateway is set that can push replies."""
    given = settings.current()
    return given.sms == "http" and bool(given.sms_token)


def reader() -> Reader:
    """Give who reads the pushes of the gateway that is set; without one there is nothing to read."""
    if not are_read():
        raise NotFound
    return Signed(settings.current().sms_token)
