"""Two devices write on one draft: whoever changed an answer last is right, and nobody undoes what they never touched.

For each answer the draft remembers in which versions it changed, and a keyed hash of what to: enough to tell whether
a device changed what it was shown, without keeping old answers. Pure but for the key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.crypto import blind_index, canonical

REMEMBERED = 6  # changes of one answer: more than two devices ever lie apart

History = Mapping[str, Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The answers after merging, their history, and what both had changed (the later one stands)."""

    values: dict[str, Any]
    history: dict[str, list[Any]]
    conflicts: tuple[str, ...]


def merge(
    draft_id: str, kept: Mapping[str, Any], history: History, given: Mapping[str, Any], *, base: int, version: int
) -> Merged:
    """Merge what a device gives, who was shown version `base`, into what is kept; the outcome is `version`."""
    values, remembered, conflicts = dict(kept), {name: [*marks] for name, marks in history.items()}, []
    for name, value in given.items():
        marks, mark = remembered.get(name, []), _mark(draft_id, name, value)
        if _untouched(marks, mark, base):
            continue
        if any(at > base and other != mark for at, other in marks):
            conflicts.append(name)
        values[name] = value
        if name not in kept or kept[name] != value:
            remembered[name] = [*marks, [version, mark]][-REMEMBERED:]
    return Merged(values, remembered, tuple(conflicts))


def _untouched(marks: Sequence[Sequence[Any]], mark: str, base: int) -> bool:
    """Say whether a device gives back what it was shown, while another has changed it since."""
    before = [other for at, other in marks if at <= base]
    since = [other for at, other in marks if at > base]
    return bool(since and before and before[-1] == mark)


def _mark(draft_id: str, name: str, value: Any) -> str:
    said = canonical([draft_id, name, value]).decode()
    return blind_index(said, "draft.answer")[:16]
