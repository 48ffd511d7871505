"""Tables: places at an event, who comes, and what came of it (FEATURES D16)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id

STANDS = text("state IN ('coming', 'waiting')")


class EventPlaces(Model):
    """How many places of an event are taken: a row from the first sign-up on. The database holds the promise."""

    __tablename__ = "event_places"
    __table_args__ = (CheckConstraint("0 <= taken AND taken <= capacity", name="places"),)

    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"), primary_key=True)
    capacity: Mapped[int]
    taken: Mapped[int]


class EventSignup(Model):
    """Some people who mean to come. No account, no name: the code finds it again; the number is for texts alone.

    `held_on` is the day they were told; where the page says another, they are told again. `settled_at` is when its
    state was last changed.
    """

    __tablename__ = "event_signup"
    __table_args__ = (
        Index(
            "uq_event_signup_number",
            "article_id",
            "phone_index",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_event_signup_article_id_state", "article_id", "state", "signed_at"),
        Index("ix_event_signup_state_held_on", "state", "held_on"),
        CheckConstraint("state IN ('coming', 'waiting', 'left', 'called_off')", name="state"),
        CheckConstraint("1 <= people", name="people"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    people: Mapped[int]
    phone: Mapped[str | None] = mapped_column(Sealed("event_signup.phone"))
    phone_index: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    held_on: Mapped[date]
    signed_at: Mapped[datetime]
    settled_at: Mapped[datetime]


class EventReport(Model):
    """What came of an event: figures, a few words, photographs of the library. One an event, the last one counts."""

    __tablename__ = "event_report"

    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"), primary_key=True)
    came: Mapped[int]
    asked: Mapped[int]
    copies: Mapped[int]
    words: Mapped[str] = mapped_column(String(500))
    pictures: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reported_by: Mapped[str] = mapped_column(Id)
    reported_at: Mapped[datetime]
