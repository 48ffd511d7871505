"""What is different between two texts, sentence by sentence (FEATURES D04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from content.sentences import split


class Change(StrEnum):
    """What became of a passage."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


CHANGES = {Change.SAME: "没有变", Change.ADDED: "新加的", Change.REMOVED: "删去的"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences in a row with the same fate."""

    change: Change
    text: str


def between(before: str, after: str) -> list[Passage]:
    """Compare two texts: what was removed stands before what was added in its place."""
    old, new = split(before), split(after)
    found: list[Passage] = []
    for fate, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if fate == "equal":
            found.append(Passage(Change.SAME, _joined(old[i:j])))
            continue
        if i < j:
            found.append(Passage(Change.REMOVED, _joined(old[i:j])))
        if k < m:
            found.append(Passage(Change.ADDED, _joined(new[k:m])))
    return found


def _joined(sentences: Sequence[str]) -> str:
    return "".join(sentences)
