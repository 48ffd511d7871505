"""One visit as its team sees it: where, what to take along, who it says it is, and what was done. Its telephones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from accounts import phone
from appointments import attendance, policy
from appointments.doorstep import acts, codes, photos
from appointments.doorstep.acts import Standing
from appointments.doorstep.codes import Card
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit, VisitStop
from appointments.models.team import VisitTeam
from appointments.models.visit_day import TeamContact
from appointments.states import AppointmentState
from appointments.visits import kit
from appointments.visits.times import moment
from appointments.visits.wishes import Wishes
from core import audit
from core.db import session
from core.errors import NotFound, checklist
from core.identity import Actor, Permission, open_to
from locator import policy as places


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit as the team sees it. Where it is and who lives there are shown around its day alone (RULEBOOK 4)."""

    row: Appointment
    visit: HomeVisit
    card: Card
    stands: Standing
    planned: VisitStop | None
    photos: int

    @property
    def arrives_at(self) -> datetime:
        """Give when the team should be there."""
        return moment(self.visit.on, self.planned.arrives if self.planned else self.visit.window_from)

    @property
    def address(self) -> str:
        """Say where."""
        return self.visit.address if self.card.is_shown else ""

    @property
    def access_notes(self) -> str:
        """Say how one gets to the door."""
        return self.visit.access_notes if self.card.is_shown else ""

    @property
    def name(self) -> str:
        """Say who is visited."""
        return self.visit.visitee_name if self.card.is_shown else ""

    @property
    def phone(self) -> str:
        """Give the number to ring on the way."""
        return self.visit.visitee_phone if self.card.is_shown else ""

    @property
    def safety_notes(self) -> str:
        """Say what the team should know for its own safety."""
        return self.visit.safety_notes

    @property
    def needs(self) -> list[str]:
        """Say what the person needs, in words."""
        return kit.said(Wishes.read(self.visit.wishes))

    @property
    def kit(self) -> list[str]:
        """List what to take along."""
        return kit.kit(self.row.needs)

    @property
    def is_over(self) -> bool:
        """Say whether the team has left."""
        return self.stands.finished_at is not None


@open_to(Permission.APPOINTMENTS_ATTEND)
def find(actor: Actor, appointment_id: str, *, now: datetime) -> Stop:
    """Give one visit in one's region. Looking is recorded."""
    found = _stops(HomeVisit.appointment_id == appointment_id, policy.visible_to(actor), now=now)
    if not found:
        raise NotFound("appointment_unknown")
    audit.record(actor, "visit.seen", f"appointment:{appointment_id}", now=now)
    return found[0]


def _stops(*which: ColumnElement[bool], now: datetime) -> list[Stop]:
    standing = Appointment.state != AppointmentState.CANCELLED.value
    asked = (
        select(Appointment, HomeVisit, VisitStop, photos.counted().label("photos"))
        .join(HomeVisit, HomeVisit.appointment_id == Appointment.id)
        .outerjoin(VisitStop, VisitStop.appointment_id == Appointment.id)
        .where(standing, *which)
        .order_by(HomeVisit.team_id, VisitStop.number, Appointment.id)
        .limit(attendance.MOST)
    )
    rows = session().execute(asked).all()
    done = acts.of([row.Appointment.id for row in rows])
    cards = {one.visit.appointment_id: one for one in codes.cards([row.HomeVisit for row in rows], now=now)}
    return [_stop(row, cards, done) for row in rows]


def _stop(row: Any, cards: Mapping[str, Card], done: Mapping[str, Any]) -> Stop:
    key = row.Appointment.id
    return Stop(row.Appointment, row.HomeVisit, cards[key], acts.standing(done[key]), row.VisitStop, row.photos)


@dataclass(frozen=True, slots=True)
class Contact:
    """The telephones of a team that is out, and of whoever is told when it does not come back."""

    team_phone: str
    supervisor_phone: str


@open_to(Permission.APPOINTMENTS_ATTEND)
def contact(actor: Actor, team_id: str) -> tuple[VisitTeam, Contact]:
    """Give a team of one's region and its telephones."""
    own = VisitTeam.station_id.in_(places.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))
    team = session().scalar(select(VisitTeam).where(VisitTeam.id == team_id, own))
    if team is None:
        raise NotFound("visit_team_unknown")
    row = session().get(TeamContact, team_id)
    return team, Contact(row.team_phone, row.supervisor_phone) if row else Contact("", "")


@open_to(Permission.APPOINTMENTS_ATTEND)
def set_contact(actor: Actor, team_id: str, numbers: Contact, *, now: datetime) -> VisitTeam:
    """Say at which numbers a team and its supervisor are reached."""
    team, _ = contact(actor, team_id)
    with checklist() as check:
        for field in ("team_phone", "supervisor_phone"):
            number = getattr(numbers, field)
            check.require(not number or phone.can_be_called(number), "visit_phone_unfit", field)
    row = session().get(TeamContact, team_id) or TeamContact(team_id=team_id)
    row.team_phone, row.supervisor_phone, row.changed_at = numbers.team_phone, numbers.supervisor_phone, now
    session().add(row)
    audit.record(actor, "visit_team.contact", f"visit_team:{team_id}", now=now)
    return team
