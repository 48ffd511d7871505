"""The ways to reach people and what is agreed about them, as the rules file says it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from core import settings

BUNDLED = Path(__file__).parent / "rules" / "ways.toml"


class WaysError(SystemExit):
    """The rules file is not fit to start with. Nobody catches it: the process says it and ends."""


class Way(StrEnum):
    """A way to reach somebody. Their own list of messages is none: everything stands there."""

    WECHAT = "wechat"
    SMS = "sms"
    EMAIL = "email"


class Kind(StrEnum):
    """What sort of message it is."""

    RECEIPT = "receipt"
    NEWS = "news"
    REMINDER = "reminder"
    ACCOUNT = "account"


class State(StrEnum):
    """What became of a message, or of one way it was tried by."""

    WAITING = "waiting"
    HANDED_OVER = "handed_over"
    DECLINED = "declined"  # whoever it was for does not want it this way
    LOST = "lost"
    LATE = "late"  # of no use any more when its turn came
    KEPT = "kept"  # its owner finds it in their list, nothing more was to be done


@dataclass(frozen=True, slots=True)
class Manner:
    """How messages of one kind go out."""

    quiet: bool
    template: str = ""
    most_tries: int = 99


@dataclass(frozen=True, slots=True)
class Template:
    """A subscription message: what it is called and shows, where it leads, and its fields."""

    title: str
    shown: str
    page: str
    fields: Mapping[str, str]

    def filled(self, **figures: str) -> dict[str, str]:
        """Give the fields of one message."""
        return {name: words.format(**figures) for name, words in self.fields.items()}


@dataclass(frozen=True, slots=True)
class Agreed:
    """All of it."""

    kept: timedelta
    most_allowed: int
    quiet: tuple[time, time]
    tries: Mapping[Way, int]
    kinds: Mapping[Kind, Manner]
    templates: Mapping[str, Template]

    def most_tries(self, kind: Kind, way: Way) -> int:
        """Say how often a way is tried for a message of a kind."""
        return min(self.tries[way], self.kinds[kind].most_tries)


def agreed() -> Agreed:
    """Give what is agreed."""
    return _read(settings.current().rules_dir)


@functools.cache
def _read(folder: str) -> Agreed:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    try:
        return _agreed(tomllib.loads(file.read_text("utf-8")))
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:  # TOML that cannot be read is a ValueError too
        raise WaysError(f"{file.name}: {wrong}") from wrong


def _agreed(said: Mapping[str, Any]) -> Agreed:
    quiet = said["quiet"]
    return Agreed(
        kept=timedelta(days=said["kept_days"]),
        most_allowed=said["most_allowed"],
        quiet=(time.fromisoformat(quiet["begins"]), time.fromisoformat(quiet["ends"])),
        tries={way: said["tries"][way] for way in Way},
        kinds={kind: Manner(**said["kinds"][kind]) for kind in Kind},
        templates={name: Template(**told) for name, told in said["templates"].items()},
    )
