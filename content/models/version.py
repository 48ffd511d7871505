"""Tables: how often what readers see was changed, and the moments at which it changes by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Model


class ContentVersion(Model):
    """One row: how often what readers may see was changed. Whoever keeps a copy compares it with this."""

    __tablename__ = "content_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    version: Mapped[int]
    changed_at: Mapped[datetime]


class ContentMoment(Model):
    """A moment at which something begins or ends to be shown without anybody doing anything."""

    __tablename__ = "content_moment"

    at: Mapped[datetime] = mapped_column(primary_key=True)
