"""Tables: who waits for a time, and what they were offered (FEATURES B17)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from appointments.models import Kind
from core.crypto import Sealed
from core.db import Id, Model, fresh_id

STILL_WAITS = text("state = 'waiting'")
IS_OPEN = text("state = 'open'")


class Waiting(Model):
    """Somebody who waits for a time at a station within some days. Whoever has the lowest `rank` comes first."""

    __tablename__ = "waiting"
    __table_args__ = (
        Index(
            "uq_waiting_number",
            "phone_index",
            "station_id",
            "service",
            unique=True,
            sqlite_where=STILL_WAITS,
            postgresql_where=STILL_WAITS,
        ),
        Index("ix_waiting_order", "station_id", "service", "state", "rank", "created_at"),
        CheckConstraint("state IN ('waiting', 'served', 'left', 'over')", name="state"),
        CheckConstraint("first_on <= last_on", name="days"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    person_id: Mapped[str | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    phone: Mapped[str] = mapped_column(Sealed("waiting.phone"))
    phone_index: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Sealed("waiting.name"))
    needs: Mapped[list[str]] = mapped_column(Sealed("waiting.needs", as_json=True))
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    service: Mapped[str] = mapped_column(Kind)
    first_on: Mapped[date]
    last_on: Mapped[date]
    rank: Mapped[int]
    reach: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12))
    unanswered: Mapped[int] = mapped_column(default=0)
    link: Mapped[str] = mapped_column(Sealed("waiting.link"))
    link_index: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class WaitingOffer(Model):
    """A place offered to somebody who waits: never the same time twice, never two at once, and the place is held."""

    __tablename__ = "waiting_offer"
    __table_args__ = (
        UniqueConstraint("waiting_id", "starts_at"),
        Index(
            "uq_waiting_offer_open",
            "waiting_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_waiting_offer_state_until", "state", "until"),
        CheckConstraint("state IN ('open', 'accepted', 'declined', 'unanswered')", name="state"),
        CheckConstraint("(state = 'open') = (hold_id IS NOT NULL)", name="held"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    waiting_id: Mapped[str] = mapped_column(Id, ForeignKey("waiting.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    hold_id: Mapped[str | None] = mapped_column(Id, unique=True)
    until: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
