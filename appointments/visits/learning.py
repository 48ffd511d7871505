"""How long ways really take: a pace for each county, learned from finished visits, bounded, and told with its evidence.

The pace is the mean of what was measured over what was estimated. A number of ways (`prior_legs`) are thought to have
gone as estimated, so that one bad morning changes little; what is wildly off says nothing of the road and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from appointments.models.home_visit import HomeVisit, VisitRound, VisitStop
from appointments.models.team import TravelPace
from appointments.visits import roster
from appointments.visits.rules import Road, agreed
from appointments.visits.times import moment
from core import calendar
from core.db import session

MOST = 500  # ways learned from at once; the rest waits until tomorrow
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """A way on the road as it was estimated with a pace, and as it was, in minutes."""

    county: str
    estimated: float
    pace: float
    took: float

    @property
    def ratio(self) -> float:
        """Say how it was against an estimate without any pace: so the pace settles, and does not swing."""
        return self.took / self.estimated * self.pace


def paced(legs: int, ratios: float, road: Road) -> float:
    """Give the pace that so many ways speak for."""
    mean = (road.prior_legs + ratios) / (road.prior_legs + legs)
    return min(max(mean, road.least), road.most)


def usable(way: Measured, road: Road) -> bool:
    """Say whether a way says anything of the road."""
    return way.estimated > 0 and road.ignore_below <= way.ratio <= road.ignore_above


def learn(*, now: datetime) -> int:
    """Take in what teams stamped on days that are over; say how many ways counted. Each is taken once."""
    road, today = agreed().road, calendar.china_day(now)
    over = (HomeVisit.learned_at.is_(None), HomeVisit.arrived_at.is_not(None), HomeVisit.on < today)
    days = session().execute(select(HomeVisit.team_id, HomeVisit.on).where(*over).distinct().limit(MOST)).all()
    counted = 0
    for team_id, on in days:
        for way in _ways(team_id, on, now):
            if usable(way, road):
                _take(way, road, now)
                counted += 1
    return counted


def _ways(team_id: str, on: date, now: datetime) -> Iterable[Measured]:
    """Give the ways of a day from one door to the next, where nobody had lunch on them or came too early and waited."""
    mine = (VisitStop.team_id == team_id, VisitStop.on == on)
    asked = select(VisitStop, HomeVisit, VisitRound.pace).join(HomeVisit).join(VisitRound)
    rows = session().execute(asked.where(*mine).order_by(VisitStop.number)).all()
    door = agreed().road.door_minutes
    for _, visit, _ in rows:
        visit.learned_at = now
    for (_, before, _), (stop, visit, pace) in pairwise(rows):
        if stop.pause == 0 and before.finished_at and visit.arrived_at:
            left = (before.finished_at - moment(on, 0)) / A_MINUTE
            if left + stop.way >= stop.window_from:
                took = (visit.arrived_at - moment(on, 0)) / A_MINUTE - left
                yield Measured(visit.division_code[: roster.COUNTY_DIGITS], stop.way - door, pace, took - door)


def _take(way: Measured, road: Road, now: datetime) -> None:
    found = session().get(TravelPace, way.county, with_for_update=True)
    if found is None:
        found = TravelPace(county_code=way.county, legs=0, ratios=0.0, factor=1.0, changed_at=now)
        session().add(found)
    found.legs += 1
    found.ratios += way.ratio
    found.factor, found.changed_at = paced(found.legs, found.ratios, road), now
    session().flush()
