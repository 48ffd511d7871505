"""The directory in memory is made anew beside the requests: hardly anybody waits for it (docs/decisions/0018)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from core import logs
from core.db import reading
from locator import snapshot

EVERY = 1.0  # seconds between two looks at the version: one statement each
PATIENCE = 1.0
log = logs.get("directory")


class Warming:
    """Looks whether the directory has moved on, and has the new one made before somebody asks."""

    def __init__(self, clock: Callable[[], datetime], every: float = EVERY) -> None:
        """Look so often."""
        self._clock, self._every = clock, every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="directory", daemon=True)

    def start(self) -> None:
        """Begin; the first directory is made at once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking. A directory under way is left to end with the process: nobody waits for it any more."""
        self._stopping.set()
        self._thread.join(PATIENCE)

    def look(self) -> None:
        """Look once. What goes wrong is nobody's trouble: whoever asks looks for themselves."""
        try:
            with reading():
                snapshot.current(now=self._clock())
        except Exception as fault:  # the thread outlives it, and requests tell their own
            log.warning("directory.not_warmed", exc_info=fault)

    def _run(self) -> None:
        self.look()
        while not self._stopping.wait(self._every):
            self.look()
