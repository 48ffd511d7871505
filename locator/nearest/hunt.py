"""The search: goes down to where the question is, and comes back only for what could still be nearer.

It compares straight lines, and gathers every point that could be among the k nearest over the ground. Why none is
missed: on the ellipsoid the way over the ground is never shorter than the straight line c, nor than the arc over c of
the widest circle of curvature, and never longer than the arc over c of the tightest one (theorems of Blaschke and
Schur). So once k points are known, the others that matter have a straight line of at most `_reach(c of the k-th)`.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from locator.nearest.asked import Ranking, Wanted
from locator.nearest.geodesic import TIGHTEST, WIDEST, Spot
from locator.nearest.tree import FOLD, MOST_CLASSES, Tree

ROUNDING = 0.001  # metres: far more than the arithmetic can be off
FARTHEST = 12_000_000.0  # beyond, arcs bend too much to promise anything: everything is looked at
ONE_CLASS = (1 / TIGHTEST**2 - 1 / WIDEST**2) / 12  # twice the first term of the difference of the two arcs
ANY_CLASS = 0.41 / (4 * TIGHTEST**2)  # the tightest arc against the straight line itself
Test = Callable[[int], bool] | None


class Scale(NamedTuple):
    """What follows from the weights."""

    weights: tuple[float, ...] | None
    least: list[float]  # for each set of classes, a set being the bits of a number: the least weight, squared
    growth: float
    farthest: float
    rounding: float

    def reach(self, compared: float) -> float:
        """Say how large what is compared may be for a point that could still be nearer than one with this."""
        if compared > self.farthest:
            return math.inf
        return compared * (1 + compared * compared * self.growth) + self.rounding


@functools.lru_cache(maxsize=64)
def scale(weights: tuple[float, ...] | None) -> Scale:
    """Work out what follows from the weights."""
    if weights is None:
        return Scale(None, [1.0] * (1 << MOST_CLASSES), ONE_CLASS, FARTHEST, ROUNDING)
    least = [math.inf] * (1 << len(weights))
    for union in range(1, len(least)):
        least[union] = min(one * one for number, one in enumerate(weights) if union >> number & 1)
    low = min(weights)
    return Scale(weights, least, ANY_CLASS / (low * low), FARTHEST * low, ROUNDING * max(weights))


class Hunt:
    """One search under way. `found` holds (what is compared, slot): the straight line, times the weight if any."""

    def __init__(self, tree: Tree, at: Spot, k: int, wanted: Wanted, ranking: Ranking) -> None:
        """Get ready."""
        self.tree, self.at, self.k = tree, at, k
        self.scale = scale(ranking.weights)
        self.found: list[tuple[float, int]] = []
        self.cut = self.limit = ranking.within * (1 + 1e-12) + self.scale.rounding
        self.all_of = wanted.all_of
        self.node_more = _more(tree.node_masks, wanted.any_of, _any_time(tree, wanted.schedules))
        self.slot_more = _more(tree.masks, wanted.any_of, _on_time(tree, wanted.schedules))

    def run(self, leaves: int) -> bool:
        """Search, but look into no more than so many leaves; say whether that was enough."""
        tree, at, all_of, more = self.tree, self.at, self.all_of, self.node_more
        axes, splits, masks, classes = tree.axes, tree.splits, tree.node_masks, tree.node_classes
        least, first = self.scale.least, tree.leaves
        outside = tree.off(at)
        todo = [(sum(one * one for one in outside), 1, outside)]
        while todo:
            bound, node, off = todo.pop()
            if bound * least[classes[node]] > self.cut * self.cut:
                continue
            while node < first:
                axis = axes[node]
                gap = at[axis] - splits[node]
                node = 2 * node + (gap >= 0)
                if masks[node ^ 1] & all_of == all_of and (more is None or more(node ^ 1)):
                    x, y, z = off
                    beyond = (gap, y, z) if axis == 0 else (x, gap, z) if axis == 1 else (x, y, gap)
                    todo.append((bound - off[axis] * off[axis] + gap * gap, node ^ 1, beyond))
                if masks[node] & all_of != all_of or (more is not None and not more(node)):
                    break
            else:
                leaves -= 1
                if leaves < 0:
                    return False
                self._look(*tree.slots(node))
        return True

    def start_over(self) -> None:
        """Forget what was found, but not how near it was."""
        self.found, self.limit = [], self.cut

    def candidates(self) -> list[int]:
        """Give the slots that may be among the k nearest."""
        return [slot for _, slot in self.found]

    def compare(self, slots: Iterable[int]) -> None:
        """Compare points that are known to pass."""
        at, cut, dist, spots = self.at, self.cut, math.dist, self.tree.spots
        weights, classes = self.scale.weights, self.tree.classes
        if weights is None:
            near = [(line, one) for one in slots if (line := dist(at, spots[3 * one : 3 * one + 3])) <= cut]
        else:
            weighed = ((dist(at, spots[3 * one : 3 * one + 3]) * weights[classes[one]], one) for one in slots)
            near = [one for one in weighed if one[0] <= cut]
        self._keep(near)

    def _look(self, start: int, stop: int) -> None:
        """Compare what passes of the points from slot to slot."""
        all_of, more, masks = self.all_of, self.slot_more, self.tree.masks
        if more is not None:
            self.compare([one for one in range(start, stop) if masks[one] & all_of == all_of and more(one)])
        elif all_of:
            self.compare([one for one in range(start, stop) if masks[one] & all_of == all_of])
        else:
            self.compare(range(start, stop))

    def _keep(self, near: list[tuple[float, int]]) -> None:
        found = self.found
        found += near
        if near and len(found) >= self.k:
            found.sort()
            self.cut = min(self.limit, self.scale.reach(found[self.k - 1][0]))
            del found[bisect_right(found, (self.cut, math.inf)) :]


def _more(masks: list[int], any_of: tuple[int, ...], timely: Test) -> Test:
    """Give what else is to be said of a place, node or slot, beyond `all_of`; None if nothing is."""
    if not any_of:
        return timely

    def passes(place: int) -> bool:
        mask = masks[place]
        for one in any_of:
            if not mask & one:
                return False
        return timely is None or timely(place)

    return passes


def _any_time(tree: Tree, schedules: int | None) -> Test:
    if schedules is None:
        return None
    times, folded = tree.node_schedules, _folded(schedules)
    return lambda node: bool(times[node] & folded)


def _on_time(tree: Tree, schedules: int | None) -> Test:
    if schedules is None:
        return None
    kept = tree.schedules
    return lambda slot: bool(schedules >> kept[slot] & 1)


def _folded(schedules: int) -> int:
    """Lay schedules over each other as the nodes do."""
    if schedules < 0:  # all but some: no end of bits
        return (1 << FOLD) - 1
    folded = 0
    while schedules:
        folded |= schedules & ((1 << FOLD) - 1)
        schedules >>= FOLD
    return folded
