"""Errands: what happens afterwards, written in the same transaction (TRUST R10, FEATURES G03).

Carried out at least once by `core.jobs`; whoever handles an errand must be idempotent.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id, session


class Errand(Model):
    """One thing to be done after the commit. The payload is sealed: it may name a person."""

    __tablename__ = "errand"
    __table_args__ = (Index("ix_errand_waiting", "done_at", "due_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(Sealed("errand.payload", as_json=True))
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(200))


def put(kind: str, *, due_at: datetime, key: str | None = None, **payload: Any) -> None:
    """Leave an errand of this kind, due at a moment (now, or later for a reminder).

    `key` makes it unique: a second errand with the same key is a mistake the database refuses.
    """
    session().add(Errand(kind=kind, key=key or f"{kind}:{fresh_id()}", payload=payload, due_at=due_at))


def put_once(kind: str, *, due_at: datetime, key: str, **payload: Any) -> None:
    """Leave an errand, unless one with this key was left before."""
    if session().scalar(select(Errand.id).where(Errand.key == key)) is None:
        put(kind, due_at=due_at, key=key, **payload)
