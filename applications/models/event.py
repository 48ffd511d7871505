"""The record of events of a case: the timeline is computed from it, so that it cannot disagree (FEATURES A27)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class CaseEvent(Model):
    """One transition or act: who, when, why, on what legal basis (RULEBOOK 1.8). `data` holds codes, never words."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("application_id", "position"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    application_id: Mapped[str] = mapped_column(Id, ForeignKey("application.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str | None] = mapped_column(Id)
    actor_name: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(String(200))
    legal_basis: Mapped[str | None] = mapped_column(String(80))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
