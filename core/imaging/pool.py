"""The children that decode: warm, few, and killed when one takes too long or too much (TRUST U4)."""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import Unavailable
from core.imaging import limits, wire

ROOT = Path(__file__).parents[2]
Answer = tuple[dict[str, Any], list[bytes]]
ENTRY = "from core.imaging.child import main; main()"


class ChildDied(Exception):
    """The child did not live to answer: the file was too much for it."""


class Child:
    """One process that serves one file at a time."""

    def __init__(self) -> None:
        """Start it, with nothing of our environment: it has no need of secrets."""
        start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {ENTRY}"
        self.process = subprocess.Popen(  # noqa: S603  # our own interpreter, our own code
            [sys.executable, "-I", "-B", "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
        )
        self.served = 0
        try:
            self._within(limits.START_SECONDS, lambda: wire.receive(self.pipe_out))
        except ChildDied as dead:
            raise Unavailable("imaging_busy", retry_after=5) from dead

    def ask(self, head: dict[str, Any], blobs: Sequence[bytes], seconds: float) -> Answer:
        """Hand it a file and wait for what it makes. Raises `ChildDied`."""

        def speak() -> Answer:
            wire.send(self.pipe_in, head, blobs)
            return wire.receive(self.pipe_out)

        answer = self._within(seconds, speak)
        self.served += 1
        return answer

    def _within(self, seconds: float, work: Callable[[], Answer]) -> Answer:
        watch = threading.Timer(seconds, self.process.kill)
        watch.daemon = True
        watch.start()
        try:
            return work()
        except (EOFError, OSError, ValueError) as gone:
            self.end()
            raise ChildDied from gone
        finally:
            watch.cancel()

    @property
    def pipe_in(self) -> Any:
        """What it listens to."""
        return self.process.stdin

    @property
    def pipe_out(self) -> Any:
        """What it answers on."""
        return self.process.stdout

    def end(self) -> None:
        """Kill it and tidy up."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.pipe_in, self.pipe_out):
            with suppress(OSError):
                pipe.close()


@dataclass
class Pool:
    """As many children as may work at once; they stay warm between files."""

    size: int = limits.CHILDREN
    seconds: float = limits.CHILD_SECONDS
    wait_seconds: float = limits.WAIT_SECONDS
    idle: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start with none: the first file starts the first child."""
        self._places = threading.BoundedSemaphore(self.size)
        self._lock = threading.Lock()

    def ask(self, head: dict[str, Any], *blobs: bytes) -> Answer:
        """Have a child make something. Raises `ChildDied`, or `Unavailable` where all are busy for long."""
        if not self._places.acquire(timeout=self.wait_seconds):
            raise Unavailable("imaging_busy", retry_after=5)
        try:
            child = self._take()
            answer = child.ask(head, blobs, self.seconds)
            self._put_back(child)
        finally:
            self._places.release()
        return answer

    def close(self) -> None:
        """End all that are idle."""
        with self._lock:
            ending, self.idle = self.idle, []
        for child in ending:
            child.end()

    def _take(self) -> Child:
        with self._lock:
            while self.idle:
                child = self.idle.pop()
                if child.process.poll() is None:
                    return child
                child.end()
        return Child()

    def _put_back(self, child: Child) -> None:
        if child.served >= limits.CHILD_FILES:
            child.end()
            return
        with self._lock:
            self.idle.append(child)


_pool = Pool()
atexit.register(_pool.close)


def current() -> Pool:
    """Give the pool of the process."""
    return _pool
