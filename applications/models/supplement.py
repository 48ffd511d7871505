"""What is missing, told once and completely (RULEBOOK TL-SUP)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class SupplementItem(Model):
    """One thing that is missing, and how to get it."""

    __tablename__ = "supplement_item"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    notice_id: Mapped[str] = mapped_column(Id, ForeignKey("supplement_notice.id"), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Sealed("supplement_item.note"))
    explanation: Mapped[str | None] = mapped_column(Sealed("supplement_item.explanation"))
    supplied_at: Mapped[datetime | None]


class SupplementNotice(Model):
    """A notice (补充材料通知): the clock stops from its issue until everything is supplied."""

    __tablename__ = "supplement_notice"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    application_id: Mapped[str] = mapped_column(Id, ForeignKey("application.id"), index=True)
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(Id)
    due_on: Mapped[date] = mapped_column(Date)
    answered_at: Mapped[datetime | None]

    items: Mapped[list[SupplementItem]] = relationship(order_by=SupplementItem.position, lazy="raise")
