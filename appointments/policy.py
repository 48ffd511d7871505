"""Who may see which appointments."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from accounts import queries as people
from appointments.models import Appointment
from core.crypto import blind_index
from core.identity import Actor, ActorKind, Permission
from locator import policy as places


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which appointments an actor may see: their own, those at the stations of their region, or none.

    What was ordered with a number and no account is theirs who signed in with that number (FEATURES B32).
    """
    if actor.kind is ActorKind.STAFF:
        return Appointment.station_id.in_(places.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))
    if actor.kind is not ActorKind.CITIZEN or actor.id is None:
        return false()
    own = Appointment.person_id == actor.id
    number = people.phone_of(actor.id)
    if number is None:
        return own
    return own | (Appointment.person_id.is_(None) & (Appointment.phone_index == index_of(number)))


def index_of(number: str) -> str:
    """Hash a number as appointments are found by it."""
    return blind_index(number, "appointment.phone")
