"""How somebody outside is asked: one host, no redirects, no settings of the machine, little and soon (TRUST R9, W7)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests

from core.db import monotonic
from core.guarding import Guarded

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 8.0
MOST_BYTES = 100_000
A_PIECE = 512  # a drip is noticed after so many bytes, even when nobody waits any more
logging.getLogger("urllib3.connectionpool").disabled = True  # it writes addresses, and keys with them (TRUST P3)


class Away(Exception):
    """Nobody answered as they should. It quotes nothing of what was asked."""


class Late(Away):
    """Nobody answered in time: what was asked may have been done."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    kind: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer is waited for, and how much of it is read."""

    connect: float = CONNECT_SECONDS
    total: float = TOTAL_SECONDS
    most_bytes: int = MOST_BYTES


class Host:
    """Asks one place alone; it may lie in one of our networks only if that was named."""

    def __init__(self, origin: str, *, patience: Patience | None = None, inside: Sequence[str] = ()) -> None:
        """Ask this place, `https://host`."""
        self.origin = urlsplit(origin)
        self.patience = patience or Patience()
        self.inside = inside

    def ask(self, method: str, url: str, *, headers: Any = None, **given: Any) -> Answer:
        """Give the answer, or raise `Away`. `given` is what `requests` takes: params, data, files."""
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != (self.origin.scheme, self.origin.netloc):
            raise Away("another host")
        try:
            return self._in_time(method, url, {"headers": headers, **given})
        except (requests.Timeout, TimeoutError):
            raise Late("late") from None
        except requests.RequestException:
            raise Away("away") from None

    def _in_time(self, method: str, url: str, given: Mapping[str, Any]) -> Answer:
        """Wait for an answer no longer than is allowed: the library's own limits are per packet, and answers drip."""
        came: Future[Answer] = Future()
        threading.Thread(target=self._fill, args=(came, method, url, given), daemon=True, name="outside").start()
        return came.result(self.patience.total)

    def _fill(self, came: Future[Answer], method: str, url: str, given: Mapping[str, Any]) -> None:
        try:
            came.set_result(self._fetched(method, url, given))
        except Exception as fault:  # noqa: BLE001  # handed to whoever waits
            came.set_exception(fault)

    def _fetched(self, method: str, url: str, given: Mapping[str, Any]) -> Answer:
        total = self.patience.total
        ends_at, waits = monotonic() + total, (min(self.patience.connect, total), total)
        with requests.Session() as client:
            client.trust_env = False
            client.mount(f"{self.origin.scheme}://", Guarded(self.inside))
            with client.request(method, url, timeout=waits, allow_redirects=False, stream=True, **given) as answer:
                read = b""
                for piece in answer.iter_content(A_PIECE):
                    read += piece
                    if len(read) > self.patience.most_bytes:
                        raise Away("too much")
                    if monotonic() > ends_at:
                        raise Late("dripping")
                return Answer(answer.status_code, answer.headers.get("Content-Type", ""), read)
