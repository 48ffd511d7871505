"""Hard words and what they mean, in plain words (FEATURES D10). Data, read by lawyers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.rulebook import read_from


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is explained."""

    id: str
    word: str
    means: str


@read_from("glossary.toml")
def terms(said: dict[str, Any]) -> Mapping[str, Term]:
    """Give every word that is explained."""
    return {one["word"]: Term(code, one["word"], one["means"]) for code, one in said["word"].items()}


def ids() -> Mapping[str, str]:
    """Map words to their ids, as a text that is drawn takes them."""
    return {word: term.id for word, term in terms().items()}


def explained(words: Sequence[str]) -> list[Term]:
    """Give what these words mean, in the order they stand in a text."""
    return [terms()[word] for word in words]
