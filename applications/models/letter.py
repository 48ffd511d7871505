"""Papers we give out: the receipt, the notice, the decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class Letter(Model):
    """A paper with its number. `content` is all that the page is set from; the PDF is made from it when asked for."""

    __tablename__ = "letter"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    application_id: Mapped[str] = mapped_column(Id, ForeignKey("application.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    template_version: Mapped[str] = mapped_column(String(24))
    number: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(60))
    content: Mapped[dict[str, Any]] = mapped_column(Sealed("letter.content", as_json=True))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    issued_at: Mapped[datetime]


class LetterCounter(Model):
    """The last number an office gave to a kind of letter in a year: no gaps, as it is kept or lost with the letter."""

    __tablename__ = "letter_counter"

    region: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    last: Mapped[int]
