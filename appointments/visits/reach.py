"""Which times can be promised: those for which the team still reaches everybody it has promised itself to (B07).

Exact: every order of the day is weighed at once. `_forwards` says when a team can be free at the earliest after any set
of visits, `_backwards` when it must be at the latest for the rest; whoever is new fits where the first lies before
the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appointments.visits.round import BASE, NEVER, Round

MOST = 8  # visits a day: the work doubles with each


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who might be visited too: minutes to them from the base and each stop, and from them back."""

    minutes: int
    there: Sequence[int]
    back: Sequence[int]


@dataclass(frozen=True, slots=True)
class Gap:
    """They can be reached at any minute from `first` to `last`, in one of the orders of the day."""

    first: int
    last: int

    def fits(self, earliest: int, latest: int) -> bool:
        """Say whether they are reached within a window."""
        return self.first <= latest and earliest <= self.last


def gaps(day: Round, new: Newcomer) -> list[Gap]:
    """Give when somebody new can be reached so that nobody else is let down; gaps may overlap."""
    free, due = _forwards(day), _backwards(day, new)
    found = {
        Gap(int(reached), int(must))
        for mask, last, reached in _arrivals(day, free, new)
        if reached <= (must := due[mask][last] - new.minutes)
    }
    return sorted(found, key=lambda gap: (gap.first, gap.last))


def is_kept(day: Round) -> bool:
    """Say whether everybody can be reached in their window, and the team be back in time."""
    return _backwards(day)[day.begin_mask()][BASE] >= day.opens


def _arrivals(day: Round, free: list[list[float]], new: Newcomer) -> Iterator[tuple[int, int, float]]:
    """Say when a newcomer is reached at the earliest after each set of visits, and which of it is done by then."""
    newcomer = len(day.stops) + 1
    for mask, row in enumerate(free):
        for last, at in enumerate(row):
            if at < NEVER:
                yield mask, newcomer, at + new.there[last]
                if not mask & day.lunch_bit and (fed := day.after_lunch(at, new.there[last])) < NEVER:
                    yield mask | day.lunch_bit, newcomer, fed


def _forwards(day: Round) -> list[list[float]]:
    """Give when a team is free at the earliest, by what is done and where it is."""
    size = len(day.stops) + 1
    free = [[NEVER] * size for _ in range(2 * day.lunch_bit)]
    free[day.begin_mask()][BASE] = day.opens
    for mask, row in enumerate(free):
        for last, at in enumerate(row):
            if at < NEVER:
                for done, place, leaves in _onwards(day, mask, last, at):
                    free[done][place] = min(free[done][place], leaves)
    return free


def _onwards(day: Round, mask: int, last: int, at: float) -> Iterator[tuple[int, int, float]]:
    for number, stop in enumerate(day.stops):
        bit, way = 1 << number, day.ways[last][number + 1]
        if mask & bit:
            continue
        ways = [(mask | bit, at + way)]
        if not mask & day.lunch_bit:
            ways.append((mask | bit | day.lunch_bit, day.after_lunch(at, way)))
        for done, ready in ways:
            if ready <= stop.latest:
                yield done, number + 1, max(ready, stop.earliest) + stop.minutes


def _backwards(day: Round, new: Newcomer | None = None) -> list[list[float]]:
    """Give when a team must be free at the latest, by what is done and where it is; last comes the newcomer's place."""
    ways = [list(row) for row in day.ways] + ([list(new.back)] if new else [])
    due = [[-NEVER] * len(ways) for _ in range(2 * day.lunch_bit)]
    for mask in range(2 * day.lunch_bit - 1, -1, -1):
        is_all = mask & day.everyone == day.everyone
        for last, way in enumerate(ways):
            home = day.leave_for_home(mask, way[BASE]) if is_all else -NEVER
            due[mask][last] = max([home, *_before(day, mask, way, due)])
    return due


def _before(day: Round, mask: int, way: Sequence[int], due: list[list[float]]) -> Iterator[float]:
    for number, stop in enumerate(day.stops):
        done = mask | 1 << number
        if done == mask:
            continue
        arrive = min(stop.latest, due[done][number + 1] - stop.minutes)
        if arrive >= stop.earliest:
            yield arrive - way[number + 1]
        if not mask & day.lunch_bit:
            arrive = min(stop.latest, due[done | day.lunch_bit][number + 1] - stop.minutes)
            if arrive >= stop.earliest:
                yield day.before_lunch(arrive, way[number + 1])
