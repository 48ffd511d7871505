"""A team's day as those see it who drive it: stops in order, minutes between, what to be ready for (FEATURES B10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from appointments import policy as appointments
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit, VisitRound, VisitStop
from appointments.models.team import TravelPace
from appointments.visits import kit, policy, roster
from appointments.visits.team import Team, Worker
from appointments.visits.times import moment
from appointments.visits.wishes import Wishes
from core import audit
from core.db import session
from core.errors import NotFound, checklist
from core.identity import Actor, Permission, open_to
from locator import policy as stations
from locator import shown
from locator.hours.span import Span

LONGEST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A stop of the day. Where it is and who lives there is shown from a day before until a day after."""

    stop: VisitStop
    appointment: Appointment
    visit: HomeVisit
    is_shown: bool

    @property
    def arrives_at(self) -> datetime:
        """Give when the team is expected there."""
        return moment(self.visit.on, self.stop.arrives)

    @property
    def leaves_at(self) -> datetime:
        """Give when it is expected to leave."""
        return moment(self.visit.on, self.stop.leaves)

    @property
    def window(self) -> tuple[datetime, datetime]:
        """Give the window that was promised."""
        return moment(self.visit.on, self.stop.window_from), moment(self.visit.on, self.stop.window_until)

    @property
    def kit(self) -> list[str]:
        """Say what to take along."""
        return kit.kit(self.appointment.needs)

    @property
    def needs(self) -> list[str]:
        """Say what is needed, in words."""
        return kit.said(Wishes.read(self.visit.wishes))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A team's day."""

    team: Team
    on: date
    crew: Sequence[Worker]
    hours: Span | None
    stops: Sequence[Seen]
    back_at: datetime | None
    pace: float
    legs: int


@dataclass(frozen=True, slots=True)
class Outing:
    """A team on a day, in a list: whether it is out, and how many it visits."""

    team: Team
    hours: Span | None
    visits: int


@open_to(Permission.APPOINTMENTS_ATTEND)
def outings(actor: Actor, on: date) -> list[Outing]:
    """Give the teams of one's region on a day."""
    teams = roster.teams_of(stations.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))
    counted = select(VisitStop.team_id, func.count()).where(VisitStop.on == on).group_by(VisitStop.team_id)
    counts: dict[str, int] = {row[0]: row[1] for row in session().execute(counted)}
    calendar = shown.working_days()
    return [Outing(one, one.hours(on, calendar), counts.get(one.id, 0)) for one in teams if not one.retired_on]


@open_to(Permission.APPOINTMENTS_ATTEND)
def of_team(actor: Actor, team_id: str, on: date, *, now: datetime) -> Sheet:
    """Give the day of a team of one's region. Looking is put on record."""
    team = _team(actor, team_id)
    asked = select(VisitStop, Appointment, HomeVisit)
    asked = asked.join(HomeVisit, HomeVisit.appointment_id == VisitStop.appointment_id)
    asked = asked.join(Appointment, Appointment.id == HomeVisit.appointment_id)
    mine = (VisitStop.team_id == team.id, VisitStop.on == on)
    rows = session().execute(asked.where(*mine).order_by(VisitStop.number)).all()
    stops = [Seen(*row, policy.is_address_shown(row[1].starts_at, now=now)) for row in rows]
    round_ = session().get(VisitRound, (team.id, on)) if stops else None
    pace = session().get(TravelPace, team.area_code[: roster.COUNTY_DIGITS])
    audit.record(actor, "visits.day_seen", f"visit_team:{team.id}", now=now, on=on.isoformat(), seen=len(stops))
    return Sheet(
        team=team,
        on=on,
        crew=team.crew(on),
        hours=Span(round_.opens, round_.closes) if round_ else team.hours(on, shown.working_days()),
        stops=stops,
        back_at=moment(on, round_.back_at) if round_ else None,
        pace=pace.factor if pace else 1.0,
        legs=pace.legs if pace else 0,
    )


@open_to(Permission.APPOINTMENTS_ATTEND)
def note_safety(actor: Actor, appointment_id: str, words: str, *, now: datetime) -> None:
    """Write down what a team is to be careful of at a visit of one's region."""
    with checklist() as check:
        check.require(len(words) <= LONGEST_NOTES, "appointment_note_long", "words", limit=LONGEST_NOTES)
    mine = select(HomeVisit).join(Appointment).where(Appointment.id == appointment_id, appointments.visible_to(actor))
    found = session().scalar(mine)
    if found is None:
        raise NotFound("appointment_unknown")
    found.safety_notes = words.strip()
    audit.record(actor, "visit.safety_noted", f"appointment:{appointment_id}", now=now)


def _team(actor: Actor, team_id: str) -> Team:
    found = roster.teams_of(stations.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))
    mine = next((one for one in found if one.id == team_id), None)
    if mine is None:
        raise NotFound("visit_team_unknown")
    return mine
