"""The order of what was found, by the way over the ground: to the last bit as the oracle would order it."""

from __future__ import annotations

import math
import operator

from locator.nearest import geodesic
from locator.nearest.asked import Hit, Ranking
from locator.nearest.geodesic import BEND, NEAR
from locator.nearest.tree import Tree

UNSURE = 0.0005  # metres: twice what our measure can be off for two points together
Row = tuple[float, bool, int, float, int]  # what decides: value, not preferred, number; then metres and slot


class Ranker:
    """Orders candidates as seen from one place."""

    def __init__(self, tree: Tree, place: tuple[float, float], ranking: Ranking) -> None:
        """Stand at a place."""
        self.tree, self.place, self.ranking = tree, place, ranking
        self.at = geodesic.spot(*place)
        self.unsure = UNSURE * max(ranking.weights or (1.0,))

    def best(self, slots: list[int], k: int) -> list[Hit]:
        """Give the k first that are not too far."""
        at, spots = self.at, self.tree.spots
        return self._first([self._row(one, geodesic.metres(at, spots[3 * one : 3 * one + 3])) for one in slots], k)

    def along(self, lines: list[tuple[float, int]], k: int) -> list[Hit]:
        """Do the same where the straight lines are known and nothing is weighed or preferred."""
        at, spots, order, metres = self.at, self.tree.spots, self.tree.order, geodesic.metres
        ways = [
            (line * (1 + line * line * BEND) if line < NEAR else metres(at, spots[3 * slot : 3 * slot + 3]), slot)
            for line, slot in lines
        ]
        return self._first([(way, True, order[slot], way, slot) for way, slot in ways], k)

    def _first(self, rows: list[Row], k: int) -> list[Hit]:
        rows.sort()
        within = self.ranking.within
        settled = self._settled(rows, k)[:k]
        return [Hit(number, metres) for value, _, number, metres, _ in settled if value <= within]

    def _settled(self, rows: list[Row], k: int) -> list[Row]:
        """Ask the oracle about runs of rows that are too close to call, one after the other or to the limit."""
        values = [row[0] for row in rows[: k + 1]]
        values.append(self.ranking.within)
        values.sort()
        if min(map(operator.sub, values[1:], values), default=math.inf) > self.unsure:
            return rows
        settled: list[Row] = []
        while len(settled) < min(k, len(rows)):
            start = stop = len(settled)
            while stop < len(rows) and rows[stop][0] - rows[max(start, stop - 1)][0] <= self.unsure:
                stop += 1
            run = rows[start:stop]
            settled += sorted(self._exactly(row[-1]) for row in run) if self._is_open(run) else run
        return settled

    def _is_open(self, run: list[Row]) -> bool:
        """Say whether the order of a run is not certain: unless it is alone, or all in one spot, and off the limit."""
        within, unsure, tree = self.ranking.within, self.unsure, self.tree
        if abs(run[0][0] - within) <= unsure or abs(run[-1][0] - within) <= unsure:
            return True
        return len(run) > 1 and len({(tree.lat[number], tree.lon[number], value) for value, _, number, *_ in run}) > 1

    def _exactly(self, slot: int) -> Row:
        number = self.tree.order[slot]
        return self._row(slot, geodesic.exact(*self.place, self.tree.lat[number], self.tree.lon[number]))

    def _row(self, slot: int, metres: float) -> Row:
        tree, weights = self.tree, self.ranking.weights
        value = metres * weights[tree.classes[slot]] if weights else metres
        return value, not tree.masks[slot] & self.ranking.prefer, tree.order[slot], metres, slot
