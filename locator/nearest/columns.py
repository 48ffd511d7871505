"""One long integer an attribute, a bit a point: counting under any filter is a few ands and a count of bits.

Columns are made when they are first asked for, and kept: 6 kB each for 50,000 points, 88 kB for 700,000.
"""

from __future__ import annotations

from collections.abc import Iterator

from locator.nearest.asked import Wanted
from locator.nearest.tree import Tree

BYTE = 256
REMEMBERED = 8  # sets of schedules: those open now, this evening, at the weekend
ZERO, ONE = b"01"


class Columns:
    """The points by slot, turned on their side."""

    def __init__(self, tree: Tree) -> None:
        """Make nothing yet."""
        self.tree = tree
        self._attributes: dict[int, int] = {}
        self._timely: dict[int, int] = {}

    def passing(self, wanted: Wanted) -> int:
        """Give the set of points that count."""
        found = (1 << self.tree.size) - 1
        for bit in bits(wanted.all_of):
            found &= self.attribute(bit)
        for several in wanted.any_of:
            union = 0
            for bit in bits(several):
                union |= self.attribute(bit)
            found &= union
        return found if wanted.schedules is None else found & self._open(wanted.schedules)

    def attribute(self, bit: int) -> int:
        """Give the set of points that have an attribute, named by its bit."""
        if bit not in self._attributes:
            self._attributes[bit] = _packed(bytes(ONE if mask & bit else ZERO for mask in self.tree.masks))
        return self._attributes[bit]

    def _open(self, schedules: int) -> int:
        if schedules not in self._timely:
            if len(self._timely) >= REMEMBERED:
                self._timely.clear()
            numbers = range(max(self.tree.schedules, default=0) + 1)
            passes = bytes(ONE if schedules >> number & 1 else ZERO for number in numbers)
            self._timely[schedules] = _packed(bytes(map(passes.__getitem__, self.tree.schedules)))
        return self._timely[schedules]


def bits(mask: int) -> Iterator[int]:
    """Take a mask apart into its bits."""
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest


def members(found: int) -> Iterator[int]:
    """List the slots in a set."""
    written = bin(found)[:1:-1]
    slot = written.find("1")
    while slot >= 0:
        yield slot
        slot = written.find("1", slot + 1)


def _packed(written: bytes) -> int:
    """Make a set of zeros and ones, the first of them for slot 0."""
    return int(written[::-1] or b"0", 2)
