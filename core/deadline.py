"""A clock of our own round each unit of database work (TRUST R7).

A frozen database cannot time itself out: the limit has to be the client's.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any

import psycopg

LOOK_EVERY = 0.1  # seconds between looks at the clock while the server is silent

_seconds = 4.0
_ends_at: ContextVar[float | None] = ContextVar("deadline", default=None)


def allow(seconds: float) -> None:
    """Give each unit of database work this many seconds."""
    global _seconds  # noqa: PLW0603  # a setting, read once at start
    _seconds = seconds


def allowed() -> float:
    """Give the seconds a unit of database work has."""
    return _seconds


@contextmanager
def running(seconds: float | None = None) -> Iterator[None]:
    """Start the clock for what is done inside. A clock that runs already goes on, unless seconds are named."""
    token = start(seconds)
    try:
        yield
    finally:
        stop(token)


def start(seconds: float | None = None) -> Token[float | None]:
    """Start it for whoever ends it with `stop`: each unit of work does, and a block of its own costs it more."""
    ends_at = _ends_at.get()
    if seconds is not None or ends_at is None:
        ends_at = time.monotonic() + (seconds or _seconds)
    return _ends_at.set(ends_at)


def stop(token: Token[float | None]) -> None:
    """Go back to the clock there was before."""
    _ends_at.reset(token)


def passed() -> bool:
    """Say whether time is up."""
    ends_at = _ends_at.get()
    return ends_at is not None and time.monotonic() > ends_at


def left() -> float:
    """Give the seconds that are left; where no clock runs, as many as a unit of work has."""
    ends_at = _ends_at.get()
    return _seconds if ends_at is None else max(0.0, ends_at - time.monotonic())


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that gives up, and hangs up, when time is up."""

    def wait(
        self,
        gen: Generator[Any, Any, Any],
        interval: float = LOOK_EVERY,
        timeout: float | None = None,
    ) -> Any:
        """Wait for the server, looking at the clock while it is silent."""
        return super().wait(self._bounded(gen), min(interval or LOOK_EVERY, LOOK_EVERY), timeout)

    def _bounded(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and passed():
                    self.close()
                    raise psycopg.OperationalError("the database did not answer in time")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value
