"""Serve a WSGI application, and stop without cutting anybody off (TRUST R6, R12)."""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, WSGITask

Application = Callable[..., Iterable[bytes]]

LIMITS: dict[str, Any] = {
    "max_request_header_size": 16_384,
    "max_request_body_size": 32 * 1024 * 1024,  # above the largest upload; faces set lower limits of their own
    "channel_timeout": 60,  # seconds without a byte
    "cleanup_interval": 10,
    "connection_limit": 1_000,
    "backlog": 1_024,
    "ident": None,  # tell nobody what serves
    "expose_tracebacks": False,
    "log_socket_errors": False,
    "clear_untrusted_proxy_headers": False,  # werkzeug's ProxyFix judges them, by RUFA_TRUSTED_PROXIES
    "asyncore_use_poll": True,
}
LEAVE_OPEN = 1.0  # seconds between "not ready" and closing the door, for whoever balances the load
FINISH = 12.0  # seconds for what is under way; with LEAVE_OPEN it stays under 15
SLOWEST_HEADER = 30.0  # seconds to say what one wants
SLOWEST_REQUEST = 300.0  # seconds to hand over the whole of it

ARENAS, FEW = -8, 2  # M_ARENA_MAX of glibc
_draining = threading.Event()


def share_heaps() -> bool:
    """Have all threads share two heaps: by itself glibc gives eight a core, and each keeps what a large answer took."""
    adjust = getattr(ctypes.CDLL(None), "mallopt", None)
    return adjust is not None and bool(adjust(ARENAS, FEW))


def is_draining() -> bool:
    """Say whether the process has been asked to stop: `/readyz` turns people away."""
    return _draining.is_set()


class LastTask(WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request; while draining its connection ends with the answer."""

    def build_response_header(self) -> bytes:
        """Tell the client that the connection closes, when it does."""
        if is_draining():
            self.request.headers["CONNECTION"] = "close"
        return bytes(super().build_response_header())


class Sorry(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """A request the application never sees, too large say, or no HTTP at all: people get a page of ours too."""

    def execute(self) -> None:
        """Say so, and hang up."""
        error = self.request.error
        page = self.channel.server.sorry(error.code).encode()
        self.status = f"{error.code} {error.reason}"
        said = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Connection": "close"}
        self.response_headers.extend(said.items())
        self.close_on_finish, self.content_length = True, len(page)
        self.write(page)


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows since when somebody has been making up their mind."""

    task_class = LastTask
    error_task_class = Sorry
    speaking_since: float | None = None

    def is_at_rest(self) -> bool:
        """Say whether nothing is being received, worked on or sent."""
        return not (self.requests or self.total_outbufs_len or self.request is not None)

    def is_too_slow(self, at: float) -> bool:
        """Say whether a request has been coming in for too long (by a clock that cannot be set)."""
        coming = self.request
        if coming is None:
            self.speaking_since = None
            return False
        if self.speaking_since is None:
            self.speaking_since = at
        allowed = SLOWEST_REQUEST if coming.headers_finished else SLOWEST_HEADER
        return at - self.speaking_since > allowed


@dataclass(frozen=True, slots=True)
class Place:
    """An address to listen on, and how many requests are answered at the same time."""

    host: str
    port: int
    threads: int


class Serving:
    """A server with a drain. `serve()` returns when everything under way is finished."""

    def __init__(self, application: Application, where: Place, *, sorry: Callable[[int], str] = str) -> None:
        """Bind the address; nobody is answered before `serve()`.

        `sorry` makes the page for a status where the application is not asked.
        """
        self.server = TcpWSGIServer(application, **asdict(where), **LIMITS)
        self.server.channel_class, self.server.sorry = Channel, sorry
        self.stopping_since: float | None = None

    @property
    def port(self) -> int:
        """Give the port that is served, also when any was asked for."""
        return int(self.server.effective_port)

    def stop(self, *_signal: object) -> None:
        """Ask for the drain; safe in a signal handler."""
        if not is_draining():
            self.stopping_since = time.monotonic()
            _draining.set()

    def serve(self) -> bool:
        """Answer until asked to stop, then finish. Say whether all was finished in time."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        _draining.clear()
        try:
            self._until(lambda: self.stopping_since is not None)
            self._until(lambda: self._waited() > LEAVE_OPEN)
            self._close_the_door()
            self._until(lambda: not self._busy() or self._waited() > LEAVE_OPEN + FINISH)
            return not self._busy()
        finally:
            self.server.task_dispatcher.shutdown()
            wasyncore.close_all(self.server._map, ignore_all=True)  # noqa: SLF001  # waitress names it so

    def _waited(self) -> float:
        return time.monotonic() - (self.stopping_since or time.monotonic())

    def _until(self, enough: Callable[[], bool]) -> None:
        while not enough():
            wasyncore.loop(timeout=0.2, use_poll=True, map=self.server._map, count=1)  # noqa: SLF001
            self._turn_out_the_slow()

    def _turn_out_the_slow(self) -> None:
        at = time.monotonic()
        for channel in list(self.server.active_channels.values()):
            if channel.is_too_slow(at) or (is_draining() and self._waited() > LEAVE_OPEN and channel.is_at_rest()):
                channel.will_close = True

    def _close_the_door(self) -> None:
        """Take in who has already knocked, then listen no more."""
        known = -1
        while known < len(self.server.active_channels) <= LIMITS["connection_limit"]:
            known = len(self.server.active_channels)
            self.server.handle_accept()
        self.server.accepting = False
        wasyncore.dispatcher.close(self.server)

    def _busy(self) -> bool:
        return bool(self.server.active_channels)
