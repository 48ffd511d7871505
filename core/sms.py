"""Text messages: a port, what carries them, and a twin for tests (TRUST R9, P1).

Texts are discreet: they name no case, body or person. Inside an errand's handler `send` only notes the text;
`core.jobs` keeps it as an errand of its own in the same transaction and carries it when nothing is locked.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import requests

from core import settings
from core.db import monotonic
from core.errors import Unavailable

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 8.0
FAILURES_ALLOWED = 5  # in a row; then nobody waits for a gateway that is down
REST_SECONDS = 30.0
OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class Text:
    """One text message."""

    phone: str = field(repr=False)
    text: str = field(repr=False)


class Texter(Protocol):
    """Somebody who carries text messages."""

    def send(self, phone: str, text: str) -> None:
        """Carry a text, or raise `Unavailable`."""


class Console:
    """Print texts to the terminal: how somebody who tries the service out reads their code."""

    def send(self, phone: str, text: str) -> None:
        """Print the text; of the number only what tells two apart."""
        print(f"[短信 {masked(phone)}] {text}", file=sys.stderr, flush=True)  # noqa: T201


class Memory:
    """Keep texts in a list: the twin for tests."""

    def __init__(self) -> None:
        """Start with none."""
        self.outgoing: list[Text] = []

    def send(self, phone: str, text: str) -> None:
        """Keep the text."""
        self.outgoing.append(Text(phone, text))


class Breaker:
    """Stop asking somebody who keeps failing; after a rest let one try."""

    def __init__(
        self, failures: int = FAILURES_ALLOWED, rest: float = REST_SECONDS, *, code: str = "sms_unavailable"
    ) -> None:
        """Break after so many failures in a row, for so many seconds; say then that somebody is away."""
        self._allowed, self._rest, self._code = failures, rest, code
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0

    def check(self) -> None:
        """Raise `Unavailable` while at rest; whoever comes first afterwards tries for all."""
        with self._lock:
            left = self._rests_until - monotonic()
            if left > 0:
                raise Unavailable(self._code, retry_after=int(left) + 1)
            if self._failures >= self._allowed:
                self._rests_until = monotonic() + self._rest

    def note(self, *, went_well: bool) -> None:
        """Count how it went."""
        with self._lock:
            self._failures = 0 if went_well else self._failures + 1
            rests = self._failures >= self._allowed
            self._rests_until = monotonic() + self._rest if rests else 0.0


class Http:
    """A gateway that takes `POST {"phone", "text"}` with a bearer token.

    Only the configured address is asked: no redirects, no proxies or passwords from the environment.
    """

    def __init__(self, url: str, token: str, *, total: float = TOTAL_SECONDS, breaker: Breaker | None = None) -> None:
        """Send to this address."""
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.username is not None:
            raise ValueError("the address of the SMS gateway must be http(s)://host/path without a password in it")
        self._url, self._token, self._total = url, token, total
        self._breaker = breaker or Breaker()

    def send(self, phone: str, text: str) -> None:
        """Hand the text over within the time allowed, or raise `Unavailable`."""
        self._breaker.check()
        answers: list[int] = []
        asking = threading.Thread(target=self._ask, args=(phone, text, answers), daemon=True, name="sms")
        asking.start()
        asking.join(self._total)  # the library's own limits are per packet: a dripping gateway would hold us
        went_well = bool(answers) and answers[0] in OK
        self._breaker.note(went_well=went_well)
        if not went_well:
            raise Unavailable("sms_unavailable", retry_after=int(REST_SECONDS))

    def _ask(self, phone: str, text: str, answers: list[int]) -> None:
        with requests.Session() as client:
            client.trust_env = False
            try:
                with client.post(
                    self._url,
                    json={"phone": phone, "text": text},
                    headers={"Authorization": f"Bearer {self._token}"},
                    timeout=(min(CONNECT_SECONDS, self._total), self._total),
                    allow_redirects=False,
                    stream=True,  # the status is all we need: a body is never read
                ) as answer:
                    answers.append(answer.status_code)
            except requests.RequestException:
                return


def masked(phone: str) -> str:
    """Show a number so that its owner knows it and nobody else learns it."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****"  # noqa: PLR2004


def chosen(given: settings.Settings) -> Texter:
    """Make the texter the settings name."""
    return Http(given.sms_url, given.sms_token) if given.sms == "http" else Console()


_texter: Texter | None = None
_noted: ContextVar[list[Text] | None] = ContextVar("texts", default=None)


def use(texter: Texter | None) -> None:
    """Send by this texter from now on; None: by the one the settings name."""
    global _texter  # noqa: PLW0603  # one a process, set at start
    _texter = texter


def send(phone: str, text: str) -> None:
    """Send a text, or raise `Unavailable`. In an errand's handler: once the errand's transaction is kept."""
    noted = _noted.get()
    if noted is not None:
        noted.append(Text(phone, text))
        return
    if _texter is None:
        use(chosen(settings.current()))
    assert _texter is not None  # noqa: S101  # just set
    _texter.send(phone, text)


@contextmanager
def noting() -> Iterator[list[Text]]:
    """Note texts instead of sending them, for whoever will keep them with a transaction."""
    noted: list[Text] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
