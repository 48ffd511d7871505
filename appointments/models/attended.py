"""Table: who of the staff attended to which order, so that work can be seen to be shared fairly (FEATURES B21)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model


class Attended(Model):
    """An order that somebody of the staff attended to; whoever said so last counts."""

    __tablename__ = "attended"
    __table_args__ = (Index("ix_attended_attended_at", "attended_at"),)

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"), primary_key=True)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    staff_id: Mapped[str] = mapped_column(Id)
    attended_at: Mapped[datetime]
