"""Table: who went into the room of a talk by video, and when (FEATURES B25)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model


class MeetingEntry(Model):
    """Somebody asked for the way into the room of their talk: one for each time it was ordered for."""

    __tablename__ = "meeting_entry"

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    entered_at: Mapped[datetime]
