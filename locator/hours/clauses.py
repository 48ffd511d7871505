"""What Chinese words say about hours, one span at a time: on which days, in which season. Nothing is guessed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

from locator.hours import saying, vocabulary
from locator.hours.season import Season
from locator.hours.span import ALL_DAY, Span
from locator.hours.tokens import Sort, Token, tokens

NAMING = (Sort.DAYS, Sort.HOLIDAYS)


class Unheard(Exception):
    """Words that cannot be understood, or not for certain."""


@dataclass(frozen=True, slots=True)
class Said:
    """One span, and what was said of it; no days or no season where none were named."""

    span: Span
    days: frozenset[str] | None
    season: str | Season | None


@dataclass
class Heard:
    """All that was understood of a text."""

    said: list[Said] = field(default_factory=list)
    closed: list[frozenset[str]] = field(default_factory=list)
    seasons: dict[str, Season] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)
    are_holidays_off: bool = False
    holidays_too: str = ""


def heard(text: str) -> Heard:
    """Understand a text, or raise `Unheard` with the words that were not (none: the whole is doubtful)."""
    words = list(tokens(text))
    if unknown := [word.text for word in words if word.sort is Sort.UNKNOWN]:
        raise Unheard("、".join(unknown))
    listener = _Listener()
    for word in words:
        try:
            listener.take(word)
        except ValueError as fault:
            raise Unheard(word.text) from fault
    return listener.end()


@dataclass(frozen=True, slots=True)
class _Outside:
    """What held before a bracket opened."""

    days: frozenset[str] | None
    season: str | Season | None
    waiting_days: bool
    spans: int


@dataclass
class _Listener:
    """Goes through the words, and knows what was said before.

    Days wait until something is said of them, a season until a span follows it; spans from `since` on may still be
    given days or a season by a bracket after them.
    """

    heard: Heard = field(default_factory=Heard)
    days: frozenset[str] | None = None
    season: str | Season | None = None
    part: str = ""
    waiting_days: bool = False
    waiting_season: bool = False
    since: int = 0
    is_after_suffix: bool = False
    is_season_named: bool = False
    before: Sort | None = None
    spoken: Sort | None = None
    outside: list[_Outside] = field(default_factory=list)

    def take(self, word: Token) -> None:
        """Take in the next word."""
        if word.sort is Sort.FILLER:
            return
        getattr(self, f"take_{word.sort}")(word)
        self.before = word.sort
        if word.sort is not Sort.BRACKET:
            self.spoken = word.sort

    def end(self) -> Heard:
        """Give what was understood, when nothing is left waiting."""
        self._pause()
        if self.waiting_days or self.waiting_season or self.outside or not self.heard.said:
            raise Unheard
        return self.heard

    def take_end(self, _word: Token) -> None:
        if self.part:
            raise Unheard(self.part)

    def take_phone(self, word: Token) -> None:
        self.heard.beside.append(word.text)

    def take_part(self, word: Token) -> None:
        self.take_end(word)
        self.part = word.text

    def take_days(self, word: Token) -> None:
        named = vocabulary.days(word.text, word.parts)
        if self.before in NAMING and self.days is not None:
            self.days |= named
            return
        if self.waiting_days:
            raise Unheard(word.text)
        if not self.outside:
            self._pause()
        self.days, self.waiting_days = named, True

    take_holidays = take_days

    def take_holidays_off(self, word: Token) -> None:
        self.heard.are_holidays_off = True
        if self.before in NAMING and "除" not in word.text:  # 周末及节假日休息
            self.take_closed(word)

    def take_holidays_too(self, word: Token) -> None:
        self.heard.holidays_too = word.text

    def take_closed(self, word: Token) -> None:
        if self.before not in NAMING or self.days is None:
            raise Unheard(word.text)
        self.heard.closed.append(self.days)
        self.days, self.waiting_days = None, False

    def take_season(self, word: Token) -> None:
        name = vocabulary.season_word(word.text)
        if self.spoken is Sort.DATES and isinstance(self.season, Season):  # 5月1日至9月30日（夏季）
            self.heard.seasons[name] = self.season
            self.waiting_season = False
        self._enter(name)

    def take_dates(self, word: Token) -> None:
        dates = vocabulary.season(word.parts)
        if self.spoken is Sort.SEASON and isinstance(self.season, str):  # 夏季（5月1日至9月30日）
            self.heard.seasons[self.season] = dates
        else:
            self._enter(dates)

    def take_all_day(self, _word: Token) -> None:
        self._say(ALL_DAY)

    def take_span(self, word: Token) -> None:
        opens, part_of_end, closes = word.parts
        self._say(saying.span(opens or "", closes or "", self.part, part_of_end or ""))

    def take_split(self, word: Token) -> None:
        opens, season, otherwise, closes = (part or "" for part in word.parts)
        part = self.part
        self._say(saying.span(opens, closes, part))
        other = saying.span(otherwise, closes, part)
        self.heard.said.append(Said(other, self.days, vocabulary.season_word(season)))

    def take_bracket(self, word: Token) -> None:
        if word.text in "([【":
            self.outside.append(_Outside(self.days, self.season, self.waiting_days, len(self.heard.said)))
            self.waiting_days = self.is_season_named = False
        elif self.outside:
            outside = self.outside.pop()
            has_spans = len(self.heard.said) > outside.spans
            earlier = not has_spans and len(self.heard.said) > self.since
            self._leave_days(outside, has_spans=has_spans, has_earlier=earlier)
            self._leave_season(outside, has_spans=has_spans, has_earlier=earlier)
        else:
            raise Unheard(word.text)

    def _leave_days(self, outside: _Outside, *, has_spans: bool, has_earlier: bool) -> None:
        """Settle days named within a bracket: for what follows, the same in other words, or for what went before."""
        if not self.waiting_days:
            self.days, self.waiting_days = outside.days, outside.waiting_days and not has_spans
        elif outside.waiting_days and vocabulary.are_one(self.days, outside.days):  # 工作日（周一至周五）
            self.days = outside.days
        elif outside.days is not None or outside.waiting_days:
            raise Unheard
        elif has_earlier:
            self._add(lambda one: dataclasses.replace(one, days=self.days), "days")
            self.days, self.waiting_days = None, False

    def _leave_season(self, outside: _Outside, *, has_spans: bool, has_earlier: bool) -> None:
        """Settle a season named within a bracket, as days are."""
        if has_spans or not self.is_season_named:
            self.season = outside.season
        elif not has_earlier:
            self.waiting_season = True
        elif outside.season is not None:
            raise Unheard
        else:
            self._add(lambda one: dataclasses.replace(one, season=self.season), "season")
            self.season, self.since, self.is_after_suffix = None, len(self.heard.said), True
        self.is_season_named = False

    def _enter(self, season: str | Season) -> None:
        if self.outside:
            self.season, self.is_season_named = season, True
            return
        if self.waiting_season:
            raise Unheard
        self.season, self.waiting_season, self.since = season, True, len(self.heard.said)

    def _say(self, span: Span) -> None:
        self.heard.said.append(Said(span, self.days, self.season))
        self.waiting_days, self.waiting_season, self.part = False, False, ""

    def _add(self, change: Callable[[Said], Said], name: str) -> None:
        """Give spans what a bracket after them says, unless that was said before."""
        recent = self.heard.said[self.since :]
        if any(getattr(one, name) is not None for one in recent):
            raise Unheard
        self.heard.said[self.since :] = map(change, recent)

    def _pause(self) -> None:
        """Begin to speak of other days. What follows `8:30-12:00（夏季）` has a bracket too, or it is doubtful."""
        if self.part or (self.is_after_suffix and any(one.season is None for one in self.heard.said[self.since :])):
            raise Unheard(self.part)
        self.since, self.is_after_suffix = len(self.heard.said), False
