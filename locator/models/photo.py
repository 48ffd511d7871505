"""Photographs of places: what was made anew of them, and since when nobody shows them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class VenuePhoto(Model):
    """A photograph of an entrance (FEATURES C04). Its files carry its id; `set_id` is the edit it waits in.

    `unused_since` is when it was first found shown by no venue: it stays a while, for an edit may be undone.
    """

    __tablename__ = "venue_photo"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    set_id: Mapped[str | None] = mapped_column(Id, ForeignKey("change_set.id"), index=True)
    width: Mapped[int]
    height: Mapped[int]
    uploaded_by: Mapped[str] = mapped_column(String(22))
    uploaded_at: Mapped[datetime]
    unused_since: Mapped[datetime | None] = mapped_column(index=True)
