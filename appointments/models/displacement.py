"""Table: orders the office could not keep, and whether the person has said what they want instead."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model


class Displacement(Model):
    """Why an order was taken back by us, in words its person reads. `settled_at`: they have chosen, or let it be."""

    __tablename__ = "displacement"

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"), primary_key=True)
    why: Mapped[str] = mapped_column(String(120))
    displaced_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
