"""How long somebody will wait: a range, from what today's talks took. Pure."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from core import settings

BUNDLED = Path(__file__).parent.parent / "rules" / "queue.toml"
ROUND_TO = 5  # minutes: nobody can know it better


@dataclass(frozen=True, slots=True)
class Rules:
    """What is agreed about queues, in minutes and people."""

    late_minutes: int
    early_minutes: int
    opens_before_minutes: int
    assumed_from: int
    assumed_to: int
    measured_from: int
    window_minutes: int
    text_when_ahead: int
    sign_minutes: int


@dataclass(frozen=True, slots=True)
class Wait:
    """From so many minutes to so many; both 0 for whoever is next at a free window."""

    least: int
    most: int


@functools.cache
def _rules(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    return Rules(**tomllib.loads(file.read_text("utf-8"))["queue"])


def rules() -> Rules:
    """Give the rules of this place."""
    return _rules(settings.current().rules_dir)


def wait(ahead: int, windows: int, talks: Sequence[float]) -> Wait:
    """Reckon how long: of today's talks the middle half counts, shared by the windows that are at work.

    The window that is busy now may be free at once, or only after a whole talk: hence the one more at the far end.
    """
    given = rules()
    quick, slow = float(given.assumed_from), float(given.assumed_to)
    if len(talks) >= max(2, given.measured_from):
        quick, _, slow = quantiles(talks, n=4, method="inclusive")
    at_work = max(1, windows)
    return Wait(_rounded(ahead * quick / at_work), _rounded((ahead + 1) * slow / at_work))


def _rounded(minutes: float) -> int:
    return ROUND_TO * -int(-minutes // ROUND_TO)
