"""Whoever has closed their account: what was kept for them goes, what is ordered stays by its link (FEATURES G08)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from appointments.models import Appointment
from appointments.models.home_visit import AccessProfile, VisitRequest
from appointments.models.waiting import Waiting
from core.db import session
from core.jobs import handles


@handles("accounts.closed")
def forget_account(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget what somebody needs, and that their orders were theirs: the orders go by their own term (P6)."""
    whose = payload["person_id"]
    session().execute(delete(AccessProfile).where(AccessProfile.person_id == whose))
    for table in (Appointment, VisitRequest, Waiting):
        session().execute(update(table).where(table.person_id == whose).values(person_id=None))
