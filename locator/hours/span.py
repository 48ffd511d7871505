"""A stretch of one day, in minutes after midnight; one that ends past midnight goes on after 1,440."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from one minute up to another, that one not included."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        """Hold what makes it a stretch: it begins in its day, ends after it began, and within a day's length."""
        if not 0 <= self.opens < DAY:
            raise ValueError(f"a span begins within its day, not at minute {self.opens}")
        if not self.opens < self.closes <= self.opens + DAY:
            raise ValueError(f"a span ends after it begins and within a day's length, not at minute {self.closes}")

    def __str__(self) -> str:
        """Write it as a line does: 09:00-12:00, past midnight 18:00-26:00."""
        return f"{clock(self.opens)}-{clock(self.closes)}"


ALL_DAY = Span(0, DAY)


def clock(minute: int) -> str:
    """Write a minute as a clock shows it; 24:00 and later stay as they are."""
    return f"{minute // 60:02}:{minute % 60:02}"


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order and make one of those that touch, unless it would be longer than a day."""
    made: list[Span] = []
    for span in sorted(spans):
        closes = max(span.closes, made[-1].closes) if made else 0
        if made and span.opens <= made[-1].closes and closes <= made[-1].opens + DAY:
            made[-1] = Span(made[-1].opens, closes)
        else:
            made.append(span)
    return tuple(made)


def have_overlap(spans: Iterable[Span]) -> bool:
    """Say whether any two cover the same minute; those that only touch do not."""
    ordered = sorted(spans)
    return any(later.opens < earlier.closes for earlier, later in itertools.pairwise(ordered))
