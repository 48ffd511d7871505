"""Hard words and what they mean, in plain words (FEATURES D10). Data, read by lawyers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "rules" / "glossary.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is explained."""

    id: str
    word: str
    means: str


@lru_cache(maxsize=1)
def terms() -> Mapping[str, Term]:
    """Give every word that is explained."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))["word"]
    return {one["word"]: Term(code, one["word"], one["means"]) for code, one in said.items()}


def ids() -> Mapping[str, str]:
    """Map words to their ids, as a text that is drawn takes them."""
    return {word: term.id for word, term in terms().items()}


def explained(words: Sequence[str]) -> list[Term]:
    """Give what these words mean, in the order they stand in a text."""
    return [terms()[word] for word in words]
