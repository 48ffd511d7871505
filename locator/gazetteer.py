"""The divisions and points that come with the service, read from its own files (locator/data/README.md)."""

from __future__ import annotations

import csv
import functools
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "data"
VILLAGE = 5
SIZE = 34_714  # rows of both files


class Row(NamedTuple):
    """A division as the table keeps it."""

    code: str
    name: str
    level: int
    parent_code: str | None
    status: str
    full_name: str
    lineage: str
    pinyin: str
    initials: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where a division is, in WGS-84, and how we know."""

    lat: float
    lon: float
    quality: str


def divisions(*, villages: bool = True) -> list[Row]:
    """Give every division, parents first; without the villages it is quicker."""
    made: dict[str, Row] = {}
    for code, name, level, parent, status, pinyin in _lines("divisions.csv.gz"):
        made[code] = _row(made.get(parent), code, (name, int(level), status, pinyin))
    for code, name, parent, pinyin in _lines("villages.csv.gz") if villages else ():
        made[code] = _row(made[parent], code, (name, VILLAGE, "active", pinyin))
    return list(made.values())


@functools.cache
def points() -> Mapping[str, Point]:
    """Give the points by division code."""
    return {code: Point(float(lat), float(lon), quality) for code, lat, lon, quality in _lines("points.csv.gz")}


def centres() -> dict[str, tuple[float, float]]:
    """Give where the provinces, prefectures and counties outside Hunan have their seats."""
    return {code: (float(lat), float(lon)) for code, lat, lon in _lines("centres.csv.gz")}


def _row(parent: Row | None, code: str, said: tuple[str, int, str, str]) -> Row:
    name, level, status, pinyin = said
    syllables = pinyin.split(" ")
    return Row(
        code=code,
        name=name,
        level=level,
        parent_code=parent.code if parent else None,
        status=status,
        full_name=(parent.full_name if parent else "") + name,
        lineage=f"{parent.lineage if parent else '/'}{code}/",
        pinyin="".join(syllables),
        initials="".join(syllable[0] for syllable in syllables),
    )


def _lines(name: str) -> Iterator[list[str]]:
    with gzip.open(FOLDER / name, "rt", encoding="utf-8", newline="") as file:
        lines = csv.reader(line for line in file if not line.startswith("#"))
        next(lines)  # the names of the columns
        yield from lines
