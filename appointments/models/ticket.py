"""Tables: the queue of a station's day: numbers handed out, and who waits (FEATURES B27)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class QueueDay(Model):
    """The number that was handed out last at a station on a day. One statement gives the next."""

    __tablename__ = "queue_day"

    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    last_number: Mapped[int]


class Ticket(Model):
    """A number in the queue. `turn_at` is what it is called by: the time that was ordered, or when they came.

    `phone` is kept only while a text may still be sent to it; `link` opens the ticket without signing in.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("station_id", "on", "number"),
        Index("ix_ticket_station_id_on_state", "station_id", "on", "state"),
        CheckConstraint("state IN ('waiting', 'called', 'served', 'missed', 'left')", name="state"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    on: Mapped[date]
    number: Mapped[int]
    appointment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("appointment.id"), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    is_booked: Mapped[bool]
    turn_at: Mapped[datetime]
    arrived_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    called_by: Mapped[str | None] = mapped_column(Id)
    window: Mapped[str] = mapped_column(String(20), default="")
    over_at: Mapped[datetime | None]
    phone: Mapped[str] = mapped_column(Sealed("ticket.phone"), default="")
    texted_at: Mapped[datetime | None]
    link: Mapped[str] = mapped_column(Sealed("ticket.link"))
    link_index: Mapped[str] = mapped_column(String(64), unique=True)
