"""What is agreed about the day of a visit, as the rules file says it."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from appointments.offers import MenuError
from core import settings

BUNDLED = Path(__file__).parent.parent / "rules" / "doorstep.toml"


@dataclass(frozen=True, slots=True)
class Watch:
    """How long nobody minds, and then who is told."""

    tell_after: timedelta
    escalate_after: timedelta
    task: timedelta
    longest_stay: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it. `near` is in metres."""

    near: int
    watch: Watch
    kept: timedelta
    photos: timedelta


def agreed() -> Rules:
    """Give what is agreed."""
    return _read(settings.current().rules_dir)


@functools.cache
def _read(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    try:
        said = tomllib.loads(file.read_text("utf-8"))
        watch = said["watch"]
        return Rules(
            near=int(said["near"]["metres"]),
            watch=Watch(
                timedelta(minutes=watch["tell_after_minutes"]),
                timedelta(minutes=watch["escalate_after_minutes"]),
                timedelta(minutes=watch["task_minutes"]),
                int(watch["longest_stay_minutes"]),
            ),
            kept=timedelta(days=said["kept"]["days"]),
            photos=timedelta(days=said["kept"]["photo_days"]),
        )
    except (KeyError, TypeError, ValueError) as wrong:  # TOML that cannot be read is a ValueError too
        raise MenuError(f"{file.name}: {wrong}") from wrong
