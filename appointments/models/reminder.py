"""Table: which reminders of an appointment went out, and how to learn what became of them (FEATURES B18)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class Reminder(Model):
    """One step of the ladder for one time of an appointment: once, however many workers there are.

    `message_key` names the message, which knows what became of it; it is empty for telephone calls. Its column keeps
    the name it had while an errand was all there was: older code may run beside ours (TRUST O2).
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("appointment_id", "step", "starts_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"))
    step: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    made_at: Mapped[datetime]
    message_key: Mapped[str] = mapped_column("errand_key", String(120))
    called_at: Mapped[datetime | None]
