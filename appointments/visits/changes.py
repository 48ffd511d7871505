"""What may change about a team, judged and looked at before it is kept: members, shifts, days off, its end (B02).

Each change says what the team would become (`after`), so that a look ahead and the act can never differ. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from appointments.rota import Shift
from appointments.visits import times
from appointments.visits.team import Team, Worker
from appointments.visits.wishes import Language, Specialty
from core.calendar import ONE_DAY
from core.errors import Checklist, NotFound
from locator.hours.span import Span
from locator.staffing import minutes

LONGEST = {"name": 40, "work_number": 24, "vehicle": 40}
LONGEST_ABSENCE = 366
NEW = "new"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a team as they should be; nobody named: somebody new. Away from it after `last_on`."""

    worker_id: str | None
    name: str
    work_number: str
    is_woman: bool = False
    signs: bool = False
    languages: frozenset[Language] = frozenset()
    specialties: frozenset[Specialty] = frozenset()
    first_on: date | None = None
    last_on: date | None = None

    def judge(self, team: Team, check: Checklist, today: date) -> None:
        """Say what is wrong with it."""
        if self.worker_id is not None:
            one_of(team, self.worker_id)
        check.require(self.name.strip(), "visit_worker_name_missing", "name")
        check.require(self.work_number.strip(), "visit_work_number_missing", "work_number")
        for field in ("name", "work_number"):
            limit = LONGEST[field]
            check.require(len(getattr(self, field)) <= limit, "cell_too_long", field, limit=limit)
        check.require((self.first_on or date.min) <= (self.last_on or date.max), "rota_days_order", "last_on")
        check.require(self.last_on is None or self.last_on >= today - ONE_DAY, "rota_past", "last_on")

    def after(self, team: Team) -> Team:
        """Give the team with them."""
        old = next((one for one in team.workers if one.id == self.worker_id), None)
        made = Worker(
            id=self.worker_id or NEW,
            name=self.name.strip(),
            work_number=self.work_number.strip(),
            is_woman=self.is_woman,
            signs=self.signs,
            languages=self.languages,
            specialties=self.specialties,
            first_on=self.first_on or date.min,
            last_on=self.last_on or date.max,
            away=old.away if old else (),
        )
        return replace(team, workers=(*(one for one in team.workers if one is not old), made))


@dataclass(frozen=True, slots=True)
class Outing:
    """When a team is out, week by week, times as typed; a shift named: it changes from `first_on` on."""

    shift: Shift | None
    weekdays: frozenset[int]
    opens: str
    closes: str
    first_on: date
    last_on: date | None = None

    @property
    def made(self) -> Shift:
        """Give the shift that is meant."""
        opens, closes = minutes(self.opens) or 0, minutes(self.closes) or 0
        return Shift(self.weekdays, self.first_on, self.last_on, Span(opens, closes), closes - opens, 1)

    def judge(self, team: Team, check: Checklist, today: date) -> None:
        """Say what is wrong with it."""
        opens, closes = minutes(self.opens), minutes(self.closes)
        check.require(self.weekdays, "rota_weekdays_missing", "weekdays")
        check.require(opens is not None, "rota_time_unfit", "opens")
        is_time = check.require(closes is not None, "rota_time_unfit", "closes")
        earliest = min(today, self.shift.first_on) if self.shift else today
        check.require(self.first_on >= earliest, "rota_past", "first_on")
        check.require(self.last_on is None or self.first_on <= self.last_on, "rota_days_order", "last_on")
        if is_time and opens is not None:
            least = times.offer().minutes
            check.require(self.made.slot_minutes >= least, "rota_span_unfit", "closes", minutes=least)
        others = (one for one in self._left(team) if one.weekdays & self.weekdays)
        is_alone = not any(_meet(one, self.made) for one in others)
        check.require(is_alone, "visit_shift_twice", "weekdays")

    def after(self, team: Team) -> Team:
        """Give the team with it."""
        return replace(team, shifts=(*self._left(team), self.made))

    def _left(self, team: Team) -> list[Shift]:
        left = [one for one in team.shifts if one != self.shift]
        if self.shift is not None and self.shift.first_on < self.first_on:
            left.append(replace(self.shift, last_on=_earlier(self.shift.last_on, self.first_on - ONE_DAY)))
        return left


@dataclass(frozen=True, slots=True)
class OutingEnd:
    """A shift that is kept for the last time on a day."""

    shift: Shift
    last_on: date

    def judge(self, _team: Team, check: Checklist, today: date) -> None:
        """Say what is wrong with it."""
        check.require(self.last_on >= today - ONE_DAY, "rota_past", "last_on")
        is_ahead = self.shift.last_on is None or self.last_on <= self.shift.last_on
        check.require(is_ahead, "rota_over_by_then", "last_on")

    def after(self, team: Team) -> Team:
        """Give the team without it."""
        left = [one for one in team.shifts if one != self.shift]
        ended = [replace(self.shift, last_on=self.last_on)] if self.last_on >= self.shift.first_on else []
        return replace(team, shifts=(*left, *ended))


@dataclass(frozen=True, slots=True)
class Absence:
    """Days somebody of a team is away, or all of it where nobody is named."""

    worker_id: str | None
    first_on: date
    last_on: date

    def judge(self, team: Team, check: Checklist, today: date) -> None:
        """Say what is wrong with it."""
        if self.worker_id is not None:
            one_of(team, self.worker_id)
        is_ordered = check.require(self.first_on <= self.last_on, "rota_days_order", "last_on")
        check.require(self.last_on >= today, "rota_past", "last_on")
        if is_ordered:
            is_short = (self.last_on - self.first_on).days < LONGEST_ABSENCE
            check.require(is_short, "visit_absence_long", "last_on", limit=LONGEST_ABSENCE)

    def after(self, team: Team) -> Team:
        """Give the team without them on those days."""
        days = (self.first_on, self.last_on)
        if self.worker_id is None:
            return replace(team, away=(*team.away, days))
        workers = (replace(o, away=(*o.away, days)) if o.id == self.worker_id else o for o in team.workers)
        return replace(team, workers=tuple(workers))


@dataclass(frozen=True, slots=True)
class End:
    """A team that is no more from a day on."""

    retired_on: date

    def judge(self, _team: Team, check: Checklist, today: date) -> None:
        """Say what is wrong with it."""
        check.require(self.retired_on >= today, "rota_past", "retired_on")

    def after(self, team: Team) -> Team:
        """Give the team as it ends."""
        return replace(team, retired_on=self.retired_on)


Change = Member | Outing | OutingEnd | Absence | End


def one_of(team: Team, worker_id: str) -> Worker:
    """Give somebody of a team."""
    found = next((one for one in team.workers if one.id == worker_id), None)
    if found is None:
        raise NotFound("visit_worker_unknown")
    return found


def _meet(one: Shift, other: Shift) -> bool:
    """Say whether two shifts are kept on the same days: a team goes out once a day, for the day is planned as one."""
    return one.first_on <= (other.last_on or date.max) and other.first_on <= (one.last_on or date.max)


def _earlier(one: date | None, other: date) -> date:
    return min(one or date.max, other)
