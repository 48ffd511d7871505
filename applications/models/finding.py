"""A pledge that was found to be untrue."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class PledgeFinding(Model):
    """What somebody of the agency found about a pledge. It counts once another has confirmed it (RULEBOOK 3.1).

    `ends_on` is the first day a pledge is open to this person again; empty where the rules name no end.
    """

    __tablename__ = "pledge_finding"
    __table_args__ = (CheckConstraint("confirmed_by <> found_by", "four_eyes"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    application_id: Mapped[str] = mapped_column(Id, ForeignKey("application.id"), unique=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(Sealed("pledge_finding.reason"))
    found_by: Mapped[str] = mapped_column(Id)
    found_at: Mapped[datetime]
    explain_until: Mapped[date] = mapped_column(Date)
    explanation: Mapped[str | None] = mapped_column(Sealed("pledge_finding.explanation"))
    explained_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(Id)
    confirmed_at: Mapped[datetime | None]
    ends_on: Mapped[date | None] = mapped_column(Date)
    lifted_by: Mapped[str | None] = mapped_column(Id)
    lifted_at: Mapped[datetime | None]
    lifted_because: Mapped[str | None] = mapped_column(Sealed("pledge_finding.lifted_because"))
