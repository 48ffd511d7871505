"""A team's day: from the base to everybody in their window, lunch on the way, and back in time.

Nothing here reads a table or the clock. Times are whole minutes of the day.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

NEVER = math.inf
BASE = 0


@dataclass(frozen=True, slots=True)
class Lunch:
    """It begins wherever the team is when it is time, no later than `latest`."""

    begins: int
    latest: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody to be visited: reached within a window, and stayed with for some minutes."""

    key: str
    earliest: int
    latest: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Round:
    """What is known of a day. `ways[i][j]` are minutes on the road; 0 is the base, stop n stands at n + 1."""

    opens: int
    closes: int
    lunch: Lunch | None
    stops: tuple[Stop, ...]
    ways: Sequence[Sequence[int]]

    @property
    def lunch_bit(self) -> int:
        """Give the bit that says lunch was had."""
        return 1 << len(self.stops)

    @property
    def everyone(self) -> int:
        """Give the mask of all stops."""
        return self.lunch_bit - 1

    def begin_mask(self) -> int:
        """Give the mask of the morning: nobody visited; lunch is behind whoever needs none."""
        return 0 if self.lunch else self.lunch_bit

    def after_lunch(self, free_at: float, way: int) -> float:
        """Give when the end of a way is reached, if lunch is had somewhere on it. Later in is never sooner out."""
        lunch = self.lunch
        if lunch is None or free_at > lunch.latest:
            return NEVER
        return max(free_at + way, lunch.begins) + lunch.minutes

    def before_lunch(self, ready: float, way: int) -> float:
        """Give the last moment to set out, to be ready then with lunch on the way. The inverse of `after_lunch`."""
        lunch = self.lunch
        if lunch is None or ready < lunch.begins + lunch.minutes:
            return -NEVER
        return min(lunch.latest, ready - lunch.minutes - way)

    def home(self, mask: int, free_at: float, way: int) -> float:
        """Give when the team is back; where that is in time for lunch, it is had at the base."""
        straight = free_at + way
        if mask & self.lunch_bit or (self.lunch and straight <= self.lunch.latest):
            return straight
        return self.after_lunch(free_at, way)

    def leave_for_home(self, mask: int, way: int) -> float:
        """Give the last moment to set out for the base. The inverse of `home`."""
        if mask & self.lunch_bit or self.lunch is None:
            return self.closes - way
        in_time_for_lunch = min(self.closes, self.lunch.latest) - way
        return max(in_time_for_lunch, self.before_lunch(self.closes, way))
