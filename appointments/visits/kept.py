"""A team's day as it was promised: read, held by one at a time, and written anew (docs/decisions/0020)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from appointments.models.home_visit import HomeVisit, VisitRound, VisitStop
from appointments.visits import order, roster
from appointments.visits.order import Plan
from appointments.visits.reach import Newcomer
from appointments.visits.round import Round, Stop
from appointments.visits.rules import agreed
from appointments.visits.way import Roads, Spot
from core.db import session
from locator.hours.span import Span

TeamDay = tuple[str, date]
UNSEEN = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands of a team's day: its hours, its pace, and whom it promised to reach when, in order."""

    span: Span
    pace: float
    stops: tuple[Stop, ...] = ()
    spots: tuple[Spot, ...] = ()
    known: Mapping[tuple[str, str], int] = field(default_factory=dict)  # ways it was promised with, by keys

    def without(self, key: str) -> Kept:
        """Leave somebody out."""
        left = [number for number, stop in enumerate(self.stops) if stop.key != key]
        stops, spots = tuple(self.stops[one] for one in left), tuple(self.spots[one] for one in left)
        return replace(self, stops=stops, spots=spots)

    def together_with(self, stop: Stop, spot: Spot) -> Kept:
        """Take somebody in, last of all."""
        return replace(self, stops=(*self.stops, stop), spots=(*self.spots, spot))

    def within(self, hours: Span) -> Kept | None:
        """Give the day in the hours that are left of it; nothing where none are."""
        opens, closes = max(hours.opens, self.span.opens), min(hours.closes, self.span.closes)
        return replace(self, span=Span(opens, closes)) if opens < closes else None

    def laid_out(self, base: Spot, roads: Roads, *, with_lunch: bool = True) -> Round:
        """Lay the day out with its ways. What was promised with a shorter one, before rules changed, keeps it."""
        lunch, opens, closes = agreed().lunch, self.span.opens, self.span.closes
        is_needed = with_lunch and opens <= lunch.begins and lunch.latest + lunch.minutes <= closes
        ways = self._paced(roads).between([base, *self.spots])
        keys = ["", *(stop.key for stop in self.stops)]
        for one, row in zip(keys, ways, strict=True):
            row[:] = [min(way, self.known.get((one, other), way)) for other, way in zip(keys, row, strict=True)]
        return Round(opens, closes, lunch if is_needed else None, self.stops, ways)

    def newcomer(self, home: Spot, base: Spot, roads: Roads, minutes: int) -> Newcomer:
        """Measure the ways to somebody new; they take as long back."""
        paced = self._paced(roads)
        there = [paced.minutes(one, home) for one in (base, *self.spots)]
        return Newcomer(minutes, there, there)

    def _paced(self, roads: Roads) -> Roads:
        return replace(roads, pace=self.pace)


def read(team_ids: Iterable[str], first: date, last: date) -> Mapping[TeamDay, Kept]:
    """Give the days of teams that were promised to anybody, in one statement."""
    columns = (*VisitRound.__table__.c, VisitStop.number, VisitStop.window_from, VisitStop.window_until, VisitStop.way)
    of_visit = (HomeVisit.appointment_id, HomeVisit.minutes, HomeVisit.position, HomeVisit.division_code)
    asked = select(*columns, *of_visit)
    same_day = (VisitStop.team_id == VisitRound.team_id) & (VisitStop.on == VisitRound.on)
    asked = asked.outerjoin(VisitStop, same_day).outerjoin(
        HomeVisit, HomeVisit.appointment_id == VisitStop.appointment_id
    )
    asked = asked.where(VisitRound.team_id.in_(list(team_ids)), VisitRound.on.between(first, last))
    found: dict[TeamDay, Kept] = {}
    for row in session().execute(asked.order_by(VisitRound.team_id, VisitRound.on, VisitStop.number)):
        kept = found.get((row.team_id, row.on)) or Kept(Span(row.opens, row.closes), row.pace)
        if row.number is not None:
            stop = Stop(row.appointment_id, row.window_from, row.window_until, row.minutes)
            before = kept.stops[-1].key if kept.stops else ""
            kept = kept.together_with(stop, spot_of(row.division_code, row.position))
            kept = replace(kept, known={**kept.known, (before, stop.key): row.way})
        found[row.team_id, row.on] = kept
    return found


def hold(team_id: str, on: date, span: Span, roads: Roads) -> Kept:
    """Hold a team's day until the transaction ends, and give it as it then stands. Whoever comes next waits.

    A day that is promised to nobody has the hours and the pace of today.
    """
    make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    told = {"opens": span.opens, "closes": span.closes, "pace": roads.pace, "back_at": span.opens}
    first = make(VisitRound).values(team_id=team_id, on=on, version=1, **told)
    more = {"version": VisitRound.version + 1}
    session().execute(first.on_conflict_do_update(index_elements=["team_id", "on"], set_=more))
    found = read([team_id], on, on)[team_id, on]
    if found.stops:
        return found
    session().execute(update(VisitRound).where(*_of(team_id, on)).values(**told), execution_options=UNSEEN)
    return Kept(span, roads.pace)


def held_again(team_id: str, on: date) -> Kept:
    """Hold a day that was promised to somebody."""
    more = update(VisitRound).where(*_of(team_id, on)).values(version=VisitRound.version + 1)
    session().execute(more, execution_options=UNSEEN)
    return read([team_id], on, on)[team_id, on]


def planned(kept: Kept, base: Spot, roads: Roads, *, in_order: bool = False) -> Plan:
    """Find the best plan of a day, or the times of the order that stands.

    Only where rules changed since the day was promised may none be found: then lunch is left to the team.
    """
    find = order.timed if in_order else order.best
    plan = find(kept.laid_out(base, roads)) or find(kept.laid_out(base, roads, with_lunch=False))
    assert plan is not None  # noqa: S101  # the order that was promised is one, by the ways it was promised with
    return plan


def write(team_id: str, on: date, kept: Kept, plan: Plan) -> None:
    """Write a day's plan in the place of the one before; the database refuses one that breaks a promise."""
    session().flush()
    mine = (VisitStop.team_id == team_id, VisitStop.on == on)
    session().execute(delete(VisitStop).where(*mine), execution_options=UNSEEN)
    for number, leg in enumerate(plan.legs, 1):
        stop = kept.stops[leg.stop]
        row = {
            "number": number,
            "previous": number - 1 or None,
            "appointment_id": stop.key,
            "window_from": stop.earliest,
            "window_until": stop.latest,
            "free_at": leg.free_at,
            "way": leg.way,
            "pause": leg.pause,
            "arrives": leg.arrives,
            "leaves": leg.leaves,
        }
        session().execute(insert(VisitStop).values(team_id=team_id, on=on, **row))
    back = update(VisitRound).where(*_of(team_id, on)).values(back_at=plan.back_at)
    session().execute(back, execution_options=UNSEEN)


def set_hours(team_id: str, on: date, span: Span) -> None:
    """Note the hours that are left of a day."""
    hours = update(VisitRound).where(*_of(team_id, on)).values(opens=span.opens, closes=span.closes)
    session().execute(hours, execution_options=UNSEEN)


def spot_of(division_code: str, position: Mapping[str, float | bool]) -> Spot:
    """Give where a visit is."""
    return roster.spot(division_code, position["lat"], position["lon"], is_exact=bool(position["exact"]))


def arrivals(plan: Plan, stops: Sequence[Stop]) -> dict[str, int]:
    """Say when everybody is reached, by key."""
    return {stops[leg.stop].key: leg.arrives for leg in plan.legs}


def _of(team_id: str, on: date) -> tuple[ColumnElement[bool], ...]:
    return VisitRound.team_id == team_id, VisitRound.on == on
