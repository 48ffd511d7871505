"""Table: every try to reach somebody who asked to be called (FEATURES B14)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class CallAttempt(Model):
    """One call for an order's time, numbered: two clerks never count the same one. Another time is rung for anew."""

    __tablename__ = "call_attempt"
    __table_args__ = (
        UniqueConstraint("appointment_id", "starts_at", "number"),
        CheckConstraint("number BETWEEN 1 AND 3", name="number"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"))
    starts_at: Mapped[datetime]
    number: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(16))
    staff_id: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]
