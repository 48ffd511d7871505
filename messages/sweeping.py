"""Forgetting: the copy of a message has its term (TRUST P6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from core.db import session
from core.jobs import recurs
from messages import ways
from messages.models import Delivery, Message


@recurs("message.swept", every=timedelta(days=1))
def sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget messages long past."""
    over = Message.created_at < now - ways.agreed().kept
    session().execute(delete(Delivery).where(Delivery.message_id.in_(select(Message.id).where(over))))
    session().execute(delete(Message).where(over))
