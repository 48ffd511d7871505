"""A k-d tree in flat arrays: no object a point, no pointer a node.

Nodes are numbered as in a heap: the children of n are 2n and 2n + 1, leaves are the last row; which points lie under
a node follows from its number. Every node knows the union of the attributes, schedules and classes under it, so a
search leaves out what cannot answer. Points are in space, so that poles and the date line are nothing special.
A point takes 72 bytes, 103 where no two have the same attributes: 700,000 take 50 to 72 MB, and 140 while arranged.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from locator.nearest.asked import Points
from locator.nearest.geodesic import Spot, spot

LEAF = 24  # points at most in a leaf
LEVELS = 2  # that one sort serves: twice as quick to build, no slower to ask
SAMPLE = 24  # points looked at to find the axis along which they spread most
FOLD = 1024  # bits for schedules in a node: more schedules share bits, which makes a node look promising, never empty
MOST_CLASSES = 8


@dataclass(frozen=True, slots=True)
class Tree:
    """The arrangement. What is "by slot" is in the order of the leaves, `order` gives the index as it was given."""

    size: int
    depth: int
    box: tuple[tuple[float, float], ...]
    axes: bytes
    splits: array[float]
    spots: array[float]
    order: array[int]
    lat: array[float]
    lon: array[float]
    masks: list[int]
    schedules: array[int]
    classes: bytes
    node_masks: list[int]
    node_schedules: list[int]
    node_classes: bytes

    @property
    def leaves(self) -> int:
        """Give the number of the first leaf, and of leaves."""
        return 1 << self.depth

    def off(self, at: Spot) -> tuple[float, float, float]:
        """Say how far outside all points a place is, along each axis: from afar most of the tree is then left out."""
        (x, y, z), (along_x, along_y, along_z) = at, self.box
        return (
            max(along_x[0] - x, x - along_x[1], 0.0),
            max(along_y[0] - y, y - along_y[1], 0.0),
            max(along_z[0] - z, z - along_z[1], 0.0),
        )

    def slots(self, leaf: int) -> tuple[int, int]:
        """Say from where to where the points of a leaf are."""
        place = leaf - self.leaves
        return place * self.size >> self.depth, (place + 1) * self.size >> self.depth


def plant(points: Points) -> Tree:
    """Arrange the points: 50,000 in a fifth of a second, 700,000 in four."""
    size = len(points.lat)
    depth = max(0, math.ceil(math.log2(max(1, size) / LEAF)))
    space = tuple(array("d") for _ in range(3))
    for lat, lon in zip(points.lat, points.lon, strict=True):
        for column, value in zip(space, spot(lat, lon), strict=True):
            column.append(value)
    order, axes, splits = _arranged(space, size, depth)
    spots = array("d", bytes(24 * size))
    for axis, column in enumerate(space):
        spots[axis::3] = array("d", map(column.__getitem__, order))
    shared: dict[int, int] = {}
    masks = [shared.setdefault(points.masks[one], points.masks[one]) for one in order]
    schedules = array("I", map(points.schedules.__getitem__, order))
    classes = bytes(map(points.classes.__getitem__, order))
    if any(one >= MOST_CLASSES for one in classes):
        raise ValueError(f"at most {MOST_CLASSES} classes of weight")
    bits = [1 << number % FOLD for number in range(min(FOLD, max(schedules, default=0) + 1))]
    return Tree(
        size=size,
        depth=depth,
        box=tuple((min(column, default=0.0), max(column, default=0.0)) for column in space),
        axes=axes,
        splits=splits,
        spots=spots,
        order=array("I", order),
        lat=array("d", points.lat),
        lon=array("d", points.lon),
        masks=masks,
        schedules=schedules,
        classes=classes,
        node_masks=_united(masks, depth),
        node_schedules=_united([bits[one % FOLD] for one in schedules], depth),
        node_classes=bytes(_united([1 << one for one in classes], depth)),
    )


def _arranged(space: Sequence[array[float]], size: int, depth: int) -> tuple[list[int], bytes, array[float]]:
    """Sort along the axis the points spread most, halve, and again."""
    order = list(range(size))
    axes, splits = bytearray(1 << depth), array("d", bytes(8 << depth))
    todo = [(1, 0)] if depth else []
    while todo:
        node, level = todo.pop()
        place = node - (1 << level)
        start, stop = place * size >> level, (place + 1) * size >> level
        part = order[start:stop]
        axis = _widest(space, part)
        along = space[axis].__getitem__
        part.sort(key=along)
        order[start:stop] = part
        levels = min(LEVELS, depth - level)
        for down in range(levels):
            for below in range(node << down, node + 1 << down):
                middle = (2 * (below - (1 << level + down)) + 1) * size >> level + down + 1
                axes[below], splits[below] = axis, along(order[middle])
        if level + levels < depth:
            todo += [(below, level + levels) for below in range(node << levels, node + 1 << levels)]
    return order, bytes(axes), splits


def _widest(space: Sequence[array[float]], part: list[int]) -> int:
    some = part[:: max(1, len(part) // SAMPLE)]
    spreads = []
    for column in space:
        values = [column[one] for one in some]
        spreads.append(max(values) - min(values))
    return spreads.index(max(spreads))


def _united(values: Sequence[int], depth: int) -> list[int]:
    """Unite what the points of each leaf have, then the nodes above; equal unions are kept once."""
    leaves, size = 1 << depth, len(values)
    shared: dict[int, int] = {}
    nodes = [0] * (2 * leaves)
    for place in range(leaves):
        union = reduce(or_, values[place * size >> depth : (place + 1) * size >> depth], 0)
        nodes[leaves + place] = shared.setdefault(union, union)
    for node in range(leaves - 1, 0, -1):
        union = nodes[2 * node] | nodes[2 * node + 1]
        nodes[node] = shared.setdefault(union, union)
    return nodes
