"""Table: which reminders of an appointment went out, and how to learn what became of them (FEATURES B18)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class Reminder(Model):
    """One step of the ladder for one time of an appointment: once, however many workers there are.

    `errand_key` names the text's errand, which knows whether it was handed over; it is empty for telephone calls.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("appointment_id", "step", "starts_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"))
    step: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    made_at: Mapped[datetime]
    errand_key: Mapped[str] = mapped_column(String(120))
    called_at: Mapped[datetime | None]
