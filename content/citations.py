"""Which articles of which laws a text cites: 《劳动合同法》第三十条, as people write it (FEATURES D07)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

SHORTENED = "中华人民共和国"
DIGITS = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMBER = r"[零〇一二三四五六七八九十百千两\d]{1,9}"
LAW = re.compile(r"《([^》\n]{2,60})》")
ARTICLES = re.compile(rf"第({NUMBER})条")
MOST_NUMBER = 9999


class Cited(NamedTuple):
    """An article of a law; article 0 is the law as a whole."""

    law_code: str
    article: int


def found_in(text: str, titles: Mapping[str, str]) -> set[Cited]:
    """Find what a text cites. `titles` maps titles of laws, with and without 中华人民共和国, to their codes."""
    found: set[Cited] = set()
    laws = list(LAW.finditer(text))
    for place, match in enumerate(laws):
        code = titles.get(bare(match[1]))
        if code is None:
            continue
        end = laws[place + 1].start() if place + 1 < len(laws) else len(text)
        sentence = re.split(r"[。；！？!?\n]", text[match.end() : end], maxsplit=1)[0]
        numbers = {read_number(one[1]) for one in ARTICLES.finditer(sentence)} - {0}
        found |= {Cited(code, number) for number in numbers or {0} if number <= MOST_NUMBER}
    return found


def unknown_in(text: str, titles: Mapping[str, str]) -> list[str]:
    """Name the laws of a text that are not on our list."""
    said = dict.fromkeys(match[1] for match in LAW.finditer(text))
    return [one for one in said if bare(one) not in titles and re.search(r"(法|法典|条例|规定|办法|解释)$", bare(one))]


def bare(title: str) -> str:
    """Give a title as it is compared: without the name of the country, and what stands in brackets at its end."""
    return re.sub(r"[（(][^）)]*[）)]$", "", title.strip()).removeprefix(SHORTENED)


def read_number(written: str) -> int:
    """Read a number as laws write it: 一百二十三, or in figures."""
    if written.isdigit():
        return int(written)
    total = current = 0
    for one in written:
        if one in UNITS:
            total += (current or 1) * UNITS[one]
            current = 0
        else:
            current = current * 10 + DIGITS.get(one, int(one) if one.isdigit() else 0)
    return total + current
