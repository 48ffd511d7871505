"""Finding what is shown now: first what was typed, then what it means, then what sounds or looks like it (D08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from content.search import meaning, sounds, wanted
from content.search.folding import grams
from content.search.newest import newest
from content.search.wanted import AnyOf, Wanted

WINDOW = 100  # so many of the newest are put in order
WIDE_WINDOW = 400
MOST_LOOSE = 40
ENOUGH = 0.5  # of the pairs, where nothing fits


class Way(StrEnum):
    """How what was found goes with what was typed."""

    MEANT = "meant"  # the words, or others that mean the same
    SOUND = "sound"  # words that sound like it
    LOOSE = "loose"  # much of it
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first: revisions, the runs to be marked in them, and what was understood instead."""

    way: Way
    revisions: Sequence[str]
    runs: Sequence[str]
    instead: str = ""


def find(typed: str, *, now: datetime) -> Found:
    """Find revisions that are shown, by what somebody typed."""
    runs = meaning.runs_of(typed)
    if not runs:
        return Found(Way.NOTHING, [], [])
    sought = meaning.meant(runs)
    if found := ranked(sought, meaning.literally(runs), now=now):
        return Found(Way.MEANT, found, list(wanted.runs(sought)))
    return _by_sound(typed, now) or _loosely(runs, now) or Found(Way.NOTHING, [], runs)


def _by_sound(typed: str, now: datetime) -> Found | None:
    for reading in sounds.readings(typed):
        runs = meaning.runs_of(reading)
        sought = meaning.meant(runs)
        if found := ranked(sought, meaning.literally(runs), now=now):
            return Found(Way.SOUND, found, list(wanted.runs(sought)), reading)
    return None


def _loosely(runs: Sequence[str], now: datetime) -> Found | None:
    """Find what has at least half of the pairs, the most first."""
    pairs = list(dict.fromkeys(pair for run in runs for pair in grams(run)[:-1]))
    if not pairs:
        return None
    rows = newest(AnyOf(tuple(pairs)), WIDE_WINDOW, now=now)
    counted = [(sum(pair in row.words for pair in pairs), row) for row in rows]
    fit = [(count, row) for count, row in counted if count >= max(1, len(pairs) * ENOUGH)]
    fit.sort(key=lambda one: (-one[0], -one[1].number))
    revisions = [row.revision_id for _, row in fit[:MOST_LOOSE]]
    return Found(Way.LOOSE, revisions, pairs) if revisions else None


def ranked(sought: Wanted, literal_: Wanted, *, now: datetime) -> list[str]:
    """Put what has it in order: in the title before in the text, as typed before as meant, then the newest."""
    titled = newest(sought, WINDOW, now=now, in_title=True)
    rows = {row.number: row for row in (*titled, *newest(sought, WINDOW, now=now))}

    def place(row: Any) -> tuple[bool, bool, bool, int]:
        return (
            not wanted.is_in(literal_, row.title),
            not wanted.is_in(sought, row.title),
            not wanted.is_in(literal_, row.words),
            -row.number,
        )

    return [row.revision_id for row in sorted(rows.values(), key=place)]
