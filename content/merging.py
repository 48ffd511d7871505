"""Two people's work put together, sentence by sentence; where both changed the same, both are kept (FEATURES D04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from content.sentences import split


@dataclass(frozen=True, slots=True)
class Clash:
    """A passage both have changed in different ways."""

    before: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A text that holds both people's work; where they clash, theirs stands before mine."""

    text: str
    clashes: tuple[Clash, ...] = ()


def merge(before: str, mine: str, theirs: str) -> Merged:
    """Put together what became of a text in two hands."""
    if mine in (theirs, before):
        return Merged(theirs)
    if theirs == before:
        return Merged(mine)
    base, ours, others = split(before), split(mine), split(theirs)
    pieces: list[str] = []
    clashes: list[Clash] = []
    for start, end, mine_part, their_part in _stretches(base, ours, others):
        was = base[start:end]
        if mine_part in (their_part, was):
            pieces += their_part
        elif their_part == was:
            pieces += mine_part
        else:
            clashes.append(Clash("".join(was), "".join(mine_part), "".join(their_part)))
            pieces += [*_ended(their_part), *mine_part]
    return Merged("".join(pieces), tuple(clashes))


def merge_line(before: str, mine: str, theirs: str) -> Merged:
    """Put a title together: it is one thing, so both versions stand side by side where they clash."""
    if mine in (theirs, before):
        return Merged(theirs)
    if theirs == before:
        return Merged(mine)
    return Merged(f"{theirs} / {mine}", (Clash(before, mine, theirs),))


def _ended(part: list[str]) -> list[str]:
    """End a passage with a line where it is the last of its text, so that what follows begins anew."""
    return [*part, "\n"] if part and not part[-1].endswith("\n") else part


def _stretches(
    base: Sequence[str], ours: Sequence[str], others: Sequence[str]
) -> list[tuple[int, int, list[str], list[str]]]:
    """Cut the three texts where all of them agree; give each stretch with what became of it in either hand."""
    mine, theirs = _kept(base, ours), _kept(base, others)
    found = []
    at = (0, 0, 0)
    for place in [*(one for one in range(len(base)) if one in mine and one in theirs), len(base)]:
        here = (place, mine.get(place, len(ours)), theirs.get(place, len(others)))
        if here != at:
            found.append((at[0], here[0], list(ours[at[1] : here[1]]), list(others[at[2] : here[2]])))
        if place < len(base):
            found.append((place, place + 1, [base[place]], [base[place]]))
        at = (here[0] + 1, here[1] + 1, here[2] + 1)
    return found


def _kept(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Say where each sentence of the base stands in the other text, of those that are still there."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
