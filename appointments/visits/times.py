"""The times somebody can really be visited at: whoever comes is there, free, and nobody else is let down (B07, B08)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from appointments import rota
from appointments.offers import Offer, ServiceKind, menu
from appointments.visits import kept, reach, roster, team
from appointments.visits.kept import Kept
from appointments.visits.rules import Rules, agreed
from appointments.visits.team import Match, Team
from appointments.visits.way import Roads, Spot
from appointments.visits.wishes import Wishes
from core.calendar import ONE_DAY, Calendar, china_day, china_midnight
from core.errors import Malformed
from locator import shown
from locator.coords import Datum, Position
from locator.hours.span import Span
from locator.nearest import geodesic

LONGEST_LOOK = 31
FARTHEST_FROM_NAMED = 40_000  # metres: a point farther from the division it is said to be in was typed for another


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody is visited."""

    division: str
    spot: Spot


class Notice(StrEnum):
    """How soon somebody can come: as the menu says, as soon as an interpreter is found, or as staff arrange it."""

    USUAL = "usual"
    INTERPRETER = "interpreter"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to be visited where, and what counts when it is decided who comes."""

    home: Home
    wishes: Wishes
    notice: Notice = Notice.USUAL

    @property
    def is_usual(self) -> bool:
        """Say whether it goes by the menu's notice and horizon."""
        return self.notice is Notice.USUAL

    def is_too_soon(self, day: date, suits: Match, setting: Setting, now: datetime) -> bool:
        """Say whether those who suit cannot be ready by a day."""
        if self.is_usual or (self.notice is Notice.INTERPRETER and suits.interpreter):
            return day < first_day(suits, setting, now)
        return False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A window somebody can be promised, by the team that suits best; `reasons` say why it does."""

    team: Team
    on: date
    earliest: int
    latest: int
    span: Span
    reasons: tuple[str, ...]
    score: int
    interpreter: bool = False

    @property
    def starts_at(self) -> datetime:
        """Give when the window begins."""
        return moment(self.on, self.earliest)

    @property
    def ends_at(self) -> datetime:
        """Give when the window ends."""
        return moment(self.on, self.latest)


@dataclass(frozen=True, slots=True)
class Day:
    """What can be promised on a day; the note says why it is not as usual, or not sure."""

    date: date
    note: str
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is read once for all the days of a look."""

    teams: Sequence[Team]
    kept: Mapping[tuple[str, date], Kept]
    roads: Roads
    calendar: Calendar
    rules: Rules

    def visits(self, one: Team, day: date) -> int:
        """Count whom a team visits on a day."""
        return len(found.stops) if (found := self.kept.get((one.id, day))) else 0

    def stands(self, one: Team, day: date, span: Span) -> Kept:
        """Give what stands of a team's day; a day that is promised to nobody has the hours and the pace of today."""
        return self.kept[one.id, day] if self.visits(one, day) else Kept(span, self.roads.pace)


def moment(on: date, minute: int) -> datetime:
    """Give the moment of a minute of a day in China."""
    return china_midnight(on) + timedelta(minutes=minute)


def home(division: str, position: Position | None, *, is_exact: bool) -> Home:
    """Take a place from outside: the point counts where it lies in the division it is said to be in, or near."""
    middle = roster.spot(division, None, None)
    if position is None:
        return Home(division, middle)
    plain = position.to(Datum.WGS84)
    off = geodesic.metres(geodesic.spot(plain.lat, plain.lon), geodesic.spot(middle.lat, middle.lon))
    if off > FARTHEST_FROM_NAMED:
        raise Malformed("position_elsewhere")
    return Home(division, roster.spot(division, plain.lat, plain.lon, is_exact=is_exact))


def offer() -> Offer:
    """Give the service as the menu has it."""
    return menu()[ServiceKind.HOME_VISIT]


def days(asked: Asked, first: date, count: int, *, now: datetime) -> list[Day]:
    """Give what can be promised on some days, empty days too: nine statements, however many visits there are."""
    if not 1 <= count <= LONGEST_LOOK:
        raise Malformed("page_size", limit=LONGEST_LOOK)
    wanted = rota.week(first, count)
    setting = look(roster.teams_for(asked.home.division), asked.home, first, wanted[-1])
    last = rota.last_day(offer(), now=now)
    return [
        Day(day, rota.note(day, setting.calendar), best(on_day(asked, setting, day, now=now)) if day <= last else ())
        for day in wanted
    ]


def look(teams: Sequence[Team], at: Home, first: date, last: date) -> Setting:
    """Read what stands of the days of teams."""
    read = kept.read([one.id for one in teams], first, last) if teams else {}
    return Setting(teams, read, roster.roads(at.division), shown.working_days(), agreed())


def on_day(asked: Asked, setting: Setting, day: date, *, now: datetime) -> Iterator[Arrival]:
    """Give every window of every team on a day; the team that has less to do comes first."""
    for one in sorted(setting.teams, key=lambda which: setting.visits(which, day)):
        suits = team.match(one.crew(day), asked.wishes, least=setting.rules.team.least)
        span = one.hours(day, setting.calendar)
        if suits is None or span is None or asked.is_too_soon(day, suits, setting, now):
            continue
        stands = setting.stands(one, day, span)
        for earliest in windows(asked.home.spot, one, stands, setting):
            if moment(day, earliest) >= now + offer().notice * asked.is_usual:
                score = suits.score + asked.wishes.suits(earliest)
                until = earliest + setting.rules.window.minutes
                yield Arrival(one, day, earliest, until, span, suits.reasons, score, suits.interpreter)


def windows(at: Spot, one: Team, stands: Kept, setting: Setting) -> list[int]:
    """Give the minutes windows may begin at so that everybody the team has promised itself to is still reached."""
    rules = setting.rules
    if len(stands.stops) >= rules.team.most_visits:
        return []
    new = stands.newcomer(at, one.base, setting.roads, offer().minutes)
    if new.there[0] > rules.team.farthest:
        return []
    gaps = reach.gaps(stands.laid_out(one.base, setting.roads), new)
    width, step = rules.window.minutes, rules.window.step
    first = -(-stands.span.opens // step) * step
    return [at for at in range(first, stands.span.closes, step) if any(gap.fits(at, at + width) for gap in gaps)]


def best(found: Iterable[Arrival]) -> tuple[Arrival, ...]:
    """Keep one team for each window: the one that suits best."""
    chosen: dict[int, Arrival] = {}
    for one in found:
        if one.earliest not in chosen or one.score > chosen[one.earliest].score:
            chosen[one.earliest] = one
    return tuple(chosen[earliest] for earliest in sorted(chosen))


def in_turn(asked: Asked, starts_at: datetime, *, now: datetime) -> tuple[list[Arrival], Setting]:
    """Give the teams that can come at a moment, the best first."""
    day = china_day(starts_at)
    setting = look(roster.teams_for(asked.home.division), asked.home, day, day)
    if asked.is_usual and day > rota.last_day(offer(), now=now):
        return [], setting
    found = [one for one in on_day(asked, setting, day, now=now) if one.starts_at == starts_at]
    return sorted(found, key=lambda one: -one.score), setting


def nearest(asked: Asked, starts_at: datetime, *, now: datetime, most: int = 3) -> list[Arrival]:
    """Give the windows nearest to one that is not to be had (any more)."""
    first = max(china_day(starts_at) - ONE_DAY * 3, china_day(now))
    free = [one for day in days(asked, first, 14, now=now) for one in day.arrivals if one.starts_at != starts_at]
    return sorted(free, key=lambda one: (abs(one.starts_at - starts_at), one.starts_at))[:most]


def first_day(suits: Match, setting: Setting, now: datetime) -> date:
    """Give the first day: the next that is worked, or as long as it takes to find an interpreter."""
    wait = setting.rules.interpreter_working_days if suits.interpreter else 1
    return setting.calendar.add_working_days(china_day(now), wait)
