"""What a guard has found: what, how bad, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

AROUND = 12


class Weight(StrEnum):
    """Whether it stops a page from being published, or is advice."""

    STOPS = "stops"
    ADVISES = "advises"


WEIGHTS = {Weight.STOPS: "必须改", Weight.ADVISES: "建议改"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `before`, `passage` and `after` show the place; `advice` is what could stand there."""

    code: str
    weight: Weight
    field: str
    line: int = 0
    before: str = ""
    passage: str = ""
    after: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text."""

    field: str
    text: str
    start: int
    end: int

    def found(self, code: str, weight: Weight, advice: str = "") -> Finding:
        """Say what was found here, with a little of what stands around it."""
        first = self.text.rfind("\n", 0, self.start) + 1
        stop = self.text.find("\n", self.end)
        last = len(self.text) if stop < 0 else stop
        return Finding(
            code,
            weight,
            self.field,
            self.text.count("\n", 0, self.start) + 1,
            self.text[max(first, self.start - AROUND) : self.start],
            self.text[self.start : self.end],
            self.text[self.end : min(last, self.end + AROUND)],
            advice,
        )
