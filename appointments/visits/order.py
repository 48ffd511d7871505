"""The best order of a day: the fewest minutes on the road, then the soonest back; nobody outside their window (B10).

Up to `EXACT` stops every order is weighed (a dynamic programme over sets of visits, keeping all that nothing else
beats in both minutes and time). Beyond that only the `WIDEST` most promising beginnings of each length are followed:
a stated heuristic, which may find a longer way, or none where one would be possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from appointments.visits.round import BASE, NEVER, Round

EXACT = 9
WIDEST = 400


@dataclass(frozen=True, slots=True)
class Leg:
    """The way to a stop and the stay there. `free_at` is when the way begins, `pause` the lunch on it."""

    stop: int
    free_at: int
    way: int
    pause: int
    arrives: int
    leaves: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A day in order."""

    legs: tuple[Leg, ...]
    back_at: int
    road: int


@dataclass(frozen=True, slots=True)
class _Begun:
    """The beginning of a day: what is done, where the team is, and at which minute."""

    mask: int
    last: int
    road: int
    at: int
    leg: Leg | None = None
    before: _Begun | None = None


def best(day: Round, *, widest: int | None = None) -> Plan | None:
    """Give the best order; nothing where none was found."""
    if widest is None and len(day.stops) > EXACT:
        widest = WIDEST
    return _search(day, range(len(day.stops)), widest)


def timed(day: Round) -> Plan | None:
    """Give the times of the stops as they stand; nothing where somebody cannot be reached that way."""
    return _search(day, None, None)


def _search(day: Round, choice: Sequence[int] | None, widest: int | None) -> Plan | None:
    layer = [_Begun(day.begin_mask(), BASE, 0, day.opens)]
    for number in range(len(day.stops)):
        nexts = (number,) if choice is None else choice
        layer = _unbeaten(one for begun in layer for one in _onwards(day, begun, nexts))
        if widest is not None:
            hopeful = (one for one in layer if _is_hopeful(day, one))
            layer = sorted(hopeful, key=lambda one: (one.road, one.at))[:widest]
    ends = [
        (begun, way, day.home(begun.mask, begun.at, way)) for begun in layer for way in [day.ways[begun.last][BASE]]
    ]
    done = [(begun.road + way, int(back), begun) for begun, way, back in ends if back <= day.closes]
    if not done:
        return None
    road, back, begun = min(done, key=lambda one: one[:2])
    return Plan(tuple(_legs(begun)), back, road)


def _onwards(day: Round, begun: _Begun, nexts: Iterable[int]) -> Iterator[_Begun]:
    for number in nexts:
        bit, way, stop = 1 << number, day.ways[begun.last][number + 1], day.stops[number]
        if begun.mask & bit:
            continue
        ways: list[tuple[int, int, float]] = [(begun.mask | bit, 0, begun.at + way)]
        if day.lunch and not begun.mask & day.lunch_bit:
            ways.append((begun.mask | bit | day.lunch_bit, day.lunch.minutes, day.after_lunch(begun.at, way)))
        for mask, pause, ready in ways:
            if ready <= stop.latest and ready < NEVER:
                arrives = max(int(ready), stop.earliest)
                leg = Leg(number, begun.at, way, pause, arrives, arrives + stop.minutes)
                yield _Begun(mask, number + 1, begun.road + way, leg.leaves, leg, begun)


def _is_hopeful(day: Round, begun: _Begun) -> bool:
    """Say whether each who is left could still be reached, if they came next."""
    way = day.ways[begun.last]
    left = (number for number in range(len(day.stops)) if not begun.mask >> number & 1)
    return all(begun.at + way[number + 1] <= day.stops[number].latest for number in left)


def _unbeaten(found: Iterable[_Begun]) -> list[_Begun]:
    """Keep, of beginnings with the same done and the same end, those that are quicker or shorter than the others."""
    alike: dict[tuple[int, int], list[_Begun]] = {}
    for one in found:
        alike.setdefault((one.mask, one.last), []).append(one)
    kept: list[_Begun] = []
    for group in alike.values():
        soonest: float = NEVER
        for one in sorted(group, key=lambda begun: (begun.road, begun.at)):
            if one.at < soonest:
                kept.append(one)
                soonest = one.at
    return kept


def _legs(begun: _Begun) -> list[Leg]:
    legs: list[Leg] = []
    step: _Begun | None = begun
    while step is not None and step.leg is not None:
        legs.append(step.leg)
        step = step.before
    return legs[::-1]
