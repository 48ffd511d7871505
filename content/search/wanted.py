"""What is looked for: runs of characters, all of which or any of which must be there. Written for each engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from content.search import folding


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must be there."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must be there."""

    parts: tuple[Wanted, ...]


Wanted: TypeAlias = str | AllOf | AnyOf


def runs(wanted: Wanted) -> Iterator[str]:
    """Give every run that is looked for."""
    if isinstance(wanted, str):
        yield wanted
    else:
        for part in wanted.parts:
            yield from runs(part)


def is_in(wanted: Wanted, text: str) -> bool:
    """Say whether a folded text has it. This is what both engines must answer."""
    if isinstance(wanted, str):
        return wanted in text
    return (all if isinstance(wanted, AllOf) else any)(is_in(part, text) for part in wanted.parts)


def fts5(wanted: Wanted, *, in_title: bool = False) -> str:
    """Write it for SQLite: pairs one after the other are a phrase, so nothing need be looked at again."""
    if isinstance(wanted, str):
        phrase = f'"{" ".join(folding.asked(wanted, in_title=in_title))}"'
        return phrase if len(wanted) > 1 else f"{phrase} *"
    word = " AND " if isinstance(wanted, AllOf) else " OR "
    return f"({word.join(fts5(part, in_title=in_title) for part in wanted.parts)})"


def tsquery(wanted: Wanted, *, in_title: bool = False) -> str:
    """Write it for PostgreSQL: all pairs must be there; that they stand together, `is_in` says."""
    if isinstance(wanted, str):
        pairs = [f"'{pair}'" for pair in folding.asked(wanted, in_title=in_title)]
        return f"({' & '.join(pairs)})" if len(wanted) > 1 else f"{pairs[0]}:*"
    word = " & " if isinstance(wanted, AllOf) else " | "
    return f"({word.join(tsquery(part, in_title=in_title) for part in wanted.parts)})"


def necessary(wanted: Wanted) -> list[str]:
    """Give runs one of which must be there: few and long ones where there is a choice."""
    if isinstance(wanted, str):
        return [wanted]
    parts = [necessary(part) for part in wanted.parts]
    if isinstance(wanted, AnyOf):
        return [run for part in parts for run in part]
    return max(parts, key=lambda runs: (min(map(len, runs)), -len(runs)))
