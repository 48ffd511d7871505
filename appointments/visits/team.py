"""A team: who is in it on a day, whether it can do what somebody cannot do without, and how well it suits (B08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from appointments.rota import Shift
from appointments.visits.way import Spot
from appointments.visits.wishes import LANGUAGES, SPECIALTIES, Language, Specialty, Wishes
from core.calendar import Calendar
from locator.hours.span import Span

Days = tuple[date, date]  # the first and the last


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of a team and what they can do."""

    id: str
    name: str
    work_number: str
    is_woman: bool
    signs: bool
    languages: frozenset[Language]
    specialties: frozenset[Specialty]
    first_on: date = date.min
    last_on: date = date.max
    away: tuple[Days, ...] = ()

    def is_there(self, day: date) -> bool:
        """Say whether they are in the team and at work on a day."""
        return self.first_on <= day <= self.last_on and not covered(self.away, day)


@dataclass(frozen=True, slots=True)
class Match:
    """How a team suits: what speaks for it, and whether an interpreter has to come along."""

    reasons: tuple[str, ...]
    score: int
    interpreter: bool


@dataclass(frozen=True, slots=True)
class Team:
    """A team, its base, who is in it and when it is out."""

    id: str
    name: str
    station_id: str
    area_code: str
    base: Spot
    workers: tuple[Worker, ...]
    shifts: tuple[Shift, ...]
    retired_on: date | None = None
    away: tuple[Days, ...] = ()
    vehicle: str = ""

    def crew(self, day: date) -> Sequence[Worker]:
        """Give who is there on a day."""
        return [one for one in self.workers if one.is_there(day)]

    def hours(self, day: date, calendar: Calendar) -> Span | None:
        """Give when the team is out on a day: on days that are worked, by the shift that holds."""
        is_over = self.retired_on is not None and day >= self.retired_on
        if is_over or covered(self.away, day) or not calendar.is_working(day):
            return None
        return next((one.span for one in self.shifts if one.holds(day, calendar)), None)


def covered(away: Sequence[Days], day: date) -> bool:
    """Say whether a day is one of those somebody is away on."""
    return any(first <= day <= last for first, last in away)


def match(crew: Sequence[Worker], wishes: Wishes, *, least: int) -> Match | None:
    """Say how those who are there suit; nothing where there are too few of them, or a woman is asked for in vain."""
    if len(crew) < least or (wishes.woman and not any(one.is_woman for one in crew)):
        return None
    speaks = wishes.language is Language.MANDARIN or any(wishes.language in one.languages for one in crew)
    signs = not wishes.signs or any(one.signs for one in crew)
    for_it = [
        (wishes.language is not Language.MANDARIN and speaks, 4, f"会说{LANGUAGES[wishes.language]}"),
        (wishes.signs and signs, 4, "会手语"),
        (wishes.woman, 0, "有女工作人员"),
        *_knowing(crew, wishes.specialty),
    ]
    said = tuple(words for holds, _, words in for_it if holds)
    needs_interpreter = not (speaks and signs)
    if needs_interpreter:
        said = (*said, "带翻译来")
    return Match(said, sum(points for holds, points, _ in for_it if holds), needs_interpreter)


def _knowing(crew: Sequence[Worker], specialty: Specialty | None) -> list[tuple[bool, int, str]]:
    if specialty is None:
        return []
    return [(any(specialty in one.specialties for one in crew), 2, f"办过“{SPECIALTIES[specialty]}”这类事")]
