"""The decision on an application."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class Decision(Model):
    """Granted or refused, with reasons (RULEBOOK TL-REV, TL-NO). One an application."""

    __tablename__ = "decision"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    application_id: Mapped[str] = mapped_column(Id, ForeignKey("application.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    explanation: Mapped[str] = mapped_column(Sealed("decision.explanation"))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(Id)
    decider_name: Mapped[str] = mapped_column(String(40))
