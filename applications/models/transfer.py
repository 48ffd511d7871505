"""Files that arrive chunk by chunk, and which of their chunks are there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class Transfer(Model):
    """A file that is on its way (FEATURES E10). Its id is its token: 128 random bits.

    `place` is one of the few places each person has for files that are on their way: the constraint bounds what one
    person can lay on our disk, also when many ask at once. A transfer that has become an upload takes none.
    """

    __tablename__ = "transfer"
    __table_args__ = (UniqueConstraint("owner_id", "place"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    owner_id: Mapped[str] = mapped_column(Id)
    place: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Sealed("transfer.name"))  # the sender's words: shown, never used
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    chunk_size: Mapped[int]
    draft_id: Mapped[str | None] = mapped_column(Id, ForeignKey("draft.id"), index=True)
    item: Mapped[str | None] = mapped_column(String(40))
    upload_id: Mapped[str | None] = mapped_column(Id)
    begun_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class TransferChunk(Model):
    """A chunk that lies in the storage."""

    __tablename__ = "transfer_chunk"

    transfer_id: Mapped[str] = mapped_column(Id, ForeignKey("transfer.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
