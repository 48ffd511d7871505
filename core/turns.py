"""Writers of one process wait for SQLite in the order they came.

SQLite lets in whoever asks at the right moment, and whoever is unlucky asks again ever later: with two hundred at once
some never get in before their time is up. Here each is handed the turn by the one before, and nobody polls.
"""

from __future__ import annotations

import threading
from collections import deque


class Turns:
    """One turn at a time, first come, first served."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self, seconds: float) -> bool:
        """Wait for one's turn, so long at most. Say whether it came; whoever has it must `leave`."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._guard:
            if mine.is_set():  # handed over in the moment between
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
