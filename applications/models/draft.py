"""What a citizen has written so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class Draft(Model):
    """An application that is not handed in yet: saved at every step, resumed on any device (FEATURES A09).

    `changed_in` remembers for each answer in which versions of the draft it changed, and a keyed hash of what to,
    so that two devices can be merged (`applications.merging`).
    """

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    owner_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Sealed("draft.answers", as_json=True))
    changed_in: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    steps_done: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    channel: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    warned_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two devices at once: the second looks again
