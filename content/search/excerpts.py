"""What of a page is shown where it was found: pieces of words as they are written, those that were sought marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.search import folding

LENGTH = 80
BEFORE = 16
MORE = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words, and whether they are what was sought. Plain text: whoever shows it escapes it."""

    text: str
    is_hit: bool


def pieces(text: str, runs: Sequence[str]) -> list[Piece]:
    """Cut a text at what was sought."""
    made: list[Piece] = []
    done = 0
    for start, end in folding.hits(text, runs):
        made += [Piece(text[done:start], False), Piece(text[start:end], True)]
        done = end
    made.append(Piece(text[done:], False))
    return [one for one in made if one.text]


def excerpt(text: str, runs: Sequence[str]) -> list[Piece]:
    """Give the words round the first that was sought; the beginning where none stands there."""
    line = " ".join(text.split())
    found = folding.hits(line, runs)
    start = max(0, found[0][0] - BEFORE) if found else 0
    cut = line[start : start + LENGTH]
    before, after = MORE * (start > 0), MORE * (start + LENGTH < len(line))
    return pieces(f"{before}{cut}{after}", runs)
