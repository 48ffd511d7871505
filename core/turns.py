"""Writers of one process take turns at SQLite, and share a commit where that gets everybody there sooner.

SQLite lets in whoever asks at the right moment, and whoever is unlucky asks again ever later: with two hundred at once
some never get in before their time is up. Here each is handed the turn by the one before, and nobody polls.

What a commit costs is waiting for the disk. While others wait, and as long as what is done between commits is short
against that, the turn goes on without one; the last of such a batch commits for all, and nobody is answered before
(PERFORMANCE C). Each undoes its own by a savepoint: that is the business of whoever gives `begin` and `commit`.
"""

from __future__ import annotations

import time
from _thread import LockType, allocate_lock
from collections import deque
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from core.errors import Unavailable

MOST = 128  # in one batch
WORTH = 4.0  # so many times as long as a commit may be spent between two: a fifth of the time goes to the disk
LONGEST = 0.05  # seconds the first of a batch waits for the others, however slow the disk is
PATIENCE = 2.0  # seconds to wait for the commit where one's own time is nearly up: what was done cannot be taken back


class Sharable(Protocol):
    """What is taken turns at: a connection, from its BEGIN to its COMMIT."""

    def commit(self) -> None:
        """Keep what was done, and let go."""

    def drop(self) -> None:
        """Undo what was done, and let go."""

    def is_whole(self) -> bool:
        """Say whether what was done before is still there to be committed."""


S = TypeVar("S", bound=Sharable)


class Undone(Unavailable):
    """Somebody else's fault took along what was done in the same batch: nothing of it is kept. Do it over."""

    default_code = "database_unavailable"


class Unsure(Unavailable):
    """The commit did not come in time: it may come yet."""

    default_code = "database_unavailable"


def _closed() -> LockType:
    """Make a lock that whoever waits runs into: a tenth of what an Event costs."""
    made = allocate_lock()
    made.acquire()
    return made


@dataclass(slots=True)
class _Waiter:
    """Somebody whose turn has not come. Those `alone` share with nobody: they take their time."""

    alone: bool
    bell: LockType = field(default_factory=_closed)


@dataclass(slots=True)
class _Batch(Generic[S]):
    """What is committed together, who waits for that, and what went wrong."""

    shared: S
    begun: float
    done: int = 0
    waiting: list[LockType] = field(default_factory=list)
    fault: BaseException | None = None


class Turns(Generic[S]):
    """One turn at a time, first come, first served."""

    def __init__(self, begin: Callable[[], S], *, most: int = MOST) -> None:
        """Start with nobody. `begin` opens what the turns are about, for a batch of so many at most."""
        self._begin, self._most = begin, most
        self._guard = allocate_lock()
        self._waiting: deque[_Waiter] = deque()
        self._taken = False
        self._batch: _Batch[S] | None = None
        self._commit_seconds = 0.0  # what one took lately

    def take(self, seconds: float, *, alone: bool = False) -> bool:
        """Wait for one's turn, so long at most. Say whether it came; whoever has it must `leave`."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = _Waiter(alone)
            self._waiting.append(mine)
        if mine.bell.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return mine.bell.acquire()  # handed over in the moment between

    def shared(self) -> S:
        """Give what the turn is about; the first of a batch opens it."""
        if self._batch is None:
            self._batch = _Batch(self._begin(), time.monotonic())
        return self._batch.shared

    def leave(self, seconds: float, *, alone: bool = False) -> None:
        """Hand the turn on; come back once what was done is committed.

        Raises what the commit raised, `Undone` where nothing is kept by somebody else's fault, or `Unsure`.
        """
        batch = self._batch
        if batch is None:
            self._hand_on()
            return
        batch.done += 1
        bell = None if alone or not batch.shared.is_whole() else self._share(batch)
        if bell is None:
            self._end(batch)
        elif not bell.acquire(timeout=max(seconds, PATIENCE)):
            raise Unsure(retry_after=5)
        if batch.fault is not None:
            raise copy(batch.fault)  # one each: whoever raises it writes on it

    def _share(self, batch: _Batch[S]) -> LockType | None:
        """Let the next go on before the commit, where that pays; give the bell that rings after it."""
        spent = time.monotonic() - batch.begun
        expected = spent + spent / batch.done
        if batch.done >= self._most or expected > min(self._commit_seconds * WORTH, LONGEST):
            return None
        with self._guard:
            if not self._waiting or self._waiting[0].alone:
                return None
            bell = _closed()
            batch.waiting.append(bell)
            self._waiting.popleft().bell.release()
        return bell

    def _end(self, batch: _Batch[S]) -> None:
        """Commit for all, or for nobody; hand the turn on, and tell whoever waits."""
        self._batch = None
        started = time.monotonic()
        try:
            if batch.shared.is_whole():
                batch.shared.commit()
                self._commit_seconds += (time.monotonic() - started - self._commit_seconds) / 4
            else:
                batch.fault = Undone(retry_after=1)
                batch.shared.drop()
        except BaseException as fault:  # noqa: BLE001  # whatever it is, it is everybody's
            batch.fault = fault
        self._hand_on()
        for bell in batch.waiting:
            bell.release()

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().bell.release()
            else:
                self._taken = False
