"""The line a schedule is kept as, read: a part of OpenStreetMap's `opening_hours`, with `WD` for working days."""

from __future__ import annotations

import functools
import re
from typing import NoReturn

from locator.hours.schedule import ALWAYS, EVERY_DAY, NAMES, NEVER, WEEK, Rule, Schedule
from locator.hours.season import MONTHS, Season
from locator.hours.span import ALL_DAY, DAY, Span, have_overlap, joined

LONGEST = 300
WIDE = str.maketrans("；：，－–—　", ";:,--- ")  # as a Chinese keyboard writes them, sign for sign
DATE = re.compile(rf"({'|'.join(MONTHS)})\s+(\d\d)(?!\d)")
DAYS = re.compile(rf"({'|'.join(NAMES)})\b")
WEEKDAY = re.compile(rf"({'|'.join(WEEK)})\b")
TIME = re.compile(r"(\d\d):([0-5]\d)(?!\d)")


class Fault(ValueError):
    """A line that cannot be read: where (counted from 0), what stands there, and what should."""

    def __init__(self, expected: str, at: int, found: str) -> None:
        """Say what should stand at a place."""
        self.expected, self.at, self.found = expected, at, found
        super().__init__(f"第{at + 1}个字“{found}”：{expected}" if found else f"到末尾为止：{expected}")


@functools.lru_cache(maxsize=4096)
def parse(line: str) -> Schedule:
    """Read a line. Raise `Fault` with the place of the first thing wrong."""
    if len(line) > LONGEST:
        raise Fault(f"一行最多{LONGEST}个字", LONGEST, line[LONGEST : LONGEST + 10])
    scanner = _Scanner(line)
    rules: list[Rule] = []
    while not rules or scanner.takes(";"):
        at = scanner.skip()
        rule = _rule(scanner)
        if any(rule.hides(earlier) for earlier in rules):
            scanner.fail("同样的日子前面已经写过；上下午请写在一起，用逗号隔开", at)
        rules.append(rule)
    scanner.end()
    return Schedule(tuple(rules))


def parse_spans(text: str) -> tuple[Span, ...]:
    """Read the hours of one day: `09:00-12:00,13:30-17:00`, or `off`."""
    scanner = _Scanner(text)
    spans = _spans(scanner)
    scanner.end()
    return spans


def written(spans: tuple[Span, ...]) -> str:
    """Write the hours of one day as `parse_spans` reads them."""
    return ",".join(map(str, spans)) or NEVER


class _Scanner:
    """Goes through a line, and knows where it is."""

    def __init__(self, line: str) -> None:
        self.line, self.at = line.translate(WIDE), 0

    def skip(self) -> int:
        """Pass over blanks; say where that leads."""
        while self.line[self.at : self.at + 1].isspace():
            self.at += 1
        return self.at

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.line, self.skip())
        self.at = found.end() if found else self.at
        return found

    def takes(self, word: str) -> bool:
        is_there = self.line.startswith(word, self.skip())
        self.at += len(word) * is_there
        return is_there

    def need(self, pattern: re.Pattern[str], expected: str) -> re.Match[str]:
        return self.take(pattern) or self.fail(expected)

    def fail(self, expected: str, at: int | None = None) -> NoReturn:
        place = self.skip() if at is None else at
        raise Fault(expected, place, self.line[place : place + 10])

    def end(self) -> None:
        if self.skip() < len(self.line):
            self.fail("这里应写分号，或到此为止")


def _rule(scanner: _Scanner) -> Rule:
    seasons = _seasons(scanner)
    if not seasons and scanner.takes(ALWAYS):
        return Rule(EVERY_DAY, (ALL_DAY,))
    return Rule(_days(scanner), _spans(scanner), seasons)


def _seasons(scanner: _Scanner) -> tuple[Season, ...]:
    made: list[Season] = []
    at, found = scanner.skip(), scanner.take(DATE)
    while found:
        last = scanner.need(DATE, "这里应写日期，如 Sep 30") if scanner.takes("-") else found
        try:
            made.append(Season(_date(found), _date(last)))
        except ValueError:
            scanner.fail("没有这一天", at)
        if not scanner.takes(","):
            break
        at = scanner.skip()
        found = scanner.need(DATE, "这里应写日期，如 May 01")
    if made and not scanner.takes(":"):
        scanner.fail("日期之后应写冒号")
    return tuple(sorted(set(made)))


def _date(found: re.Match[str]) -> tuple[int, int]:
    return MONTHS.index(found[1]) + 1, int(found[2])


def _days(scanner: _Scanner) -> frozenset[str]:
    names: set[str] = set()
    while not names or scanner.takes(","):
        first = scanner.need(DAYS, "这里应写哪些日子：WD、Mo 至 Su、PH")[1]
        names.add(first)
        if first in WEEK and scanner.takes("-"):
            last = scanner.need(WEEKDAY, "这里应写星期几：Mo 至 Su")[1]
            reach = (WEEK.index(last) - WEEK.index(first)) % len(WEEK)
            names |= {WEEK[(WEEK.index(first) + step) % len(WEEK)] for step in range(reach + 1)}
    return frozenset(names)


def _spans(scanner: _Scanner) -> tuple[Span, ...]:
    if scanner.takes(NEVER):
        return ()
    made: list[Span] = []
    while not made or scanner.takes(","):
        at = scanner.skip()
        made.append(_span(scanner, at))
        if have_overlap(made):
            scanner.fail("这段时间与前面的重叠", at)
    return joined(made)


def _span(scanner: _Scanner, at: int) -> Span:
    opens = _minute(scanner.need(TIME, "这里应写时间，如 09:00-12:00"))
    if not scanner.takes("-"):
        scanner.fail("开始时间之后应写“-”和结束时间")
    closes = _minute(scanner.need(TIME, "这里应写结束时间，如 12:00"))
    if closes < opens < DAY:
        closes += DAY  # 18:00-02:00 ends on the day after
    try:
        return Span(opens, closes)
    except ValueError:
        scanner.fail("开始应早于24:00，结束应晚于开始且不超过一整天", at)


def _minute(found: re.Match[str]) -> int:
    return int(found[1]) * 60 + int(found[2])
