"""What WeChat pushes to us: judged by its signature, opened, and read once (RULEBOOK WX-4, WX-6).

Safe mode alone (安全模式, JSON): the signature covers what is sealed, so nobody can change or make up a push. WeChat
sends a push again where we are slow: whoever takes it in leaves an errand under its own name, once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import struct
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from core import settings
from core.crypto import fingerprint
from core.errors import Forbidden, Malformed, NotFound

FRESH = timedelta(minutes=10)  # an older push is a recording
BLOCK, RANDOM, LENGTH = 16, 16, 4
MOST_PADDING = 32


def signature(*parts: str) -> str:
    """Sign as WeChat does: SHA-1 over the parts in order of the alphabet."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


class Pushes:
    """Reads what is pushed for one account."""

    def __init__(self, app_id: str, token: str, key: str) -> None:
        """Take pushes of whoever has this token and this EncodingAESKey."""
        self._app_id, self._token = app_id, token
        self._key = base64.b64decode(f"{key}=")

    def echo(self, query: Mapping[str, str]) -> str:
        """Answer whoever checks that we are there: they sign, we say what they said."""
        self._judge(query, query.get("signature", ""))
        return query.get("echostr", "")

    def read(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> tuple[str, Mapping[str, Any]]:
        """Give a name no other push has, and what was pushed."""
        sealed = self._sealed(body)
        self._judge(query, query.get("msg_signature", ""), sealed)
        self._judge_moment(query.get("timestamp", ""), now)
        return fingerprint(sealed.encode()), self._opened(sealed)

    def _judge(self, query: Mapping[str, str], given: str, *sealed: str) -> None:
        ours = signature(self._token, query.get("timestamp", ""), query.get("nonce", ""), *sealed)
        if not hmac.compare_digest(ours.encode(), given.encode()):
            raise Forbidden("foreign_request")

    def _judge_moment(self, said: str, now: datetime) -> None:
        is_number = said.isascii() and said.isdigit() and len(said) <= 12  # noqa: PLR2004  # digits of a moment
        if not is_number or abs(now.timestamp() - int(said)) > FRESH.total_seconds():
            raise Forbidden("foreign_request")

    def _sealed(self, body: bytes) -> str:
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):  # nested deeper than anything WeChat sends; nobody has signed it yet
            raise Malformed from None
        sealed = said.get("Encrypt") if isinstance(said, dict) else None
        if not isinstance(sealed, str) or not sealed.isascii():  # half of a pair cannot be signed
            raise Malformed
        return sealed

    def _opened(self, sealed: str) -> Mapping[str, Any]:
        """Open it: 16 random bytes, the length, what is said, our app id; filled up to 32 bytes (PKCS 7)."""
        try:
            raw = base64.b64decode(sealed, validate=True)
            work = Cipher(algorithms.AES256(self._key), modes.CBC(self._key[:BLOCK])).decryptor()
            clear = work.update(raw) + work.finalize()
            clear = clear[: -_padding(clear)]
            (length,) = struct.unpack(">I", clear[RANDOM : RANDOM + LENGTH])
            end = RANDOM + LENGTH + length
            said = json.loads(clear[RANDOM + LENGTH : end])
        except (binascii.Error, ValueError, struct.error):
            raise Malformed from None
        if clear[end:].decode(errors="replace") != self._app_id:
            raise Forbidden("foreign_request")
        if not isinstance(said, dict):
            raise Malformed
        return said


def _padding(clear: bytes) -> int:
    number = clear[-1] if clear else 0
    if not 1 <= number <= MOST_PADDING:
        raise ValueError("no padding")
    return number


def pushes() -> Pushes:
    """Give who reads the pushes of the account that is set; where nothing is, there is nothing to read."""
    given = settings.current()
    if not given.wechat_push_key:
        raise NotFound
    return Pushes(given.wechat_app_id, given.wechat_push_token, given.wechat_push_key)
