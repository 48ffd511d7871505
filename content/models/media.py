"""Tables: pictures of the library."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class LibraryPicture(Model):
    """A picture pages may show. `sha256` is of what came in: the same picture is kept once. Its files carry its id."""

    __tablename__ = "library_picture"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    alt: Mapped[str] = mapped_column(String(100))
    width: Mapped[int]
    height: Mapped[int]
    uploaded_by: Mapped[str] = mapped_column(Id)
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
