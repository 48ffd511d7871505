"""Text of a form → typed variables; what cannot be read → problems for the error summary. Services judge meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from api.errors import problem_data
from core.errors import Problem

AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
LONGEST = 2_000
MOST_DIGITS = 9

__all__ = ["Reading", "prefixed", "problem"]


def problem(code: str, field: str | None = None, **params: str | int) -> dict[str, Any]:
    """Say one thing to put right, with its sentence."""
    return problem_data(Problem(code, field, params))


def prefixed(problems: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Tie problems of the contract to the fields of a page: `{'householdSize': 'household_size'}`."""
    return [{**one, "field": names.get(one["field"], one["field"])} for one in problems]


class Reading:
    """Reads a posted form, name by name, and gathers what could not be read."""

    def __init__(self, form: MultiDict[str, str]) -> None:
        """Read this form."""
        self.form = form
        self.problems: list[dict[str, Any]] = []

    def text(self, name: str, *, limit: int = LONGEST) -> str:
        """Read a text of one or more lines; control characters go, line ends become one kind."""
        raw = self.form.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
        said = "".join(c for c in raw if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
        if len(said) > limit:
            self._note("text_too_long", name, limit=limit, length=len(said))
        return said

    def line(self, name: str, *, limit: int = 200) -> str:
        """Read a text of one line."""
        return " ".join(self.text(name, limit=limit).split())

    def figure(self, name: str) -> int | None:
        """Read a whole number, in any width; nothing where nothing was typed."""
        typed = self._plain(name)
        if not typed:
            return None
        if not typed.isascii() or not typed.isdigit() or len(typed) > MOST_DIGITS:
            self._note("not_a_number", name)
            return None
        return int(typed)

    def fen(self, name: str) -> int | None:
        """Read an amount in yuan as fen: 1,200.5 is 120050."""
        typed = self._plain(name).removesuffix("元").removeprefix("¥")
        if not typed:
            return None
        found = AMOUNT.fullmatch(typed)
        if not found or not typed.isascii():
            self._note("not_an_amount", name)
            return None
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))

    def day(self, name: str) -> date | None:
        """Read the three inputs of `date_input`; nothing where nothing was typed."""
        parts = [self._plain(f"{name}_{part}") for part in ("year", "month", "day")]
        if not any(parts):
            return None
        try:
            return date(*(int(part) for part in parts))
        except ValueError:
            self._note("not_a_day", name)
            return None

    def typed_day(self, name: str) -> dict[str, str]:
        """Give what was typed for a day, to show it again."""
        return {part: self.form.get(f"{name}_{part}", "") for part in ("year", "month", "day")}

    def choice(self, name: str, among: Collection[str]) -> str | None:
        """Read one of the options; nothing where nothing was chosen."""
        value = self.form.get(name, "")
        if value and value not in among:
            self._note("not_an_option", name)
        return value if value in among else None

    def choices(self, name: str, among: Collection[str]) -> list[str]:
        """Read all options that were ticked."""
        values = self.form.getlist(name)
        if any(value not in among for value in values):
            self._note("not_an_option", name)
        return [value for value in values if value in among]

    def yes(self, name: str) -> bool:
        """Read a box that is ticked or not."""
        return self.form.get(name) == "yes"

    def _plain(self, name: str) -> str:
        """Read figures as people type them: full width, spaces, thousands."""
        return re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", self.form.get(name, "")))

    def _note(self, code: str, name: str, **params: str | int) -> None:
        self.problems.append(problem(code, name, **params))
