"""What keeps the directory true: its version, sets of changes, reports of errors, scans of signs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.corrections import Reported
from core.db import Id, Model, fresh_id


class DirectoryVersion(Model):
    """One row: how often the directory was changed. Whoever keeps a copy compares it with this."""

    __tablename__ = "directory_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    version: Mapped[int]
    changed_at: Mapped[datetime]


class ChangeSet(Model):
    """Changes that are looked at together, and kept whole or not at all: an import, an office's edit, an undoing.

    `region` is the widest division it touches, for who may see and decide it. `unread` lists what could not be
    understood of a file, so that nothing is dropped without a word.
    """

    __tablename__ = "change_set"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), index=True)
    title: Mapped[str] = mapped_column(String(160))
    region: Mapped[str] = mapped_column(String(12))
    unread: Mapped[list[Any]] = mapped_column(JSON, default=list)
    unchanged: Mapped[int] = mapped_column(default=0)
    proposed_by: Mapped[str] = mapped_column(Id)
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(Id)
    decided_at: Mapped[datetime | None]
    decided_note: Mapped[str] = mapped_column(String(300), default="")
    undoes_id: Mapped[str | None] = mapped_column(Id, ForeignKey("change_set.id"), unique=True)


class Change(Model):
    """One station before and after; nothing before where it is new, nothing after where it is retired."""

    __tablename__ = "change"
    __table_args__ = (Index("uq_change_set_id_station_id", "set_id", "station_id", unique=True),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    set_id: Mapped[str] = mapped_column(Id, ForeignKey("change_set.id"))
    position: Mapped[int]
    station_id: Mapped[str] = mapped_column(Id)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Confirmation(Model):
    """An office that was asked to confirm its entry, and has not yet; one row a station, gone once it has."""

    __tablename__ = "confirmation"

    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), primary_key=True)
    asked_on: Mapped[date]


class ErrorReport(Reported, Model):
    """What somebody found wrong with a station (我要纠错, FEATURES C15). The code finds the answer again."""

    __tablename__ = "error_report"

    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), index=True)


class Scan(Model):
    """How often a station's sign was scanned on a day; nothing of who did."""

    __tablename__ = "scan"

    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    scans: Mapped[int]
