"""What somebody told us, as far as it matters for eligibility. None means: not asked yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Answers in the types rules reckon with. `unsure` names the questions somebody could not answer.

    `false_pledge` is known to the agency, never asked (湖南省实施规定第四条: no second pledge after a false one).
    """

    region: str | None = None
    area: str | None = None
    matter: str | None = None
    exemptions: frozenset[str] | None = None
    registry: str | None = None
    opponent_at_home: bool | None = None
    residence: str | None = None
    income: int | None = None  # fen a month: of the household, or one's own where the opponent lives there too
    household_size: int | None = None
    circumstances: frozenset[str] | None = None
    deadline_on: date | None = None
    preservation_needed: bool | None = None
    unsure: frozenset[str] = frozenset()
    false_pledge: bool = False

    def knows(self, name: str) -> bool:
        """Say whether a question has been answered, if only by "I cannot say"."""
        return getattr(self, name) is not None or name in self.unsure
