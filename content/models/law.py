"""Tables: laws and their editions, which revision cites them, and when a page was checked against which."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model


class Law(Model):
    """A law, regulation or rule that pages cite."""

    __tablename__ = "law"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(24))
    issuer: Mapped[str] = mapped_column(String(120))


class LawEdition(Model):
    """A law as adopted or amended on a day, in force from another day on; `repealed` where it ended on that day."""

    __tablename__ = "law_edition"

    law_code: Mapped[str] = mapped_column(String(40), ForeignKey("law.code"), primary_key=True)
    adopted_on: Mapped[date] = mapped_column(primary_key=True)
    effective_on: Mapped[date]
    repealed: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(200), default="")
    noted_by: Mapped[str | None] = mapped_column(Id)
    noted_at: Mapped[datetime]


class Citation(Model):
    """An article of a law that a revision cites; article 0 is the law as a whole."""

    __tablename__ = "citation"
    __table_args__ = (Index("ix_citation_law_code", "law_code", "article"),)

    revision_id: Mapped[str] = mapped_column(Id, ForeignKey("revision.id"), primary_key=True)
    law_code: Mapped[str] = mapped_column(String(40), ForeignKey("law.code"), primary_key=True)
    article: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class LawCheck(Model):
    """A page that was checked against an edition of a law it cites."""

    __tablename__ = "law_check"

    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"), primary_key=True)
    law_code: Mapped[str] = mapped_column(String(40), ForeignKey("law.code"), primary_key=True)
    adopted_on: Mapped[date] = mapped_column(primary_key=True)
    checked_by: Mapped[str] = mapped_column(Id)
    checked_at: Mapped[datetime]
