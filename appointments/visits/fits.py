"""Which visits a team cannot keep any more: nobody goes then, too few do, or not whom somebody cannot do without.

What a team is to become can be looked at before it is: nothing here writes anything (FEATURES B02, B10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.states import AppointmentState
from appointments.visits import kept, order, ordering, roster, team, times
from appointments.visits.kept import Kept
from appointments.visits.round import Stop
from appointments.visits.rules import agreed
from appointments.visits.team import Team
from appointments.visits.times import Arrival, Asked, Notice, Setting, moment
from appointments.visits.way import Roads
from appointments.visits.wishes import Wishes
from core.calendar import Calendar, china_day
from core.db import session
from locator import queries as places
from locator import shown
from locator.hours.span import Span

FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Open:
    """A visit that lies ahead."""

    row: Appointment
    visit: HomeVisit

    @property
    def wishes(self) -> Wishes:
        """Give what counts when it is decided who comes."""
        return Wishes.read(self.visit.wishes)

    @property
    def asked(self) -> Asked:
        """Give what another team is looked for by: at the time that was promised."""
        return replace(ordering.asked_of(self.visit), notice=Notice.INTERPRETER)


@dataclass(frozen=True, slots=True)
class Ahead:
    """All that a team has promised from today on."""

    days: Mapping[date, Kept]
    visits: Sequence[Open]
    calendar: Calendar
    roads: Roads

    def on(self, day: date) -> list[Open]:
        """Give whom it is to visit on a day, in the order they were promised."""
        return [one for one in self.visits if one.visit.on == day]


def ahead(one: Team, *, now: datetime, on: date | None = None) -> Ahead:
    """Read what a team has promised, from today on or on one day: three statements, and the calendar."""
    first, last = (on, on) if on else (china_day(now), FAR)
    asked = select(Appointment, HomeVisit).join(HomeVisit, HomeVisit.appointment_id == Appointment.id)
    mine = (HomeVisit.team_id == one.id, HomeVisit.on.between(first, last))
    asked = asked.where(*mine, Appointment.state == AppointmentState.BOOKED.value)
    rows = session().execute(asked.order_by(HomeVisit.on, HomeVisit.window_from, Appointment.id)).all()
    visits = [Open(*row) for row in rows if now <= moment(row.HomeVisit.on, row.HomeVisit.window_until)]
    days = {day: found for (_, day), found in kept.read([one.id], first, last).items()}
    return Ahead(days, visits, shown.working_days(), roster.roads(one.area_code))


def unfit(one: Team, known: Ahead) -> list[Open]:
    """Give the visits a team, as it is or as it is to be, cannot keep."""
    lost: list[Open] = []
    for day in sorted({each.visit.on for each in known.visits}):
        keys = _lost_on(one, day, known)
        lost += [each for each in known.on(day) if each.row.id in keys]
    return lost


def left_without(before: Team, after: Team, known: Ahead, setting: Setting, *, now: datetime) -> list[Open]:
    """Give the visits that lose whoever speaks or signs as they need, too late to find an interpreter."""
    found = []
    for each in known.visits:
        least, day = setting.rules.team.least, each.visit.on
        had = team.match(before.crew(day), each.wishes, least=least)
        has = team.match(after.crew(day), each.wishes, least=least)
        was_fine = had is not None and not had.interpreter
        if was_fine and has and has.interpreter and day < times.first_day(has, setting, now):
            found.append(each)
    return found


def others(lost: Sequence[Open], *, besides: str, now: datetime) -> dict[str, Arrival | None]:
    """Foresee who would take them over at the time that was promised; nobody where none can. By appointment."""
    steps = {each.visit.division_code: places.division(each.visit.division_code).steps for each in lost}
    areas = {code for one in steps.values() for code in one}
    teams = [one for one in roster.teams_in(areas) if one.id != besides] if lost else []
    days = [each.visit.on for each in lost]
    held = dict(kept.read([one.id for one in teams], min(days), max(days))) if teams else {}
    roads = {code: roster.roads(code) for code in _counties(steps)}
    found: dict[str, Arrival | None] = {}
    for each in lost:
        code = each.visit.division_code
        near = [one for one in teams if one.area_code in steps[code]]
        setting = Setting(near, held, roads[_county(code)], shown.working_days(), agreed())
        fitting = [a for a in times.on_day(each.asked, setting, each.visit.on, now=now) if _is_same(a, each)]
        best = max(fitting, key=lambda arrival: arrival.score, default=None)
        if best is not None:
            stop = Stop(each.row.id, best.earliest, best.latest, each.visit.minutes)
            stands = setting.stands(best.team, best.on, best.span)
            held[best.team.id, best.on] = stands.together_with(stop, each.asked.home.spot)
        found[each.row.id] = best
    return found


def short_days(one: Team, calendar: Calendar, days: Iterable[date]) -> list[date]:
    """Give the days a team would be out, but with too few."""
    least = agreed().team.least
    return [day for day in days if one.hours(day, calendar) and len(one.crew(day)) < least]


def _lost_on(one: Team, day: date, known: Ahead) -> set[str]:
    hours, crew = one.hours(day, known.calendar), one.crew(day)
    those = known.on(day)
    held = known.days[day]
    less = held.within(hours) if hours else None
    if less is None:
        return {each.row.id for each in those}
    least = agreed().team.least
    lost = {each.row.id for each in those if team.match(crew, each.wishes, least=least) is None}
    for key in lost:
        less = less.without(key)
    if less.span != held.span:
        lost |= _out_of_hours(less, one, known.roads) & {each.row.id for each in those}
    return lost


def _out_of_hours(less: Kept, one: Team, roads: Roads) -> set[str]:
    """Give whom there is no time for any more: the farthest outside the hours first, until the rest can be kept."""
    lost = set()
    while less.stops and order.best(less.laid_out(one.base, roads)) is None:
        farthest = max(less.stops, key=lambda stop: _outside(stop, less.span))
        less = less.without(farthest.key)
        lost.add(farthest.key)
    return lost


def _outside(stop: Stop, span: Span) -> int:
    return max(span.opens - stop.latest, stop.earliest + stop.minutes - span.closes)


def _is_same(arrival: Arrival, each: Open) -> bool:
    return arrival.starts_at == each.row.starts_at


def _counties(codes: Iterable[str]) -> set[str]:
    return {_county(code) for code in codes}


def _county(code: str) -> str:
    return code[: roster.COUNTY_DIGITS]
