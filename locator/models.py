"""Divisions (who is where) and places (where help is given)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model

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


class Place(Model):
    """A place where people get legal help. `lat` and `lon` are in `datum`; WGS-84 for all we load."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name="on_earth"),
        CheckConstraint("datum = 'WGS-84'", name="datum"),
        Index("ix_place_division_code", "division_code", "kind"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(32))
    level: Mapped[str] = mapped_column(String(24))
    division_code: Mapped[str] = mapped_column(CODE, ForeignKey("division.code"))
    address: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(40))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    datum: Mapped[str] = mapped_column(String(8), default="WGS-84")
    geo_quality: Mapped[str] = mapped_column(String(12))
    hours: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    home_visit_km: Mapped[int]
    slots_an_hour: Mapped[int]
    takes_applications: Mapped[bool]
    is_demo: Mapped[bool]
    source: Mapped[str] = mapped_column(String(200))
