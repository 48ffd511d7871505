"""Reading the teams that may come to somewhere: who is in them, when they are out, how they really get on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from appointments.models.team import TravelPace, VisitAbsence, VisitShift, VisitTeam, VisitWorker
from appointments.rota import Shift
from appointments.visits.rules import agreed
from appointments.visits.team import Days, Team, Worker
from appointments.visits.way import Roads, Spot
from appointments.visits.wishes import Language, Specialty
from core import settings
from core.db import session
from locator import queries as places
from locator import travel, whereabouts
from locator.hours.span import Span

COUNTY_DIGITS = 6


def teams_for(division: str) -> list[Team]:
    """Give the teams whose area a division lies in, in five statements at most."""
    return teams_in(places.division(division).steps)


def teams_in(areas: Iterable[str]) -> list[Team]:
    """Give the teams of areas."""
    return _teams(VisitTeam.area_code.in_(sorted(areas)))


def teams(ids: Iterable[str]) -> dict[str, Team]:
    """Give teams by their ids."""
    return {one.id: one for one in _teams(VisitTeam.id.in_(sorted(ids)))}


def teams_of(stations: Any) -> list[Team]:
    """Give the teams of stations, named or selected."""
    return _teams(VisitTeam.station_id.in_(stations))


def roads(code: str) -> Roads:
    """Give what ways are estimated with in the county of a division."""
    pace = session().scalar(select(TravelPace.factor).where(TravelPace.county_code == code[:COUNTY_DIGITS]))
    return Roads(travel.load(settings.current().rules_dir), agreed().road, pace or 1.0)


def spot(code: str, lat: float | None, lon: float | None, *, is_exact: bool = True) -> Spot:
    """Give a point with the land round it; a division's own where none is known."""
    land = travel.load(settings.current().rules_dir).terrain(code)
    if lat is None or lon is None:
        middle = whereabouts.of(places.division(code)).position
        return Spot(middle.lat, middle.lon, land, is_exact=False)
    return Spot(lat, lon, land, is_exact)


def _teams(which: ColumnElement[bool]) -> list[Team]:
    rows = session().scalars(select(VisitTeam).where(which).order_by(VisitTeam.id)).all()
    ids = [row.id for row in rows]
    bases = {row.id: row for row in places.stations_by_id({row.station_id for row in rows})} if rows else {}
    workers, away = _workers(ids)
    shifts = _shifts(ids)
    return [
        Team(
            id=row.id,
            name=row.name,
            station_id=row.station_id,
            area_code=row.area_code,
            base=spot(base.division_code, base.lat, base.lon),
            workers=tuple(workers.get(row.id, ())),
            shifts=tuple(shifts.get(row.id, ())),
            retired_on=row.retired_on,
            away=tuple(sorted(away.get(row.id, ()))),
            vehicle=row.vehicle,
        )
        for row in rows
        if (base := bases.get(row.station_id))
    ]


def shift_of(row: VisitShift) -> Shift:
    """Give a shift as it counts."""
    span = Span(row.opens, row.closes)
    return Shift(frozenset(map(int, row.weekdays)), row.first_on, row.last_on, span, row.closes - row.opens, 1)


def worker_of(row: VisitWorker, away: Sequence[Days] = ()) -> Worker:
    """Give somebody of a team as they count."""
    return Worker(
        id=row.id,
        name=row.name,
        work_number=row.work_number,
        is_woman=row.is_woman,
        signs=row.signs,
        languages=frozenset(map(Language, row.languages)),
        specialties=frozenset(map(Specialty, row.specialties)),
        first_on=row.first_on or date.min,
        last_on=row.last_on or date.max,
        away=tuple(away),
    )


def _workers(ids: Sequence[str]) -> tuple[Mapping[str, list[Worker]], Mapping[str, set[Days]]]:
    """Give who is in teams, with the days they are away, and the days on which whole teams are; in one statement."""
    whose = (VisitAbsence.worker_id == VisitWorker.id) | VisitAbsence.worker_id.is_(None)
    asked = select(VisitWorker, VisitAbsence.worker_id, VisitAbsence.first_on, VisitAbsence.last_on)
    asked = asked.outerjoin(VisitAbsence, (VisitAbsence.team_id == VisitWorker.team_id) & whose)
    rows: dict[str, VisitWorker] = {}
    theirs: dict[str, list[Days]] = {}
    teams: dict[str, set[Days]] = {}
    order = (VisitWorker.work_number, VisitWorker.id)
    for row, worker_id, first, last in session().execute(asked.where(VisitWorker.team_id.in_(ids)).order_by(*order)):
        rows[row.id] = row
        if first is not None and worker_id is None:
            teams.setdefault(row.team_id, set()).add((first, last))
        elif first is not None:
            theirs.setdefault(row.id, []).append((first, last))
    found: dict[str, list[Worker]] = {}
    for row in rows.values():
        found.setdefault(row.team_id, []).append(worker_of(row, theirs.get(row.id, ())))
    return found, teams


def _shifts(ids: Sequence[str]) -> Mapping[str, list[Shift]]:
    found: dict[str, list[Shift]] = {}
    asked = select(VisitShift).where(VisitShift.team_id.in_(ids)).order_by(VisitShift.opens, VisitShift.id)
    for row in session().scalars(asked):
        found.setdefault(row.team_id, []).append(shift_of(row))
    return found
