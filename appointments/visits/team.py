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
    away: tuple[date, date] | None = None

    def is_there(self, day: date) -> bool:
        """Say whether they are at work on a day."""
        return self.away is None or not self.away[0] <= day <= self.away[1]


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

    def crew(self, day: date) -> Sequence[Worker]:
        """Give who is there on a day."""
        return [one for one in self.workers if one.is_there(day)]

    def hours(self, day: date, calendar: Calendar) -> Span | None:
        """Give when the team is out on a day: on days that are worked, by the shift that holds."""
        if not calendar.is_working(day) or (self.retired_on and day >= self.retired_on):
            return None
        return next((one.span for one in self.shifts if one.holds(day, calendar)), None)


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
