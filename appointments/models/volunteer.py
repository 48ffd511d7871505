"""Tables: volunteers who sign, speak a dialect or go along, and the hours they gave (FEATURES F21)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id

STANDS = text("left_at IS NULL")


class Volunteer(Model):
    """Somebody who wants to help. They count once staff have accepted them, and are forgotten when they leave."""

    __tablename__ = "volunteer"
    __table_args__ = (
        Index("uq_volunteer_phone", "phone_index", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index("ix_volunteer_division_code", "division_code"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="accepted"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    name: Mapped[str] = mapped_column(Sealed("volunteer.name"))
    phone: Mapped[str] = mapped_column(Sealed("volunteer.phone"))
    phone_index: Mapped[str] = mapped_column(String(64))
    division_code: Mapped[str] = mapped_column(String(12))
    skills: Mapped[list[str]] = mapped_column(JSON)
    about: Mapped[str] = mapped_column(Sealed("volunteer.about"), default="")
    link: Mapped[str] = mapped_column(Sealed("volunteer.link"))
    link_index: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None] = mapped_column(Id)
    left_at: Mapped[datetime | None]


class VolunteerHours(Model):
    """Time a volunteer gave on a day, and what for, in a few words that name nobody."""

    __tablename__ = "volunteer_hours"
    __table_args__ = (CheckConstraint("0 < minutes AND minutes <= 1440", name="minutes"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    volunteer_id: Mapped[str] = mapped_column(Id, ForeignKey("volunteer.id"), index=True)
    on: Mapped[date]
    minutes: Mapped[int]
    what: Mapped[str] = mapped_column(String(40))
    noted_by: Mapped[str] = mapped_column(Id)
    noted_at: Mapped[datetime]


class VolunteerMatch(Model):
    """A volunteer is asked to come along to a visit, for what they can do. They answer for themselves, once."""

    __tablename__ = "volunteer_match"
    __table_args__ = (
        UniqueConstraint("appointment_id", "volunteer_id"),
        CheckConstraint("state IN ('asked', 'accepted', 'declined', 'over')", name="state"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("home_visit.appointment_id"))
    volunteer_id: Mapped[str] = mapped_column(Id, ForeignKey("volunteer.id"), index=True)
    skill: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(12))
    asked_by: Mapped[str] = mapped_column(Id)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
