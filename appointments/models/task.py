"""Table: what a person has to do, because no machine can: ring somebody up, look after something."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class Task(Model):
    """One thing to be done at a station by a moment. `key` keeps it from being left twice.

    Names, numbers and words are sealed, and forgotten half a year after it was done.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_station_id_done_at_due_at", "station_id", "done_at", "due_at"),
        CheckConstraint("(done_at IS NULL) = (result = '')", name="result"),
        CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name="taken"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    reason: Mapped[str] = mapped_column(String(24))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    name: Mapped[str] = mapped_column(Sealed("task.name"))
    phone: Mapped[str] = mapped_column(Sealed("task.phone"))
    note: Mapped[str] = mapped_column(Sealed("task.note"))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    taken_by: Mapped[str | None] = mapped_column(Id)
    taken_name: Mapped[str] = mapped_column(String(60), default="")
    taken_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(String(16), default="")
    answer: Mapped[str] = mapped_column(Sealed("task.answer"), default="")
