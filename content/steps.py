"""What a reader does next: the right step for what a page is about, prefilled (FEATURES D14). Rules are data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from content.rulebook import read_from
from content.search.folding import fold

PREFILLED = "check"
Lists: TypeAlias = Mapping[str, Sequence[str]]
SHORTEST = 2  # characters that say which service is meant
ASKED = ("area", "matter")  # the questions of the pre-check a page can answer


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next. `answers` are what the pre-check begins with, where a topic says it."""

    code: str
    label: str
    why: str
    href: str
    words: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()  # name:value


@read_from("steps.toml")
def _said(said: dict[str, Any]) -> tuple[Mapping[str, Step], Lists, Sequence[str], Lists]:
    made = {
        code: Step(code, one["label"], one["why"], one["href"], tuple(map(fold, one.get("words", ()))))
        for code, one in said["step"].items()
    }
    return made, said["matters"], said["usual"], said["first"]


def after(topics: Collection[str], groups: Collection[str]) -> list[Step]:
    """Give the next steps of a page: what its topics and groups need first, then what always fits."""
    made, matters, usual, first = _said()
    wanted = [code for about in (*topics, *groups) for code in first.get(about, ())]
    known = next((matters[topic] for topic in topics if topic in matters), ())
    answers = tuple(f"{name}:{value}" for name, value in zip(ASKED, known, strict=False))
    steps = [made[code] for code in dict.fromkeys([*wanted, *usual])]
    return [replace(one, answers=answers) if one.code == PREFILLED else one for one in steps]


def found(runs: Sequence[str]) -> list[Step]:
    """Give the services somebody may have looked for by these words."""
    made = _said()[0].values()
    told = [run for run in runs if len(run) >= SHORTEST]
    return [one for one in made if any(run in word or word in run for run in told for word in one.words)]


def ways() -> frozenset[str]:
    """Give the pages of ours that next steps lead to."""
    return frozenset(one.href for one in _said()[0].values() if one.href.startswith("/"))
