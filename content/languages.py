"""The languages of a page: as written, as translated, or turned into traditional characters by a machine (D15).

What is shown instead of what was asked for is always said: no fallback is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import opencc

from content import reading
from content.kinds import LANGUAGES, Language
from content.reading import Card

ORDER = [one.value for one in LANGUAGES]
CONVERSION = "s2tw"  # characters alone: words of the law stay what they are


@dataclass(frozen=True, slots=True)
class Edition:
    """A language a page can be read in. `is_behind`: the translation is of an earlier text."""

    language: str
    name: str
    slug: str
    is_converted: bool = False
    is_behind: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A page in the language it is shown in. `is_missing`: it was asked for in one there is none of."""

    card: Card
    edition: Edition
    editions: Sequence[Edition]
    is_missing: bool = False


def read(slug: str, language: str | None, *, now: datetime) -> Read:
    """Give a page in a language, in the one it is written in where nobody has translated it."""
    card = reading.find(slug, now=now)
    others = reading.translations(card, now=now)
    every = {one.language: one for one in (*others, card)}
    original = next((one for one in every.values() if one.original_id is None), card)
    editions = [_edition(one, original) for one in sorted(every.values(), key=lambda one: ORDER.index(one.language))]
    if Language.TRADITIONAL not in every and Language.SIMPLIFIED in every:
        name = LANGUAGES[Language.TRADITIONAL]
        editions.append(Edition(Language.TRADITIONAL.value, name, every[Language.SIMPLIFIED].slug, is_converted=True))
    wanted = language or card.language
    chosen = next((one for one in editions if one.language == wanted), None)
    shown = every.get(Language.SIMPLIFIED, card) if chosen is None or chosen.is_converted else every[wanted]
    return Read(shown, chosen or _edition(shown, original), editions, is_missing=chosen is None)


def _edition(card: Card, original: Card) -> Edition:
    behind = card.id != original.id and reading.is_behind(card, original)
    return Edition(card.language, LANGUAGES[Language(card.language)], card.slug, is_behind=behind)


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC(CONVERSION)


def traditional(text: str) -> str:
    """Turn simplified characters into traditional ones. Marks and tags stay as they are."""
    return str(_converter().convert(text))


def converted(card: Card) -> Card:
    """Give a card in traditional characters; its text is turned where it is drawn."""
    return replace(card, title=traditional(card.title), summary=traditional(card.summary))
