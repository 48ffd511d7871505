"""Tables: shifts that stand in for a station's usual pace, places taken, appointments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id

Kind = String(24)
STANDS = text("state <> 'cancelled'")


class Rota(Model):
    """A shift of a station for one service, week by week. `weekdays` are digits, 0 is Monday; times are minutes."""

    __tablename__ = "rota"
    __table_args__ = (
        Index("ix_rota_station_id_service", "station_id", "service"),
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="span"),
        CheckConstraint("slot_minutes > 0 AND capacity > 0", name="pace"),
        CheckConstraint("last_on IS NULL OR first_on <= last_on", name="order"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    service: Mapped[str] = mapped_column(Kind)
    weekdays: Mapped[str] = mapped_column(String(7))
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    opens: Mapped[int]
    closes: Mapped[int]
    slot_minutes: Mapped[int]
    capacity: Mapped[int]


class SlotUse(Model):
    """How many places of a time are taken: a row from the first order on. The database holds the promise."""

    __tablename__ = "slot_use"
    __table_args__ = (CheckConstraint("0 <= taken AND taken <= capacity", name="places"),)

    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), primary_key=True)
    service: Mapped[str] = mapped_column(Kind, primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    capacity: Mapped[int]
    taken: Mapped[int]


class Appointment(Model):
    """An order for a time. Whoever has no account is known by their number alone.

    `link` opens it without signing in; it is sealed, and found again by its hash. `sequence` counts what changed, for
    calendars and for texts that come too late. `calling` is how it is safe to call them.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index(
            "uq_appointment_slot_number",
            "station_id",
            "service",
            "starts_at",
            "phone_index",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_appointment_station_id_starts_at", "station_id", "starts_at"),
        Index("ix_appointment_state_starts_at", "state", "starts_at"),
        CheckConstraint("state IN ('booked', 'arrived', 'done', 'no_show', 'cancelled')", name="state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[str | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    phone: Mapped[str] = mapped_column(Sealed("appointment.phone"))
    phone_index: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(Sealed("appointment.name"))
    note: Mapped[str] = mapped_column(Sealed("appointment.note"))
    needs: Mapped[list[str]] = mapped_column(Sealed("appointment.needs", as_json=True))
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    service: Mapped[str] = mapped_column(Kind)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    sequence: Mapped[int] = mapped_column(default=0)
    link: Mapped[str] = mapped_column(Sealed("appointment.link"))
    link_index: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    reach: Mapped[str] = mapped_column(String(8), default="text")
    calling: Mapped[dict[str, str] | None] = mapped_column(Sealed("appointment.calling", as_json=True))
    confirmed_at: Mapped[datetime | None]
