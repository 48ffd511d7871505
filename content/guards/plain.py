"""Words people understand: long sentences, words of officials, how long reading takes (FEATURES D09)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from content.guards.finding import Finding, Place, Weight
from content.guards.rules import FILE, rules
from content.rulebook import read_from
from content.sentences import split

MARKS = re.compile(r"[\s#>*|`\-]|\]\([^)]*\)|!?\[")


def minutes(text: str) -> int:
    """Say how long somebody who reads slowly needs, at least a minute."""
    pace: int = rules()["plain"]["characters_a_minute"]
    return max(1, math.ceil(_length(text) / pace))


def examine(field: str, text: str) -> Iterator[Finding]:
    """Find what is hard to read. All of it is advice."""
    limits, at = rules()["plain"], 0
    for sentence in split(text):
        length = _length(sentence)
        place = Place(field, text, at, at + len(sentence.rstrip()))
        at += len(sentence)
        if length > limits["too_long_sentence"]:
            yield place.found("guard_sentence_too_long", Weight.ADVISES, str(length))
        elif length > limits["long_sentence"]:
            yield place.found("guard_sentence_long", Weight.ADVISES, str(length))
    at = 0
    for paragraph in text.split("\n"):
        if _length(paragraph) > limits["long_paragraph"]:
            yield Place(field, text, at, at + len(paragraph)).found("guard_paragraph_long", Weight.ADVISES)
        at += len(paragraph) + 1


def jargon(field: str, text: str) -> Iterator[Finding]:
    """Find words of officials, each once, with what people say. Titles of laws are left alone."""
    seen: set[str] = set()
    bare = re.sub(r"《[^》]*》", lambda found: " " * len(found[0]), text)
    for match in _pattern().finditer(bare):
        if match[0] not in seen:
            seen.add(match[0])
            place = Place(field, text, match.start(), match.end())
            yield place.found("guard_jargon", Weight.ADVISES, rules()["jargon"][match[0]])


@read_from(FILE)
def _pattern(said: dict[str, Any]) -> re.Pattern[str]:
    longest_first = sorted(said["jargon"], key=len, reverse=True)
    single = [rf"(?<![\u4e00-\u9fff]){one}(?=[\u4e00-\u9fff])" for one in longest_first if len(one) == 1]
    return re.compile("|".join([*(re.escape(one) for one in longest_first if len(one) > 1), *single]))


def _length(text: str) -> int:
    return len(MARKS.sub("", text))
