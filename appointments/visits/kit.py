"""What a team takes along, as needs and rules say (FEATURES B09)."""

from __future__ import annotations

from collections.abc import Iterable

from appointments.needs import LABELS, AccessNeed
from appointments.visits.rules import agreed
from appointments.visits.wishes import LANGUAGES, Language, Wishes


def kit(needs: Iterable[str]) -> list[str]:
    """List what to take along, each thing once, in the order of the rules."""
    rules = agreed().kit
    wanted = set(needs)
    lists = [rules["always"], *(rules[need] for need in AccessNeed if need.value in wanted)]
    return list(dict.fromkeys(thing for one in lists for thing in one))


def said(wishes: Wishes) -> list[str]:
    """Say what somebody needs, in words."""
    words = [LABELS[need] for need in AccessNeed if need in wishes.needs]
    if wishes.language is not Language.MANDARIN:
        words.append(f"说{LANGUAGES[wishes.language]}")
    return words + ["要有女工作人员"] * wishes.woman
