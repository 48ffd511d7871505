"""What an agency of another province was asked to do."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id

OPEN = text("answered_at IS NULL")


class AssistanceRequest(Model):
    """A request to an agency elsewhere: to take a case over, or to verify something (RULEBOOK P-7, FEATURES C12).

    One at a time for a case, until it is answered; the case stays here until somebody else has said that they have it.
    """

    __tablename__ = "assistance_request"
    __table_args__ = (
        Index("uq_assistance_request_open", "application_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    application_id: Mapped[str] = mapped_column(Id, ForeignKey("application.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    to_region: Mapped[str] = mapped_column(String(12))
    to_name: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(Sealed("assistance_request.about"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(Id)
    due_on: Mapped[date] = mapped_column(Date)
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(12), default="")
    contact: Mapped[str] = mapped_column(String(120), default="")
    words: Mapped[str] = mapped_column(Sealed("assistance_request.words"), default="")
