"""Tables: what is laid before a reviewer, what is said of it, and whom outside the house was asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id

OPEN = text("state = 'waiting'")


class Review(Model):
    """A revision laid before a reviewer, with the times it is wished to be shown. One is open an article at most."""

    __tablename__ = "review"
    __table_args__ = (
        Index("uq_review_open", "article_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_review_article_id_asked_at", "article_id", "asked_at"),
        CheckConstraint("state IN ('waiting', 'published', 'returned', 'withdrawn')", name="state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"))
    revision_id: Mapped[str] = mapped_column(Id, ForeignKey("revision.id"))
    state: Mapped[str] = mapped_column(String(12))
    asked_by: Mapped[str] = mapped_column(Id)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    starts_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(Id)
    claimed_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(Id)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")


class Comment(Model):
    """What somebody says of a revision. `quote` is the passage it is about; an expert has a name, and no account."""

    __tablename__ = "content_comment"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"), index=True)
    revision_id: Mapped[str] = mapped_column(Id, ForeignKey("revision.id"))
    staff_id: Mapped[str | None] = mapped_column(Id)
    invitation_id: Mapped[str | None] = mapped_column(Id, ForeignKey("invitation.id"))
    quote: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]


class Invitation(Model):
    """An expert outside asked for an opinion by a link that opens once decided for good, and ends (FEATURES D05).

    The link is kept as a hash. Where `publishes`, the reviewer who asked has said that a yes is enough.
    """

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    review_id: Mapped[str] = mapped_column(Id, ForeignKey("review.id"), index=True)
    name: Mapped[str] = mapped_column(Sealed("invitation.name"))
    employer: Mapped[str] = mapped_column(String(80))
    link_index: Mapped[str] = mapped_column(String(64), unique=True)
    publishes: Mapped[bool]
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    approves: Mapped[bool | None]
