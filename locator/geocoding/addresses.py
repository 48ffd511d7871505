"""Reading a Chinese address: which division it names, told by the longest chain of names it holds."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from locator import gazetteer, search

SHORTEST = 2
ENDING = re.compile(r"(?<=..)((?:\w{1,3}族)*(?:自治区|自治州|自治县|乡)|特别行政区|地区|街道|省|市|区|县|镇)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A division an address names, and what of the address comes after it."""

    code: str
    level: int
    rest: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A division as it may stand in an address."""

    code: str
    level: int
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A division whose name, or short name, stands in a text."""

    known: _Known
    start: int
    end: int
    is_whole: bool


def named(typed: str) -> list[Named]:
    """Give the divisions an address may mean: the deepest of the longest chain of names; several where names repeat."""
    heard = _heard(typed)
    ends = {one.known.code: one.end for one in reversed(heard)}
    best: list[Named] = []
    most = (0, 0, False)
    for one in heard:
        chain = 1 + sum(ends.get(code, len(typed) + 1) <= one.start for code in one.known.above)
        if chain == 1 and not one.is_whole and one.end - one.start < len(typed):
            continue  # 火星基地 is not in 火星街道
        weight = (chain, one.known.level, one.is_whole)
        if weight > most:
            most, best = weight, []
        if weight == most:
            best.append(Named(one.known.code, one.known.level, typed[one.end :]))
    return sorted(dict.fromkeys(best), key=lambda one: (one.level, one.code))


def _heard(typed: str) -> list[_Heard]:
    """Give every division whose name stands in the text, with or without its ending; longer ones hide shorter ones."""
    found: list[_Heard] = []
    names, longest = _names()
    start = 0
    while start < len(typed):
        ends = range(min(len(typed), start + longest), start + SHORTEST - 1, -1)
        end = next((end for end in ends if typed[start:end] in names), start)
        found += [_Heard(known, start, end, is_whole) for known, is_whole in names.get(typed[start:end], ())]
        start = max(end, start + 1)
    return found


@functools.cache
def _names() -> tuple[Mapping[str, list[tuple[_Known, bool]]], int]:
    names: dict[str, list[tuple[_Known, bool]]] = defaultdict(list)
    for row in gazetteer.divisions(villages=False):
        whole = search.letters(row.name)
        known = _Known(row.code, row.level, tuple(row.lineage.strip("/").split("/")[:-1]))
        names[whole].append((known, True))
        if len(short := _short(whole)) >= SHORTEST and short != whole:
            names[short].append((known, False))
    return names, max(map(len, names))


def _short(name: str) -> str:
    """Give a name without its ending, as people say it: 石峰区 is 石峰, 𦰡溪瑶族乡 is 𦰡溪."""
    return ENDING.sub("", name)
