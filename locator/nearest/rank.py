"""The order of what was found, by the way over the ground: to the last bit as the oracle would order it."""

from __future__ import annotations

from typing import NamedTuple

from locator.nearest import geodesic
from locator.nearest.asked import Hit, Ranking
from locator.nearest.geodesic import Spot
from locator.nearest.tree import Tree

UNSURE = 0.0005  # metres: twice what our measure can be off for two points together


class Row(NamedTuple):
    """What decides: the value first, then who is preferred, then the index."""

    value: float
    behind: bool
    number: int
    metres: float
    slot: int


class Ranker:
    """Orders candidates as seen from one place."""

    def __init__(self, tree: Tree, place: tuple[float, float], ranking: Ranking) -> None:
        """Stand at a place."""
        self.tree, self.place, self.ranking = tree, place, ranking
        self.at = geodesic.spot(*place)
        self.unsure = UNSURE * max(ranking.weights or (1.0,))

    def best(self, slots: list[int], k: int) -> list[Hit]:
        """Give the k first that are not too far."""
        settled = self._settled(sorted(map(self._quickly, slots)), k)
        return [Hit(row.number, row.metres) for row in settled[:k] if row.value <= self.ranking.within]

    def _settled(self, rows: list[Row], k: int) -> list[Row]:
        """Ask the oracle about runs of rows that are too close to call, one after the other or to the limit."""
        settled: list[Row] = []
        while len(settled) < min(k, len(rows)):
            start = len(settled)
            stop = start + 1
            while stop < len(rows) and rows[stop].value - rows[stop - 1].value <= self.unsure:
                stop += 1
            run = rows[start:stop]
            settled += sorted(self._exactly(row.slot) for row in run) if self._is_open(run) else run
        return settled

    def _is_open(self, run: list[Row]) -> bool:
        """Say whether the order of a run is not certain: unless it is alone, or all in one spot, and off the limit."""
        if any(abs(row.value - self.ranking.within) <= self.unsure for row in (run[0], run[-1])):
            return True
        return len({(self.tree.lat[row.number], self.tree.lon[row.number], row.value) for row in run}) > 1

    def _quickly(self, slot: int) -> Row:
        return self._row(slot, geodesic.metres(self.at, Spot._make(self.tree.spots[3 * slot : 3 * slot + 3])))

    def _exactly(self, slot: int) -> Row:
        index = self.tree.order[slot]
        return self._row(slot, geodesic.exact(*self.place, self.tree.lat[index], self.tree.lon[index]))

    def _row(self, slot: int, metres: float) -> Row:
        tree, weights = self.tree, self.ranking.weights
        value = metres * weights[tree.classes[slot]] if weights else metres
        return Row(value, not tree.masks[slot] & self.ranking.prefer, tree.order[slot], metres, slot)
