"""Venues (a building with an address) and the stations in them (who gives which help there, and when)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id
from locator.models.division import CODE


class Venue(Model):
    """A building people go to; one hall may be host to several stations (FEATURES C02).

    `lat` and `lon` are WGS-84, the one frame everything is measured in; `datum` is what they were given in.
    `facts` says what the building has, by code: `{"wheelchair_ramp": {"there": true, "verified_on": "2026-11-01"}}`;
    what is not named is not known.
    """

    __tablename__ = "venue"
    __table_args__ = (
        CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name="on_earth"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_position"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    name: Mapped[str] = mapped_column(String(120), default="")
    division_code: Mapped[str] = mapped_column(CODE, ForeignKey("division.code"), index=True)
    address: Mapped[str] = mapped_column(String(200))
    transport: Mapped[str] = mapped_column(String(300), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    datum: Mapped[str] = mapped_column(String(8), default="WGS-84")
    geo_quality: Mapped[str] = mapped_column(String(12))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    photo: Mapped[str | None] = mapped_column(String(120))
    photo_alt: Mapped[str] = mapped_column(String(200), default="")


class Station(Model):
    """A station: one office, window or point of one kind in a venue.

    `hours` is a line as `locator.hours` reads it, empty where nothing could be read; `hours_text` is what the office
    itself wrote. `changed_in` is the version of the directory that last changed it; `retired_on` ends it, as nothing
    that was published is deleted.
    """

    __tablename__ = "station"
    __table_args__ = (
        Index("ix_station_division_code_kind", "division_code", "kind"),
        Index("ix_station_changed_in", "changed_in"),
        CheckConstraint("home_visit_km >= 0", name="reach"),
        CheckConstraint("slots_an_hour >= 0", name="slots"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    venue_id: Mapped[str] = mapped_column(Id, ForeignKey("venue.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(32))
    level: Mapped[str] = mapped_column(String(24))
    division_code: Mapped[str] = mapped_column(CODE, ForeignKey("division.code"))
    phone: Mapped[str] = mapped_column(String(60))
    hours: Mapped[str] = mapped_column(String(300), default="")
    hours_text: Mapped[str] = mapped_column(String(300), default="")
    services: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    home_visit_km: Mapped[int] = mapped_column(default=0)
    slots_an_hour: Mapped[int] = mapped_column(default=0)
    is_demo: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(300))
    source_note: Mapped[str] = mapped_column(String(300), default="")
    confirmed_on: Mapped[date | None]
    corrected_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    changed_in: Mapped[int] = mapped_column(default=0)


class Deviation(Model):
    """Days on which a station keeps other hours, or none: `spans` as `09:00-12:00,14:00-16:00`, empty when closed."""

    __tablename__ = "deviation"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="order"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    spans: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(String(80))
