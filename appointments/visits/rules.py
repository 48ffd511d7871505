"""What is agreed about visits, as the rules file says it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from appointments.needs import AccessNeed
from appointments.offers import MenuError
from appointments.visits import reach
from appointments.visits.round import Lunch
from core import settings

BUNDLED = Path(__file__).parent.parent / "rules" / "visits.toml"


@dataclass(frozen=True, slots=True)
class Window:
    """What is promised: to begin within so many minutes; told anew when that moves."""

    minutes: int
    step: int
    tell_from: int


@dataclass(frozen=True, slots=True)
class Teams:
    """How many go together, how far, and to how many a day."""

    least: int
    most_visits: int
    farthest: int


@dataclass(frozen=True, slots=True)
class Road:
    """What is added to the estimate of a way, and how the pace of a county is learned."""

    door_minutes: int
    unsure_minutes: int
    prior_legs: int
    least: float
    most: float
    ignore_below: float
    ignore_above: float


@dataclass(frozen=True, slots=True)
class Privacy:
    """When staff see where they go, and when it is forgotten."""

    shown_before: timedelta
    shown_after: timedelta
    address: timedelta
    request: timedelta


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it."""

    window: Window
    team: Teams
    lunch: Lunch
    road: Road
    privacy: Privacy
    answer_working_days: int
    interpreter_working_days: int
    kit: Mapping[str, tuple[str, ...]]


def agreed() -> Rules:
    """Give what is agreed."""
    return _read(settings.current().rules_dir)


@functools.cache
def _read(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    try:
        return _rules(tomllib.loads(file.read_text("utf-8")))
    except (KeyError, TypeError, ValueError) as wrong:  # TOML that cannot be read is a ValueError too
        raise MenuError(f"{file.name}: {wrong}") from wrong


def _rules(said: Mapping[str, Any]) -> Rules:
    team, privacy = Teams(**said["team"]), said["privacy"]
    if not 1 <= team.most_visits <= reach.MOST:
        raise ValueError(f"team.most_visits: from 1 to {reach.MOST}")
    return Rules(
        window=Window(**said["window"]),
        team=team,
        lunch=Lunch(**said["lunch"]),
        road=Road(**said["road"]),
        privacy=Privacy(
            timedelta(hours=privacy["shown_before_hours"]),
            timedelta(hours=privacy["shown_after_hours"]),
            timedelta(days=privacy["address_days"]),
            timedelta(days=privacy["request_days"]),
        ),
        answer_working_days=said["request"]["answer_working_days"],
        interpreter_working_days=said["interpreter"]["working_days"],
        kit={which: tuple(said["kit"][which]) for which in ("always", *AccessNeed)},
    )
