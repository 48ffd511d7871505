"""What people mean: other words for the same thing, as data (FEATURES D08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from content.rulebook import read_from
from content.search.folding import LONGEST, fold
from content.search.wanted import AllOf, AnyOf, Wanted

FILE = "words.toml"
MOST_RUNS = 6
MOST_PIECES = 4


@read_from(FILE)
def groups(said: dict[str, Any]) -> Sequence[tuple[str, ...]]:
    """Give the groups of words that mean the same, folded."""
    return [tuple(map(fold, one["words"])) for one in said["same"]]


@read_from(FILE)
def _group_of(_said: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {word: group for group in groups() for word in group}


def runs_of(text: str) -> list[str]:
    """Give what somebody typed as runs of characters that are compared; of a long text the beginning."""
    return list(dict.fromkeys(fold(text[:LONGEST]).split()))[:MOST_RUNS]


def literally(runs: Sequence[str]) -> Wanted:
    """Want every run as it was typed."""
    return AllOf(tuple(runs))


def meant(runs: Sequence[str]) -> Wanted:
    """Want every run, or what means the same."""
    return AllOf(tuple(_options(run) for run in runs))


def _options(run: str) -> Wanted:
    if run in _group_of():
        return AnyOf(tuple(dict.fromkeys((run, *_group_of()[run]))))
    pieces = _pieces(run)
    if len(pieces) < 2:  # noqa: PLR2004  # one piece says no more than the run
        return AnyOf((run, AllOf(tuple(pieces)))) if pieces and isinstance(pieces[0], AnyOf) else run
    return AnyOf((run, AllOf(tuple(pieces))))


def _pieces(run: str) -> list[Wanted]:
    """Part a run at the words we know, the longest first; what lies between counts where it has two characters."""
    pieces: list[Wanted] = []
    rest = ""
    at = 0
    while at < len(run):
        word = next((run[at:end] for end in range(len(run), at + 1, -1) if run[at:end] in _group_of()), "")
        if word:
            pieces += [*_worth(rest), AnyOf(_group_of()[word])]
            rest = ""
        else:
            rest += run[at]
        at += len(word) or 1
    return [*pieces, *_worth(rest)][:MOST_PIECES] if pieces else []


def _worth(rest: str) -> list[Wanted]:
    return [rest] if len(rest.strip(FILLERS)) > 1 else []


FILLERS = "的了吗呢吧啊怎么办如何我要想请问在被把"
