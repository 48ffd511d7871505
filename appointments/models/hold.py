"""Table: places that are kept for somebody for some minutes, counted among those that are taken (FEATURES B04)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from appointments.models import Kind
from core.db import Id, Model, fresh_id


class Hold(Model):
    """One of the places `slot_use` counts, kept until a moment; then it is anybody's, whether the row is gone or not.

    `owner_index` is somebody with an account, who keeps one time at most; `until` is what was promised, `expires_at`
    comes sooner once they have left.
    """

    __tablename__ = "hold"
    __table_args__ = (
        Index("ix_hold_slot", "station_id", "service", "starts_at", "expires_at"),
        Index("ix_hold_address_index", "address_index"),
        CheckConstraint("expires_at <= until", name="moments"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    secret_index: Mapped[str] = mapped_column(String(64), unique=True)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    service: Mapped[str] = mapped_column(Kind)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    owner_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    address_index: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    expires_at: Mapped[datetime]
    extensions: Mapped[int] = mapped_column(default=0)
