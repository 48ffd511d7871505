"""What the index is made of, what it is asked, and what it answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Points:
    """Columns, one entry a point: WGS-84 degrees, attribute bits, number of the weekly schedule, class of weight."""

    lat: Sequence[float]
    lon: Sequence[float]
    masks: Sequence[int]
    schedules: Sequence[int]
    classes: Sequence[int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which points count: every bit of `all_of`, a bit of each of `any_of`, a schedule whose bit is in `schedules`."""

    all_of: int = 0
    any_of: tuple[int, ...] = ()
    schedules: int | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """What makes one point nearer than another.

    `weights` turn metres into what is compared, say minutes, by the class of the point. `within` is the most that is
    wanted: metres, or minutes where there are weights. Of points equally far those with a bit of `prefer` come first,
    then the lower index.
    """

    weights: tuple[float, ...] | None = None
    within: float = math.inf
    prefer: int = 0


class Hit(NamedTuple):
    """A point that was found: its place in the columns, and the geodesic to it."""

    number: int
    metres: float


EVERYTHING = Wanted()
BY_DISTANCE = Ranking()
