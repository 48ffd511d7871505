"""Tables: how often pages are read and lead on, by day and by nobody; what was handed out on paper (D17, D18)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class PageCount(Model):
    """How often something was done with a page on a day. There is no column for who did it."""

    __tablename__ = "page_count"
    __table_args__ = (Index("ix_page_count_counted_on", "counted_on"),)

    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"), primary_key=True)
    counted_on: Mapped[date] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(12), primary_key=True)
    times: Mapped[int]


class HandedOut(Model):
    """Paper that was handed out: leaflets of a page, or forms, so many in a division on a day."""

    __tablename__ = "handed_out"
    __table_args__ = (
        Index("ix_handed_out_region_handed_on", "region", "handed_on"),
        CheckConstraint("1 <= copies", name="copies"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    region: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(12))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120))
    copies: Mapped[int]
    place: Mapped[str] = mapped_column(String(80))
    handed_on: Mapped[date]
    noted_by: Mapped[str] = mapped_column(Id)
    noted_at: Mapped[datetime]
