"""Laying down who visits people: teams, members, shifts and days off, by those who keep the station (FEATURES B02).

Whoever a change affects is looked at before, and afterwards given to others or told (`handing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from appointments.models.team import VisitAbsence, VisitShift, VisitTeam, VisitWorker
from appointments.rota import Shift
from appointments.visits import fits, handing, roster
from appointments.visits.changes import LONGEST, Absence, Change, End, Member, Outing, OutingEnd
from appointments.visits.fits import Open
from appointments.visits.rules import agreed
from appointments.visits.team import Team
from appointments.visits.times import Arrival, Setting
from core import audit
from core.calendar import ONE_DAY, china_day
from core.db import fresh_id, session
from core.errors import Checklist, NotFound, checklist
from core.identity import Actor, Permission, open_to
from locator import keeping as stations
from locator import policy as kept_by
from locator import queries as places
from locator import shown
from locator.region import Region

LOOK = 21  # days a look ahead goes over


@dataclass(frozen=True, slots=True)
class Plan:
    """A team as somebody wants it: the station it sets out from, the area it visits, its name and what it drives."""

    station: str
    area: str
    name: str
    vehicle: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A team as those see it who keep it."""

    row: VisitTeam
    workers: Sequence[VisitWorker]
    shifts: Sequence[VisitShift]
    absences: Sequence[VisitAbsence]
    short: Sequence[date]


@dataclass(frozen=True, slots=True)
class Affected:
    """A visit that could not be kept, and who would go instead; nobody: another time is offered."""

    visit: Open
    instead: Arrival | None


@dataclass(frozen=True, slots=True)
class Lookahead:
    """What would come of a change: whom it affects, and the days on which too few would be there to go."""

    affected: Sequence[Affected]
    short: Sequence[date]


@open_to(Permission.DIRECTORY_EDIT)
def of_region(actor: Actor, *, now: datetime) -> list[Kept]:
    """Give the teams of one's region that are not over, with all that was laid down: six statements."""
    mine = VisitTeam.station_id.in_(kept_by.ids_kept_by(actor, Permission.DIRECTORY_EDIT))
    return _kept(mine, now=now)


@open_to(Permission.DIRECTORY_EDIT)
def one(actor: Actor, team_id: str, *, now: datetime) -> Kept:
    """Give one of them."""
    return _kept(VisitTeam.id == _own(actor, team_id).id, now=now)[0]


@open_to(Permission.DIRECTORY_EDIT)
def areas(actor: Actor, code: str) -> list[Region]:
    """Give the areas a team of a station may visit: the divisions it lies in and those next below, of one's region."""
    steps = places.division(stations.kept(actor, code).division_code).steps
    own = steps[steps.index(actor.region) :]
    known = places.regions(own)
    below = [area for step in own for area in places.children(step)]
    return list({area.code: area for area in [*(known[step] for step in own), *below]}.values())


@open_to(Permission.DIRECTORY_EDIT)
def put(actor: Actor, plan: Plan, *, team_id: str | None = None, now: datetime) -> VisitTeam:
    """Make a team, or change its name, area and vehicle. What it has promised stays; where it sets out from too."""
    row = _own(actor, team_id, lock=True) if team_id else None
    station = stations.kept(actor, plan.station)
    with checklist() as check:
        check.require(plan.name.strip(), "visit_team_name_missing", "name")
        for field in ("name", "vehicle"):
            limit = LONGEST[field]
            check.require(len(getattr(plan, field)) <= limit, "cell_too_long", field, limit=limit)
        check.require(plan.area in {area.code for area in areas(actor, plan.station)}, "visit_area_unfit", "area")
    if row is None:
        row = VisitTeam(id=fresh_id(), station_id=station.id)
        session().add(row)
    row.area_code, row.name, row.vehicle = plan.area, plan.name.strip(), plan.vehicle.strip()
    session().flush()
    audit.record(actor, "visit_team.put", f"visit_team:{row.id}", now=now)
    return row


@open_to(Permission.DIRECTORY_EDIT)
def preview(actor: Actor, team_id: str, change: Change, *, now: datetime) -> Lookahead:
    """Say what would come of a change before anything is kept."""
    team = _team(_own(actor, team_id))
    after = _judged(team, change, now)
    known = fits.ahead(team, now=now)
    lost = _lost(team, after, known, now)
    instead = fits.others(lost, besides=team.id, now=now)
    short = fits.short_days(after, known.calendar, _days(now))
    return Lookahead([Affected(each, instead[each.row.id]) for each in lost], short)


@open_to(Permission.DIRECTORY_EDIT)
def change(actor: Actor, team_id: str, wanted: Change, *, now: datetime) -> VisitTeam:
    """Change a team; whoever it cannot visit any more is given to others, or told."""
    row = _own(actor, team_id, lock=True)
    team = _team(row)
    after = _judged(team, wanted, now)
    known = fits.ahead(team, now=now)
    lost = _lost(team, after, known, now)
    _keep(row, wanted)
    session().flush()
    days = {each.visit.on for each in known.visits} if isinstance(wanted, Outing | OutingEnd) else set()
    handing.later(row.id, lost, days, now=now)
    what = type(wanted).__name__.lower()
    audit.record(actor, "visit_team.changed", f"visit_team:{row.id}", now=now, what=what, affected=len(lost))
    return row


@open_to(Permission.DIRECTORY_EDIT)
def end_absence(actor: Actor, absence_id: str, *, now: datetime) -> None:
    """Take days off back: they are there after all. What was given to others stays with them."""
    found = session().get(VisitAbsence, absence_id)
    if found is None:
        raise NotFound("visit_absence_unknown")
    row = _own(actor, found.team_id, lock=True)
    session().delete(found)
    audit.record(actor, "visit_team.absence_ended", f"visit_team:{row.id}", now=now)


@open_to(Permission.DIRECTORY_EDIT)
def shift(actor: Actor, team_id: str, shift_id: str) -> Shift:
    """Give a shift of a team of one's region as it counts, to be changed."""
    return roster.shift_of(_shift(_own(actor, team_id), shift_id))


def _kept(which: ColumnElement[bool], *, now: datetime) -> list[Kept]:
    today = china_day(now)
    stands = VisitTeam.retired_on.is_(None) | (VisitTeam.retired_on > today)
    rows = session().scalars(select(VisitTeam).where(which, stands).order_by(VisitTeam.name, VisitTeam.id)).all()
    ids = [row.id for row in rows]
    workers = _by_team(VisitWorker, ids, today, VisitWorker.work_number)
    shifts = _by_team(VisitShift, ids, today, VisitShift.first_on, VisitShift.opens)
    absences = _by_team(VisitAbsence, ids, today, VisitAbsence.first_on)
    calendar, teams = shown.working_days(), roster.teams(ids)
    short = {one.id: fits.short_days(one, calendar, _days(now)) for one in teams.values()}
    return [
        Kept(row, workers.get(row.id, []), shifts.get(row.id, []), absences.get(row.id, []), short[row.id])
        for row in rows
    ]


def _by_team(table: Any, ids: Sequence[str], today: date, *order: Any) -> dict[str, list[Any]]:
    """Give what belongs to teams and is not over."""
    found: dict[str, list[Any]] = {}
    left = table.last_on.is_(None) | (table.last_on >= today)
    for row in session().scalars(select(table).where(table.team_id.in_(ids), left).order_by(*order, table.id)):
        found.setdefault(row.team_id, []).append(row)
    return found


def _own(actor: Actor, team_id: str, *, lock: bool = False) -> VisitTeam:
    """Give a team of a station one keeps that is not over; for a stranger there is none."""
    mine = VisitTeam.station_id.in_(kept_by.ids_kept_by(actor, Permission.DIRECTORY_EDIT))
    asked = select(VisitTeam).where(VisitTeam.id == team_id, mine)
    found = session().scalar(asked.with_for_update() if lock else asked)
    if found is None:
        raise NotFound("visit_team_unknown")
    return found


def _team(row: VisitTeam) -> Team:
    return roster.teams([row.id])[row.id]


def _judged(team: Team, wanted: Change, now: datetime) -> Team:
    """Give the team as it is to be, or say all that is wrong at once."""
    with checklist() as check:
        wanted.judge(team, check, china_day(now))
        if isinstance(wanted, Member):
            _judge_elsewhere(team, wanted, check)
    return wanted.after(team)


def _judge_elsewhere(team: Team, wanted: Member, check: Checklist) -> None:
    """Nobody is in two teams on one day: they would be promised twice."""
    same = (VisitWorker.work_number == wanted.work_number.strip(), VisitWorker.id != (wanted.worker_id or ""))
    first, last = wanted.first_on or date.min, wanted.last_on or date.max
    station = select(VisitTeam.station_id).where(VisitTeam.id == team.id).scalar_subquery()
    there = select(VisitWorker).join(VisitTeam, VisitTeam.id == VisitWorker.team_id)
    rows = session().scalars(there.where(*same, VisitTeam.station_id == station, VisitTeam.retired_on.is_(None)))
    meet = any((row.first_on or date.min) <= last and first <= (row.last_on or date.max) for row in rows)
    check.require(not meet, "visit_worker_elsewhere", "work_number")


def _lost(team: Team, after: Team, known: fits.Ahead, now: datetime) -> list[Open]:
    """Give the visits a change takes the team from, each once, in order."""
    setting = Setting([], {}, known.roads, known.calendar, agreed())
    unaided = fits.left_without(team, after, known, setting, now=now)
    keys = {each.row.id for each in [*fits.unfit(after, known), *unaided]}
    return [each for each in known.visits if each.row.id in keys]


def _keep(row: VisitTeam, wanted: Change) -> None:
    if isinstance(wanted, End):
        row.retired_on = wanted.retired_on
    elif isinstance(wanted, Member):
        _keep_member(row, wanted)
    elif isinstance(wanted, Absence):
        days = {"first_on": wanted.first_on, "last_on": wanted.last_on}
        session().add(VisitAbsence(team_id=row.id, worker_id=wanted.worker_id, **days))
    elif isinstance(wanted, OutingEnd):
        _end_shift(row, wanted)
    else:
        _keep_shift(row, wanted)


def _keep_member(row: VisitTeam, wanted: Member) -> None:
    found = session().get_one(VisitWorker, wanted.worker_id) if wanted.worker_id else VisitWorker(team_id=row.id)
    found.name, found.work_number = wanted.name.strip(), wanted.work_number.strip()
    found.is_woman, found.signs = wanted.is_woman, wanted.signs
    found.languages, found.specialties = sorted(wanted.languages), sorted(wanted.specialties)
    found.first_on, found.last_on = wanted.first_on, wanted.last_on
    session().add(found)


def _end_shift(row: VisitTeam, wanted: OutingEnd) -> None:
    old = _row_of(row, wanted.shift)
    if wanted.last_on < old.first_on:
        session().delete(old)
    else:
        old.last_on = wanted.last_on


def _keep_shift(row: VisitTeam, wanted: Outing) -> None:
    old = _row_of(row, wanted.shift) if wanted.shift else None
    if old is None or old.first_on < wanted.first_on:
        if old is not None:
            old.last_on = wanted.first_on - ONE_DAY
        old = VisitShift(team_id=row.id)
        session().add(old)
    made = wanted.made
    old.weekdays = "".join(str(day) for day in sorted(made.weekdays))
    old.first_on, old.last_on = made.first_on, made.last_on
    old.opens, old.closes = made.span.opens, made.span.closes


def _shift(row: VisitTeam, shift_id: str) -> VisitShift:
    found = session().scalar(select(VisitShift).where(VisitShift.id == shift_id, VisitShift.team_id == row.id))
    if found is None:
        raise NotFound("rota_unknown")
    return found


def _row_of(row: VisitTeam, wanted: Shift) -> VisitShift:
    rows = session().scalars(select(VisitShift).where(VisitShift.team_id == row.id))
    return next(one for one in rows if roster.shift_of(one) == wanted)


def _days(now: datetime) -> list[date]:
    return [china_day(now) + timedelta(days=ahead) for ahead in range(LOOK)]
