"""Forgetting: the copy of a message has its term (TRUST P6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from core.db import session
from core.jobs import recurs
from messages import ways
from messages.models import Delivery, Message, Preference, Subscription


def forget(person_id: str) -> None:
    """Forget what somebody was told and how they wished to be told: their account is closed (FEATURES G08)."""
    theirs = select(Message.id).where(Message.person_id == person_id)
    session().execute(delete(Delivery).where(Delivery.message_id.in_(theirs)))
    for table in (Message, Preference, Subscription):
        session().execute(delete(table).where(table.person_id == person_id))


@recurs("message.swept", every=timedelta(days=1))
def sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget messages long past."""
    over = Message.created_at < now - ways.agreed().kept
    session().execute(delete(Delivery).where(Delivery.message_id.in_(select(Message.id).where(over))))
    session().execute(delete(Message).where(over))
