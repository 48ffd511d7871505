"""The code both sides hold, so that nobody is let in who only says that they come from legal aid (FEATURES B12).

It is reckoned from the visit and its day with a key, and never stored: on another day, or for a visit that was
cancelled, there is none. Eight figures, for figures have no look-alikes and every telephone can type them.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, or_, select

from accounts import throttle
from appointments import queries
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.models.team import VisitTeam
from appointments.states import AppointmentState
from appointments.visits import roster
from appointments.visits.policy import is_address_shown
from appointments.visits.team import Team, Worker
from appointments.visits.times import moment
from core.calendar import china_day
from core.crypto import blind_index
from core.db import session
from core.errors import NotFound
from core.identity import Actor, Audience, open_to
from locator import queries as places

T = TypeVar("T")
DIGITS = 8
COMING = (AppointmentState.BOOKED.value, AppointmentState.ARRIVED.value)


def code_of(appointment_id: str, on: date) -> str:
    """Reckon the code of a visit on a day: `4827 1936`."""
    drawn = int(blind_index(f"{appointment_id} {on.isoformat()}", "visit.door"), 16) % 10**DIGITS
    figures = f"{drawn:0{DIGITS}}"
    return f"{figures[:4]} {figures[4:]}"


@dataclass(frozen=True, slots=True)
class Card:
    """Who comes, from where, when, and by which code each side knows the other. `code` is empty before its time."""

    visit: HomeVisit
    team: Team
    station: Any
    is_shown: bool

    @property
    def code(self) -> str:
        """Give the code, from the day before on."""
        return code_of(self.visit.appointment_id, self.visit.on) if self.is_shown else ""

    @property
    def crew(self) -> Sequence[Worker]:
        """Give who comes, from the day before on: until then it may still change."""
        return self.team.crew(self.visit.on) if self.is_shown else ()

    @property
    def begins_at(self) -> datetime:
        """Give from when on they are expected."""
        return moment(self.visit.on, self.visit.window_from)

    @property
    def ends_at(self) -> datetime:
        """Give until when."""
        return moment(self.visit.on, self.visit.window_until)


@open_to(Audience.ANYONE)
def card(actor: Actor, link: str, *, now: datetime) -> Card:  # noqa: ARG001  # whoever has a link
    """Give the card of a visit, to whoever ordered it and to whoever is visited."""
    index = queries.link_index(link)
    whose = or_(Appointment.link_index == index, HomeVisit.visitee_link_index == index)
    found = _visits(whose)
    if not found or found[0].on < china_day(now):
        raise NotFound("door_card_unknown")
    return cards(found, now=now)[0]


@open_to(Audience.ANYONE)
def check(actor: Actor, code: str, *, address: str, now: datetime) -> Card | None:  # noqa: ARG001  # anybody at a door
    """Say who is expected by a code today; nothing where nobody is. Every try is counted, and opens nothing sealed."""
    throttle.count_address("door_code", address, now=now)
    figures = "".join(one for one in unicodedata.normalize("NFKC", code) if one.isdecimal() and one.isascii())
    today = china_day(now)
    teams = select(VisitTeam.id)  # leads into the index: all that is read are the visits of today
    expected = _coming(select(HomeVisit.appointment_id)).where(HomeVisit.team_id.in_(teams), HomeVisit.on == today)
    fits = [one for one in session().scalars(expected) if _is_same(code_of(one, today), figures)]
    return cards(_visits(HomeVisit.appointment_id.in_(fits[:1])), now=now)[0] if fits else None


def cards(visits: Sequence[HomeVisit], *, now: datetime) -> list[Card]:
    """Put together what a card says, for visits of one page."""
    teams = roster.teams({one.team_id for one in visits})
    stations = {row.id: row for row in places.stations_by_id({one.station_id for one in teams.values()})}
    return [
        Card(one, team, stations[team.station_id], is_address_shown(moment(one.on, one.window_from), now=now))
        for one in visits
        for team in [teams[one.team_id]]
    ]


def _visits(*which: ColumnElement[bool]) -> Sequence[HomeVisit]:
    return session().scalars(_coming(select(HomeVisit)).where(*which)).all()


def _coming(asked: Select[T]) -> Select[T]:
    return asked.join(Appointment, HomeVisit.appointment_id == Appointment.id).where(Appointment.state.in_(COMING))


def _is_same(code: str, figures: str) -> bool:
    return hmac.compare_digest(code.replace(" ", ""), figures)
