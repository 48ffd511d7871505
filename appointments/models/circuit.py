"""Table: who wants to be told of circuit stops near them (FEATURES B23)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class CircuitWatch(Model):
    """A number that was proven and the division it wants to hear of. `link` in every text ends it at once."""

    __tablename__ = "circuit_watch"
    __table_args__ = (UniqueConstraint("phone_index", "division_code"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    phone: Mapped[str] = mapped_column(Sealed("circuit_watch.phone"))
    phone_index: Mapped[str] = mapped_column(String(64))
    division_code: Mapped[str] = mapped_column(String(12), index=True)
    link: Mapped[str] = mapped_column(Sealed("circuit_watch.link"))
    link_index: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
