"""Divisions: who is where."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Model

CODE = String(12)


class Division(Model):
    """An administrative division: 1 province, 2 prefecture, 3 county, 4 township, 5 village (RULEBOOK RC-1…3).

    `lineage` holds the codes from the province down, as `/43/4302/430204/`: a village's code does not begin with
    its township's, so nothing may be told from the code itself.
    """

    __tablename__ = "division"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        Index("ix_division_parent_code", "parent_code", "code"),
    )

    code: Mapped[str] = mapped_column(CODE, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    level: Mapped[int]
    parent_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("division.code"))
    status: Mapped[str] = mapped_column(String(8))
    full_name: Mapped[str] = mapped_column(String(160))
    lineage: Mapped[str] = mapped_column(String(64))
    pinyin: Mapped[str] = mapped_column(String(160))
    initials: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_code: Mapped[str | None] = mapped_column(CODE)
