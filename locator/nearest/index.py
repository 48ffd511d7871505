"""The index: made once, never changed; when the directory changes, a new one takes its place."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Iterable

from locator.nearest import columns, plain
from locator.nearest.asked import BY_DISTANCE, EVERYTHING, Hit, Points, Ranking, Wanted
from locator.nearest.columns import Columns
from locator.nearest.geodesic import Spot
from locator.nearest.hunt import Hunt
from locator.nearest.rank import Ranker
from locator.nearest.tree import plant

PATIENCE = 200  # leaves, about a millisecond: who must look into more asks the columns who passes at all


class Index:
    """Finds the nearest of many points, exactly, under any filter."""

    def __init__(self, points: Points) -> None:
        """Arrange the points."""
        self._tree = plant(points)
        self._columns = Columns(self._tree)
        self._slots = array("I", bytes(4 * len(self)))
        for slot, index in enumerate(self._tree.order):
            self._slots[index] = slot

    def __len__(self) -> int:
        """Give the number of points."""
        return self._tree.size

    def nearest(
        self, place: tuple[float, float], k: int, wanted: Wanted = EVERYTHING, ranking: Ranking = BY_DISTANCE
    ) -> list[Hit]:
        """Give the k nearest that count, the nearest first, as seen from a place in WGS-84 degrees (lat, lon).

        The order is that of geopy's geodesic, times the weight of the point where there are weights. From the other
        side of the earth everything is about equally far, and everything is measured: `within` spares that.
        """
        if k <= 0:
            return []
        ranker = Ranker(self._tree, place, ranking)
        if ranking.weights is None and not ranking.prefer and wanted.schedules is None and not wanted.any_of:
            lines = self._plainly(ranker.at, k, ranking.within, wanted.all_of)
            if lines is not None:
                return ranker.along(lines, k)
        hunt = Hunt(self._tree, ranker.at, k, wanted, ranking)
        if not hunt.run(self._tree.leaves if wanted == EVERYTHING else PATIENCE):
            passing = self._columns.passing(wanted)
            hunt.start_over()
            if passing.bit_count() <= self._tree.leaves:
                hunt.compare(columns.members(passing))
            else:
                hunt.run(self._tree.leaves)
        return ranker.best(hunt.candidates(), k)

    def _plainly(self, at: Spot, k: int, within: float, all_of: int) -> plain.Lines | None:
        if not all_of:
            return plain.nearest(self._tree, at, k, within)
        return plain.having(self._tree, at, k, within, all_of, PATIENCE)

    def within(
        self, place: tuple[float, float], most: float, wanted: Wanted = EVERYTHING, ranking: Ranking = BY_DISTANCE
    ) -> list[Hit]:
        """Give all that count and are no farther than `most`: metres, or minutes where there are weights."""
        return self.nearest(place, len(self), wanted, dataclasses.replace(ranking, within=most))

    def count(self, wanted: Wanted = EVERYTHING) -> int:
        """Say how many count."""
        return self._columns.passing(wanted).bit_count()

    def facets(self, bits: int, wanted: Wanted = EVERYTHING) -> dict[int, int]:
        """Say for each bit how many of those that count have it."""
        passing = self._columns.passing(wanted)
        return {bit: (passing & self._columns.attribute(bit)).bit_count() for bit in columns.bits(bits)}

    def facets_among(self, bits: int, hits: Iterable[Hit]) -> dict[int, int]:
        """Say for each bit how many of some hits have it."""
        masks = [self._tree.masks[self._slots[hit.number]] for hit in hits]
        return {bit: sum(1 for mask in masks if mask & bit) for bit in columns.bits(bits)}
