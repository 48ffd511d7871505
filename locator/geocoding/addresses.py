"""Reading a Chinese address: which division it names, told by the longest chain of names it holds."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from locator import gazetteer, search

SHORTEST = 2
ENDINGS = ("省", "市", "区", "县", "镇", "乡", "街道", "地区", "自治区", "自治州", "自治县", "特别行政区")


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


def named(typed: str) -> list[Named]:
    """Give the divisions an address may mean: the deepest of the longest chain of names; several where names repeat."""
    heard = _heard(typed)
    mentioned = {one.code for one, _, _ in heard}
    best: list[Named] = []
    most = (0, 0, 0)
    for one, end, is_whole in heard:
        weight = (1 + sum(code in mentioned for code in one.above), one.level, is_whole)
        if weight > most:
            most, best = weight, []
        if weight == most:
            best.append(Named(one.code, one.level, typed[end:]))
    return sorted(dict.fromkeys(best), key=lambda one: (one.level, one.code))


def _heard(typed: str) -> list[tuple[_Known, int, bool]]:
    """Give every division whose name stands in the text, with or without its ending; longer ones hide shorter ones."""
    found: list[tuple[_Known, int, bool]] = []
    names, longest = _names()
    start = 0
    while start < len(typed):
        for end in range(min(len(typed), start + longest), start + SHORTEST - 1, -1):
            if known := names.get(typed[start:end]):
                found += [(one, end, is_whole) for one, is_whole in known]
                start = end - 1
                break
        start += 1
    return found


@functools.cache
def _names() -> tuple[Mapping[str, list[tuple[_Known, bool]]], int]:
    names: dict[str, list[tuple[_Known, bool]]] = defaultdict(list)
    for row in gazetteer.divisions(villages=False):
        known = _Known(row.code, row.level, tuple(row.lineage.strip("/").split("/")[:-1]))
        whole = search.letters(row.name)
        names[whole].append((known, True))
        short = _without_ending(whole)
        if len(short) >= SHORTEST and short != whole:
            names[short].append((known, False))
    return names, max(map(len, names))


def _without_ending(name: str) -> str:
    endings = sorted((ending for ending in ENDINGS if name.endswith(ending)), key=len)
    return name.removesuffix(endings[-1]) if endings else name
