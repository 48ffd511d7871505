"""Table: orders that somebody has to agree to; their place is theirs meanwhile (FEATURES B22)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model


class Approval(Model):
    """What is asked of the approver, until when, and what they said: once."""

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_decided_at_due_at", "decided_at", "due_at"),
        CheckConstraint("(decided_at IS NULL) = (answer = '')", name="answer"),
    )

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"), primary_key=True)
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(12), default="")
    staff_id: Mapped[str | None] = mapped_column(Id)
