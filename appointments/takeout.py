"""What we hold about somebody in this slice, for them to take away (FEATURES G08, PIPL 45)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from appointments.models import Appointment
from appointments.models.home_visit import AccessProfile, VisitRequest
from appointments.models.waiting import Waiting
from core.db import session
from core.identity import Actor, Audience, open_to

ORDERED = (
    "reference",
    "service",
    "starts_at",
    "minutes",
    "state",
    "name",
    "phone",
    "note",
    "needs",
    "calling",
    "created_at",
)
ASKED = ("reference", "state", "phone", "asked", "words", "asked_at", "answered_at")
WAITING = ("service", "first_on", "last_on", "state", "name", "phone", "needs", "created_at")
NEEDS = ("said", "agreed_edition", "agreed_at", "changed_at")


@open_to(Audience.CITIZEN)
def mine(actor: Actor) -> dict[str, Any]:
    """Give all of it, as it is kept."""
    return {
        "appointments": _of(select(Appointment).where(Appointment.person_id == actor.id), ORDERED),
        "visit_requests": _of(select(VisitRequest).where(VisitRequest.person_id == actor.id), ASKED),
        "waiting": _of(select(Waiting).where(Waiting.person_id == actor.id), WAITING),
        "needs": _of(select(AccessProfile).where(AccessProfile.person_id == actor.id), NEEDS),
    }


def _of(wanted: Select[Any], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{field: getattr(row, field) for field in fields} for row in session().scalars(wanted)]
