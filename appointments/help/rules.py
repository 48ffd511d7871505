"""What can be ticked, and how soon somebody answers."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core import settings

BUNDLED = Path(__file__).parent.parent / "rules" / "help.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """Boxes with their words, those that mean danger, and the times."""

    ticks: Mapping[str, str]
    danger: frozenset[str]
    answer: timedelta
    answer_in_danger: timedelta
    kept: timedelta


@functools.cache
def _rules(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    said = tomllib.loads(file.read_text("utf-8"))
    return Rules(
        ticks=said["tick"],
        danger=frozenset(said["danger"]["ticks"]),
        answer=timedelta(minutes=said["answer"]["minutes"]),
        answer_in_danger=timedelta(minutes=said["answer"]["minutes_in_danger"]),
        kept=timedelta(days=said["answer"]["kept_days"]),
    )


def rules() -> Rules:
    """Give the rules of this place."""
    return _rules(settings.current().rules_dir)
