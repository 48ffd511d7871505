"""Hours as offices write them, in Chinese words, read into a line. What is doubtful is said; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from locator.hours import vocabulary
from locator.hours.clauses import Heard, Said, Unheard, heard
from locator.hours.line import Fault, parse
from locator.hours.schedule import EVERY_DAY, HOLIDAYS, WORKING_DAYS, Rule, Schedule
from locator.hours.season import Season
from locator.hours.span import ALL_DAY, Span, have_overlap, joined
from locator.hours.vocabulary import SUMMER, USUAL, WHOLE_WEEK, WINTER

LONGEST = 500
NO_DAYS = "没有写明星期几，按工作日理解"
MON_TO_FRI = "“周一至周五”按工作日理解：法定节假日不开放，调休上班日照常"
DAILY = "没有写明法定节假日，按不开放理解"
SEASONS = "“夏季”按5月1日至9月30日、“冬季”按10月1日至次年4月30日理解"
ONE_SEASON = "只写了{season}时间，其余月份按同样时间理解"
NOON, EVENING = 12 * 60, 18 * 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text: a line with what was assumed, or none with the words that were not understood."""

    line: str | None
    assumptions: tuple[str, ...] = ()
    leftover: str = ""
    """What does not speak of hours, as a telephone number does not."""
    unread: str = ""

    @property
    def is_certain(self) -> bool:
        """Say whether it was read without assuming anything."""
        return self.line is not None and not self.assumptions


def read(text: str) -> Reading:
    """Read what an office wrote, or a line as it is."""
    try:
        return Reading(str(parse(text)))
    except Fault:
        pass
    if len(text) > LONGEST:
        return Reading(None, unread=text)
    try:
        found = heard(text)
        reader = _Reader(found)
        line = str(parse(str(reader.schedule())))
    except (Unheard, Fault) as doubt:
        words = str(doubt) if isinstance(doubt, Unheard) else ""
        return Reading(None, unread=words or text.strip())
    return Reading(line, tuple(dict.fromkeys(reader.assumptions)), "".join(found.beside))


class _Reader:
    """Puts together what was heard; keeps what had to be assumed."""

    def __init__(self, found: Heard) -> None:
        self.found = found
        self.assumptions: list[str] = []

    def schedule(self) -> Schedule:
        """Make rules: those for every season first, so that the others have the word."""
        groups: dict[frozenset[str], list[Said]] = {}
        for one in self.found.said:
            groups.setdefault(self._days(one), []).append(one)
        rules = [rule for days, said in groups.items() for rule in self._rules(days, said)]
        for closed in map(vocabulary.settled, self.found.closed):
            if closed in groups:
                raise Unheard
            if any(rule.days & closed for rule in rules):
                rules.append(Rule(closed, ()))
        return Schedule(tuple(rules))

    def _days(self, one: Said) -> frozenset[str]:
        """Give the days of a span; say what was assumed of them."""
        too, is_always = self.found.holidays_too, one.span == ALL_DAY and (one.days is None or one.days >= WHOLE_WEEK)
        if too and self.found.are_holidays_off:
            raise Unheard(too)
        if is_always and not self.found.are_holidays_off:
            return EVERY_DAY
        days = WHOLE_WEEK if is_always or (one.days is None and too == "全年无休") else one.days
        if days is None:
            self.assumptions.append(NO_DAYS)
            days = frozenset({WORKING_DAYS})
        return self._with_holidays(self._settled(days))

    def _settled(self, named: frozenset[str]) -> frozenset[str]:
        days = vocabulary.settled(named)
        if days != named:
            self.assumptions.append(MON_TO_FRI)
        return days

    def _with_holidays(self, days: frozenset[str]) -> frozenset[str]:
        too = self.found.holidays_too
        if too and (too != "全年无休" or days >= WHOLE_WEEK):
            return days | {HOLIDAYS}
        if too:
            raise Unheard(too)
        if days >= WHOLE_WEEK and not self.found.are_holidays_off:
            self.assumptions.append(DAILY)
        return days

    def _rules(self, days: frozenset[str], said: Iterable[Said]) -> list[Rule]:
        base, by_season = _sorted(said)
        if not by_season:
            return [_rule(days, base)]
        if not base and len(by_season) == 1:
            return [self._rule_of_one_season(days, *by_season.popitem())]
        seasons = self._seasons(by_season)
        dated = [_rule(days, _merged(base, spans), seasons[name]) for name, spans in by_season.items()]
        dated.sort(key=lambda rule: rule.seasons)
        if not base or _cover_the_year(list(seasons.values())):
            return dated
        halves = set(map(_half, base))
        if any(_half(span) not in halves for spans in by_season.values() for span in spans):
            raise Unheard
        return [_rule(days, base), *dated]

    def _rule_of_one_season(self, days: frozenset[str], name: str | Season, spans: list[Span]) -> Rule:
        """Take a season with dates at its word. Nobody means to be closed for half a year by a word alone."""
        if isinstance(name, Season) or name in self.found.seasons:
            return _rule(days, spans, *self._seasons([name]).values())
        self.assumptions.append(ONE_SEASON.format(season=name))
        return _rule(days, spans)

    def _seasons(self, names: Iterable[str | Season]) -> Mapping[str | Season, Season]:
        """Give the dates of the seasons named: as written, the rest of the year, or as is usual in the south."""
        known = dict(self.found.seasons)
        for name, other in ((SUMMER, WINTER), (WINTER, SUMMER)):
            if name in known:
                known.setdefault(other, known[name].rest)
        words = {name: name if isinstance(name, Season) else known.get(name, USUAL[name]) for name in names}
        if any(isinstance(name, str) and name not in known for name in words):
            self.assumptions.append(SEASONS)
        return words


def _sorted(said: Iterable[Said]) -> tuple[list[Span], dict[str | Season, list[Span]]]:
    base: list[Span] = []
    by_season: dict[str | Season, list[Span]] = {}
    for one in said:
        (base if one.season is None else by_season.setdefault(one.season, [])).append(one.span)
    return base, by_season


def _merged(base: Iterable[Span], spans: list[Span]) -> list[Span]:
    """Let a season have its own afternoon and keep the morning of the rest of the year."""
    halves = set(map(_half, spans))
    return [*spans, *(span for span in base if _half(span) not in halves)]


def _half(span: Span) -> int:
    return (span.opens >= NOON) + (span.opens >= EVENING)


def _cover_the_year(seasons: list[Season]) -> bool:
    return any(one.rest == other for one in seasons for other in seasons)


def _rule(days: frozenset[str], spans: list[Span], *seasons: Season) -> Rule:
    if have_overlap(spans):
        raise Unheard
    return Rule(days, joined(spans), seasons)
