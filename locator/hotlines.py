"""Telephone lines people may turn to, by group, and whether somebody answers now where that is known (C13)."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core import calendar
from locator.hours.line import parse
from locator.hours.opening import opening

FILE = Path(__file__).parent / "data" / "hotlines.toml"
AROUND_THE_CLOCK = "24/7"
UNKNOWN = "接听时间以当地为准"


@dataclass(frozen=True, slots=True)
class Hotline:
    """A line. `is_text`: one writes to it; `hours` is empty where each place has its own."""

    number: str
    name: str
    about: str
    groups: tuple[str, ...]
    hours: str
    source: str
    confidence: str
    is_text: bool = False
    is_urgent: bool = False

    def is_open(self, moment: datetime) -> bool | None:
        """Say whether somebody answers now; nothing where nobody knows."""
        return opening(parse(self.hours), (), moment, calendar.load()).is_open if self.hours else None

    def sentence(self, moment: datetime) -> str:
        """Say when somebody answers."""
        if not self.hours:
            return UNKNOWN
        if self.hours == AROUND_THE_CLOCK:
            return "24 小时，随时可以发" if self.is_text else "24 小时有人接"
        found = opening(parse(self.hours), (), moment, calendar.load())
        return "现在有人接" if found.is_open else f"现在没有人接，{found.again}".rstrip("，")


@dataclass(frozen=True, slots=True)
class Directory:
    """All lines, with the day they were last checked."""

    label: str
    checked_on: date
    note: str
    relay: str
    lines: tuple[Hotline, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Name the groups, in the order they come up."""
        return tuple(dict.fromkeys(group for line in self.lines for group in line.groups))


@functools.cache
def directory() -> Directory:
    """Read the lines that come with the service. Hours that cannot be read are a mistake in the file."""
    said = tomllib.loads(FILE.read_text("utf-8"))
    lines = tuple(_line(one) for one in said["line"])
    return Directory(**said["edition"], lines=lines)


def _line(said: dict[str, Any]) -> Hotline:
    made = Hotline(**{**said, "groups": tuple(said["groups"])})
    if made.hours:
        parse(made.hours)
    return made
