"""Tables: what came of an appointment, how the person found it, and why somebody did not come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model


class Outcome(Model):
    """What came of an appointment and what happens next, as whoever spoke with the person says."""

    __tablename__ = "outcome"

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16))
    next_step: Mapped[str] = mapped_column(Sealed("outcome.next_step"))
    next_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(Id)
    recorded_at: Mapped[datetime]


class Rating(Model):
    """How somebody found it: a row from when they were asked, so that who never answered counts too (F15)."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        CheckConstraint("(score IS NULL) = (rated_at IS NULL)", name="rated"),
    )

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"), primary_key=True)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), index=True)
    asked_at: Mapped[datetime]
    score: Mapped[int | None]
    words: Mapped[str] = mapped_column(Sealed("rating.words"))
    wants_call: Mapped[bool]
    rated_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Sealed("rating.answer"))
    answered_at: Mapped[datetime | None]


class Missed(Model):
    """Somebody did not come: when they were asked why, what they said, and whether they want to be rung."""

    __tablename__ = "missed"

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"), primary_key=True)
    asked_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(16))
    wants_call: Mapped[bool]
    answered_at: Mapped[datetime | None]
