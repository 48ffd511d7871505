"""Tables: what an office says of itself in the list of its services."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model


class OfficeStatement(Model):
    """How an office is supervised and what it promises; empty is not yet published (FEATURES D24)."""

    __tablename__ = "office_statement"

    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), primary_key=True)
    supervision: Mapped[str] = mapped_column(String(300), default="")
    promise: Mapped[str] = mapped_column(String(300), default="")
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]
