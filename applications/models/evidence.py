"""Files people hand in, and what they are evidence of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class Upload(Model):
    """A file that was received, made anew and stored. Its id is its token: 128 random bits.

    `owner_id` is a citizen, or a member of staff who helps one: no foreign key. What is never attached to
    anything is swept after a day.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index("ix_upload_of_owner", "owner_id", "created_at"),
        Index("ix_upload_loose", "attached_at", "created_at"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    owner_id: Mapped[str] = mapped_column(Id)
    purpose: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Sealed("upload.name"))  # the sender's words: shown, never used
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    warnings: Mapped[list[str]] = mapped_column(JSON)
    master_key: Mapped[str] = mapped_column(String(80), unique=True)
    thumbnail_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]
    attached_at: Mapped[datetime | None]


class Evidence(Model):
    """An upload that stands for an item of a draft, and of the application it became."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("draft_id IS NOT NULL OR application_id IS NOT NULL", name="of_something"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    upload_id: Mapped[str] = mapped_column(Id, ForeignKey("upload.id"), unique=True)
    draft_id: Mapped[str | None] = mapped_column(Id, ForeignKey("draft.id"), index=True)
    application_id: Mapped[str | None] = mapped_column(Id, ForeignKey("application.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    created_at: Mapped[datetime]

    upload: Mapped[Upload] = relationship(lazy="raise")
