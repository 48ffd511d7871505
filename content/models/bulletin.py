"""Tables: notices of a time across all pages, and what readers found wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.corrections import Reported
from core.db import Id, Model, fresh_id


class Bulletin(Model):
    """A notice on top of every page of a region and a channel, from a moment to a moment (FEATURES D25)."""

    __tablename__ = "bulletin"
    __table_args__ = (
        Index("ix_bulletin_ends_at_starts_at", "ends_at", "starts_at"),
        CheckConstraint("starts_at <= ends_at", name="order"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    kind: Mapped[str] = mapped_column(String(12))
    region: Mapped[str] = mapped_column(String(12))
    on_portal: Mapped[bool]
    on_miniprogram: Mapped[bool]
    title: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]


class ContentReport(Reported, Model):
    """What somebody found wrong with a page (我要纠错, FEATURES D20). The code finds the answer again."""

    __tablename__ = "content_report"

    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"), index=True)
