"""Tables: pictures and films of the library."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class LibraryPicture(Model):
    """A picture pages may show. `sha256` is of what came in: the same picture is kept once. Its files carry its id.

    `focus` is what must stay in sight where little of it is shown: left, centre, right by top, middle, bottom (`lt` to
    `rb`). A picture from before that was asked has none, and no such file.
    """

    __tablename__ = "library_picture"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    alt: Mapped[str] = mapped_column(String(100))
    width: Mapped[int]
    height: Mapped[int]
    focus: Mapped[str | None] = mapped_column(String(2))
    uploaded_by: Mapped[str] = mapped_column(Id)
    uploaded_at: Mapped[datetime] = mapped_column(index=True)


class LibraryFilm(Model):
    """A film pages may show, with its captions, without which it does not come in. Its file carries its id."""

    __tablename__ = "library_film"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[int]
    captions: Mapped[str] = mapped_column(Text)
    uploaded_by: Mapped[str] = mapped_column(Id)
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
