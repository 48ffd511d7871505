"""What is agreed about ordering, as the rules file says it: minutes, limits, who comes first."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from appointments.needs import AccessNeed
from appointments.offers import MenuError
from core import settings

BUNDLED = Path(__file__).parent / "rules" / "conventions.toml"
UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True)
class Holding:
    """How long a chosen time is kept, and for how many at once."""

    minutes: int
    extensions: int
    left_seconds: int
    most_of_address: int
    most_of_shared_address: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who is offered a freed time first, and how long."""

    answer_minutes: int
    answer_minutes_by_call: int
    most_unanswered: int
    most_of_number: int
    first: tuple[AccessNeed, ...]


@dataclass(frozen=True, slots=True)
class Reminding:
    """When reminders go out: the name of each step, and how long before."""

    ladder: tuple[tuple[str, timedelta], ...]
    latest_minutes: int
    gap_minutes: int
    call_due_minutes: int


@dataclass(frozen=True, slots=True)
class Conventions:
    """All of it."""

    hold: Holding
    quiet: tuple[time, time]
    waiting: Waiting
    reminder: Reminding
    call_attempts: int
    approval_minutes: int


def agreed() -> Conventions:
    """Give what is agreed."""
    return _read(settings.current().rules_dir)


@functools.cache
def _read(folder: str) -> Conventions:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    try:
        return _conventions(tomllib.loads(file.read_text("utf-8")))
    except (KeyError, TypeError, ValueError) as wrong:  # TOML that cannot be read is a ValueError too
        raise MenuError(f"{file.name}: {wrong}") from wrong


def _conventions(said: dict[str, Any]) -> Conventions:
    waiting, reminder, quiet = said["waiting"], said["reminder"], said["quiet"]
    return Conventions(
        hold=Holding(**said["hold"]),
        quiet=(time.fromisoformat(quiet["begins"]), time.fromisoformat(quiet["ends"])),
        waiting=Waiting(**{**waiting, "first": tuple(AccessNeed(one) for one in waiting["first"])}),
        reminder=Reminding(**{**reminder, "ladder": tuple((one, _span(one)) for one in reminder["ladder"])}),
        call_attempts=said["call"]["attempts"],
        approval_minutes=said["approval"]["minutes"],
    )


def _span(said: str) -> timedelta:
    return timedelta(**{UNITS[said[-1]]: int(said[:-1])})
