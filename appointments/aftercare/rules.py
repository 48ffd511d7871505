"""Terms and thresholds of what comes after an appointment, as the rules file says them."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from core import settings
from core.calendar import Calendar, china_day, china_midnight

BUNDLED = Path(__file__).parent.parent / "rules" / "aftercare.toml"
END_OF_WORK = timedelta(hours=17, minutes=30)


@dataclass(frozen=True, slots=True)
class Rules:
    """All figures; the file says what they mean."""

    rating: Mapping[str, int]
    missed: Mapping[str, int]
    limit: Mapping[str, int]

    @property
    def ask_after(self) -> Mapping[str, int]:
        """Give after how many minutes somebody is asked, by how their appointment ended."""
        return {"done": self.rating["ask_after_minutes"], "no_show": self.missed["ask_after_minutes"]}


class AftercareError(SystemExit):
    """The file is not fit to start with."""


@functools.cache
def _rules(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    try:
        said: Mapping[str, Any] = tomllib.loads(file.read_text("utf-8"))
        return Rules(**{name: said[name] for name in Rules.__dataclass_fields__})
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as wrong:
        raise AftercareError(f"{file.name}: {wrong}") from wrong


def rules() -> Rules:
    """Give the rules in force."""
    return _rules(settings.current().rules_dir)


def end_of_working_day(calendar: Calendar, days: int, *, now: datetime) -> datetime:
    """Give the end of the working day by which something is to be done."""
    return china_midnight(calendar.add_working_days(china_day(now), days)) + END_OF_WORK
