"""Words as they are compared: one width, one case, no punctuation; cut into pairs of characters for both engines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

LONGEST = 60  # characters of a question that are looked at
QUOTES = "《》〈〉「」『』“”‘’\"'·•-‐–"  # stand round words or inside them, and part nothing
TITLE = "t"  # before a pair that stands in a title; pairs have two characters, so none looks like this


class _Table(dict[int, str]):
    """What each character becomes, worked out when it first comes."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        made = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", sign).casefold())
        self[code] = "" if sign in QUOTES else made
        return self[code]


_TABLE = _Table()


def fold(text: str) -> str:
    """Give the words of a text as they are compared, a blank where something parts them."""
    return " ".join(text.translate(_TABLE).split())


def grams(run: str) -> list[str]:
    """Cut a run of characters into pairs; the last character stands alone, so pairs never reach over its end."""
    return [run[at : at + 2] for at in range(len(run))]


def indexed(title: str, text: str) -> Iterator[str]:
    """Give every pair of a folded title and text, in order; those of the title once more, marked."""
    for run in title.split():
        yield from (TITLE + pair for pair in grams(run))
    for run in f"{title} {text}".split():
        yield from grams(run)


def asked(words: str, *, in_title: bool = False) -> list[str]:
    """Give the pairs a run must have, one after the other. A run of one character is the beginning of a pair."""
    pairs = grams(words)[:-1] if len(words) > 1 else [words]
    return [TITLE + pair for pair in pairs] if in_title else pairs


def hits(text: str, runs: Sequence[str]) -> list[tuple[int, int]]:
    """Say where in a text as written these folded runs stand, in order and apart."""
    folded, places = _with_places(text)
    found = []
    for run in runs:
        at = folded.find(run)
        while at >= 0 and run:
            found.append((places[at], places[at + len(run) - 1] + 1))
            at = folded.find(run, at + len(run))
    return _apart(sorted(found))


def _with_places(text: str) -> tuple[str, list[int]]:
    folded: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for c in _TABLE[ord(sign)]:
            folded.append(c)
            places.append(place)
    return "".join(folded), places


def _apart(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept
