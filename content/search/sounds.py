"""Words by their sound: pinyin, its initials, and another character of the same sound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pypinyin
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from content.models.search import SearchWord
from content.search import meaning
from content.search.folding import fold
from core.db import session

SHORTEST, LONGEST = 2, 4
LONGEST_SOUND = 40
MOST_READINGS = 5
MOST_STEPS = 4
HAN = re.compile("[\u3400-\U0003ffff]+")


@dataclass(frozen=True, slots=True)
class Sounding:
    """A word, and how it sounds."""

    word: str
    sound: str
    initials: str


def is_han(text: str) -> bool:
    """Say whether a text is written in Chinese characters alone."""
    return bool(HAN.fullmatch(text))


def sounds_of(text: str) -> list[str]:
    """Give the sound of each character, as its neighbours have it."""
    return [one.replace("ü", "v") for one in pypinyin.lazy_pinyin(text)]


def words_in(title: str) -> Iterator[Sounding]:
    """Give every piece of a folded title that may be a word, with its sound in that title."""
    for run in HAN.findall(title):
        sounds = sounds_of(run)
        if len(sounds) != len(run):  # a character nobody knows the sound of
            continue
        for length in range(SHORTEST, LONGEST + 1):
            for at in range(len(run) - length + 1):
                yield _sounding(run[at : at + length], sounds[at : at + length])


def _sounding(word: str, sounds: Sequence[str]) -> Sounding:
    return Sounding(word, "".join(sounds), "".join(one[0] for one in sounds))


def take_in(title: str) -> None:
    """Remember the words of a title; a word already there counts once more."""
    rows = {
        one.word: {"word": one.word, "sound": one.sound, "initials": one.initials, "times": 1}
        for one in words_in(title)
        if len(one.sound) <= LONGEST_SOUND
    }
    if rows:
        dialect = postgresql if session().get_bind().dialect.name == "postgresql" else sqlite
        statement = dialect.insert(SearchWord).values([rows[word] for word in sorted(rows)])
        more = {"times": SearchWord.times + 1}
        session().execute(statement.on_conflict_do_update(index_elements=["word"], set_=more))


def readings(typed: str) -> list[str]:
    """Give what may have been meant by something nothing was found for, the likeliest first."""
    text = fold(typed)
    letters = text.replace(" ", "")
    if letters.isascii() and letters.isalpha():
        return _by_sound(letters) or _by_initials(letters)
    if is_han(letters):
        return [one for one in _by_sound("".join(sounds_of(letters))) if one != text]
    return []


@lru_cache(maxsize=1)
def _known() -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """Give the words of our synonyms by sound and by initials."""
    by_sound, by_initials = defaultdict(list), defaultdict(list)
    for word in (word for group in meaning.groups() for word in group if is_han(word)):
        one = _sounding(word, sounds_of(word))
        by_sound[one.sound].append(word)
        by_initials[one.initials].append(word)
    return by_sound, by_initials


def _by_sound(sound: str) -> list[str]:
    """Find words of exactly this sound; otherwise words one after the other that sound like it together."""
    sound = sound[:LONGEST_SOUND]
    whole = _sounding_like([sound]).get(sound)
    if whole:
        return whole[:MOST_READINGS]
    said: list[str] = []
    rest = sound
    while rest and len(said) < MOST_STEPS:
        found = _sounding_like([rest[:end] for end in range(SHORTEST, len(rest) + 1)])
        if not found:
            return []
        longest = max(found, key=len)
        said.append(found[longest][0])
        rest = rest[len(longest) :]
    return [" ".join(said)] if said and not rest else []


def _sounding_like(sounds: Sequence[str]) -> dict[str, list[str]]:
    by_sound, _ = _known()
    found = {sound: list(by_sound[sound]) for sound in sounds if sound in by_sound}
    rows = select(SearchWord.sound, SearchWord.word).where(SearchWord.sound.in_(sounds))
    for sound, word in session().execute(rows.order_by(SearchWord.times.desc(), SearchWord.word)):
        if word not in found.setdefault(sound, []):
            found[sound].append(word)
    return found


def _by_initials(initials: str) -> list[str]:
    """Find words that begin so, character by character."""
    known = list(_known()[1].get(initials, ()))
    rows = select(SearchWord.word).where(SearchWord.initials == initials)
    rows = rows.order_by(SearchWord.times.desc(), SearchWord.word).limit(MOST_READINGS)
    return list(dict.fromkeys([*known, *session().scalars(rows)]))[:MOST_READINGS]
