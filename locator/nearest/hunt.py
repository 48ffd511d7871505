"""The search: goes down to where the question is, and comes back only for what could still be nearer.

It compares straight lines, and gathers every point that could be among the k nearest over the ground. Why none is
missed: on the ellipsoid the way over the ground is never shorter than the straight line c, nor than the arc over c of
the widest circle of curvature, and never longer than the arc over c of the tightest one (theorems of Blaschke and
Schur). So once k points are known, the others that matter have a straight line of at most `_reach(c of the k-th)`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable
from heapq import heappush, heapreplace

from locator.nearest.asked import Ranking, Wanted
from locator.nearest.geodesic import TIGHTEST, WIDEST, Spot
from locator.nearest.tree import FOLD, MOST_CLASSES, Tree

ROUNDING = 0.01  # square metres: far more than the arithmetic can be off
FARTHEST = 12_000_000.0**2  # beyond, arcs bend too much to promise anything: everything is looked at
ONE_CLASS = 2 * (1 / TIGHTEST**2 - 1 / WIDEST**2) / 12  # twice the first term of the difference of the two arcs
ANY_CLASS = 0.81 / (4 * TIGHTEST**2)  # the tightest arc against the straight line itself
Test = Callable[[int], bool] | None


class Hunt:
    """One search under way. `found` holds (what is compared, slot); what is compared is squared."""

    def __init__(self, tree: Tree, at: Spot, k: int, wanted: Wanted, ranking: Ranking) -> None:
        """Get ready."""
        self.tree, self.at, self.k = tree, at, k
        self.found: list[tuple[float, int]] = []
        self.nearest: list[float] = []  # of the k best: the worst first, negative
        weights = ranking.weights or (1.0,) * MOST_CLASSES
        self.squares = [one * one for one in weights] if ranking.weights else None
        self.least = _least_of_each_union(weights)
        low, high = min(weights), max(weights)
        self.rounding = ROUNDING * high * high
        self.growth = ANY_CLASS / (low * low) if self.squares else ONE_CLASS
        self.farthest = FARTHEST * low * low
        self.cut = self.limit = ranking.within * ranking.within * (1 + 1e-12) + self.rounding
        self.all_of = wanted.all_of
        self.node_more = _more(tree.node_masks, wanted.any_of, _any_time(tree, wanted.schedules))
        self.slot_more = _more(tree.masks, wanted.any_of, _on_time(tree, wanted.schedules))

    def run(self, leaves: int) -> bool:
        """Search, but look into no more than so many leaves; say whether that was enough."""
        tree, at, all_of, more = self.tree, self.at, self.all_of, self.node_more
        axes, splits, masks, classes = tree.axes, tree.splits, tree.node_masks, tree.node_classes
        least, first = self.least, tree.leaves
        todo = [(0.0, 1, (0.0, 0.0, 0.0))]
        while todo:
            bound, node, off = todo.pop()
            if bound * least[classes[node]] > self.cut:
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
        self.found, self.nearest, self.limit = [], [], self.cut

    def candidates(self) -> list[int]:
        """Give the slots that may be among the k nearest."""
        return [slot for compared, slot in self.found if compared <= self.cut]

    def compare(self, slots: Iterable[int]) -> None:
        """Compare points that are known to pass."""
        x, y, z = self.at
        spots, squares, classes = self.tree.spots, self.squares, self.tree.classes
        for slot in slots:
            dx, dy, dz = spots[3 * slot] - x, spots[3 * slot + 1] - y, spots[3 * slot + 2] - z
            compared = dx * dx + dy * dy + dz * dz
            if squares is not None:
                compared *= squares[classes[slot]]
            if compared <= self.cut:
                self._keep(compared, slot)

    def _look(self, start: int, stop: int) -> None:
        """Compare what passes of the points from slot to slot."""
        all_of, more, masks = self.all_of, self.slot_more, self.tree.masks
        if more is not None:
            self.compare([one for one in range(start, stop) if masks[one] & all_of == all_of and more(one)])
        elif all_of:
            self.compare([one for one in range(start, stop) if masks[one] & all_of == all_of])
        elif self.squares is not None:
            self.compare(range(start, stop))
        else:
            self._compare_all(start, stop)

    def _compare_all(self, start: int, stop: int) -> None:
        """Compare whatever there is: the usual question, the quickest way."""
        x, y, z = self.at
        cut, slot = self.cut, start
        line = iter(self.tree.spots[3 * start : 3 * stop])
        for there_x, there_y, there_z in zip(line, line, line, strict=True):
            dx, dy, dz = there_x - x, there_y - y, there_z - z
            compared = dx * dx + dy * dy + dz * dz
            if compared <= cut:
                self._keep(compared, slot)
                cut = self.cut
            slot += 1

    def _keep(self, compared: float, slot: int) -> None:
        self.found.append((compared, slot))
        if len(self.nearest) < self.k:
            heappush(self.nearest, -compared)
        elif compared < -self.nearest[0]:
            heapreplace(self.nearest, -compared)
        else:
            return
        if len(self.nearest) == self.k:
            self.cut = min(self.limit, self._reach(-self.nearest[0]))

    def _reach(self, compared: float) -> float:
        """Say how large what is compared may be for a point that could still be nearer than one with this."""
        if compared > self.farthest:
            return math.inf
        return compared * (1 + compared * self.growth) + self.rounding


@functools.lru_cache(maxsize=64)
def _least_of_each_union(weights: tuple[float, ...]) -> list[float]:
    """Give the least weight, squared, for every set of classes, a set being the bits of a number."""
    least = [math.inf] * (1 << len(weights))
    for union in range(1, len(least)):
        least[union] = min(one * one for number, one in enumerate(weights) if union >> number & 1)
    return least


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
