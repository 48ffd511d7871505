"""The usual questions, no weights and no hours, without a call a node. Why it is right says `hunt`; this is quicker."""

from __future__ import annotations

import math
from bisect import bisect_right

from locator.nearest.geodesic import Spot
from locator.nearest.hunt import scale
from locator.nearest.tree import Tree

Lines = list[tuple[float, int]]  # straight lines, and the slots at their ends


def nearest(tree: Tree, at: Spot, k: int, within: float) -> Lines:
    """Give all points that may be among the k nearest."""
    axes, splits, spots, first, dist = tree.axes, tree.splits, tree.spots, tree.leaves, math.dist
    size, depth, reach = tree.size, tree.depth, scale(None).reach
    cut = limit = reach(0.0) + within * (1 + 1e-12)
    square = cut * cut
    found: Lines = []
    x, y, z = tree.off(at)
    todo = [(x * x + y * y + z * z, 1, x, y, z)]
    while todo:
        bound, node, x, y, z = todo.pop()
        if bound > square:
            continue
        while node < first:
            axis = axes[node]
            gap = at[axis] - splits[node]
            node = 2 * node + (gap >= 0)
            before = x if axis == 0 else y if axis == 1 else z
            far = bound - before * before + gap * gap
            if far <= square:
                other = node ^ 1
                if axis == 0:
                    todo.append((far, other, gap, y, z))
                else:
                    todo.append((far, other, x, gap, z) if axis == 1 else (far, other, x, y, gap))
        start, stop = (node - first) * size >> depth, (node - first + 1) * size >> depth
        flat = iter(spots[3 * start : 3 * stop])
        points = zip(range(start, stop), zip(flat, flat, flat, strict=True), strict=True)
        near = [(line, slot) for slot, there in points if (line := dist(at, there)) <= cut]
        found += near
        if near and len(found) >= k:
            found.sort()
            cut = min(limit, reach(found[k - 1][0]))
            square = cut * cut
            del found[bisect_right(found, (cut, math.inf)) :]
    return found


def having(tree: Tree, at: Spot, k: int, within: float, all_of: int, leaves: int) -> Lines | None:  # noqa: C901  # quick
    """Give all points that have every attribute and may be among the k nearest; None where so many leaves do not do."""
    axes, splits, spots, first, dist = tree.axes, tree.splits, tree.spots, tree.leaves, math.dist
    size, depth, reach, unions, masks = tree.size, tree.depth, scale(None).reach, tree.node_masks, tree.masks
    cut = limit = reach(0.0) + within * (1 + 1e-12)
    square = cut * cut
    found: Lines = []
    x, y, z = tree.off(at)
    todo = [(x * x + y * y + z * z, 1, x, y, z)]
    while todo:
        bound, node, x, y, z = todo.pop()
        if bound > square:
            continue
        while node < first:
            axis = axes[node]
            gap = at[axis] - splits[node]
            node = 2 * node + (gap >= 0)
            other = node ^ 1
            if unions[other] & all_of == all_of:
                before = x if axis == 0 else y if axis == 1 else z
                far = bound - before * before + gap * gap
                if far <= square:
                    beyond = (gap, y, z) if axis == 0 else (x, gap, z) if axis == 1 else (x, y, gap)
                    todo.append((far, other, *beyond))
            if unions[node] & all_of != all_of:
                break
        else:
            if (leaves := leaves - 1) < 0:
                return None
            start, stop = (node - first) * size >> depth, (node - first + 1) * size >> depth
            before = len(found)
            had = len(found)
            for slot, mask in enumerate(masks[start:stop], start):
                if mask & all_of == all_of and (line := dist(at, spots[3 * slot : 3 * slot + 3])) <= cut:
                    found.append((line, slot))
            if len(found) >= max(k, had + 1):
                found.sort()
                square = (cut := min(limit, reach(found[k - 1][0]))) ** 2
                del found[bisect_right(found, (cut, math.inf)) :]
    return found
