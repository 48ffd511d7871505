"""A visit as whoever ordered it sees it: when, who comes, what they prepare for. Never where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from appointments import seen
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.seen import Seen
from appointments.visits import kit, ordering, roster
from appointments.visits.team import Worker
from appointments.visits.times import Asked, moment
from appointments.visits.wishes import Relation, Wishes
from core.db import session
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Shown:
    """A visit on a page."""

    appointment: Seen
    visit: HomeVisit
    workers: Sequence[Worker]

    @property
    def starts_at(self) -> datetime:
        """Give the earliest they come."""
        return moment(self.visit.on, self.visit.window_from)

    @property
    def ends_at(self) -> datetime:
        """Give the latest they come."""
        return moment(self.visit.on, self.visit.window_until)

    @property
    def is_for_other(self) -> bool:
        """Say whether it was ordered for somebody else."""
        return self.visit.relation != Relation.SELF

    @property
    def needs(self) -> list[str]:
        """Say what they prepare for."""
        return kit.said(Wishes.read(self.visit.wishes))


def shown(found: Appointment, *, now: datetime) -> Shown:
    """Show a visit."""
    visit = _visit(found)
    team = roster.teams([visit.team_id])[visit.team_id]
    return Shown(seen.together([found], now=now)[0], visit, team.crew(visit.on))


def asked_again(found: Appointment) -> Asked:
    """Give what other windows are looked for by."""
    return ordering.asked_of(_visit(found))


def _visit(found: Appointment) -> HomeVisit:
    visit = session().get(HomeVisit, found.id)
    if visit is None:
        raise NotFound("appointment_link_unknown")
    return visit
