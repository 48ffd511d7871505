"""Tables: articles, their revisions, what is being typed, and when which revision is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class Article(Model):
    """A page for readers, of one kind. What it says is in its revisions; `revisions` is the newest one's number.

    `original_id` is the page it translates, where it is a translation.
    """

    __tablename__ = "article"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(12), index=True)
    region: Mapped[str] = mapped_column(String(12), index=True)
    language: Mapped[str] = mapped_column(String(8), default="zh-Hans")
    original_id: Mapped[str | None] = mapped_column(Id, ForeignKey("article.id"), index=True)
    revisions: Mapped[int] = mapped_column(default=0)
    is_sample: Mapped[bool] = mapped_column(default=False)  # our own example, not yet looked at by a lawyer
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]


class Revision(Model):
    """What an article said at a moment; never changed. `body` is Markdown, `fields` what its kind has besides.

    `parent` and `merged` are numbers of the revisions it came from: two where two people's work was put together.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"))
    number: Mapped[int]
    parent: Mapped[int | None]
    merged: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    translates_id: Mapped[str | None] = mapped_column(Id, ForeignKey("revision.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]


class RevisionTag(Model):
    """What a revision is about and for whom: `group:migrant_workers`, `topic:wages`."""

    __tablename__ = "revision_tag"
    __table_args__ = (Index("ix_revision_tag_tag", "tag", "revision_id"),)

    revision_id: Mapped[str] = mapped_column(Id, ForeignKey("revision.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(48), primary_key=True)


class WorkingCopy(Model):
    """What somebody is typing and has not saved yet: one a person and article, from the revision numbered `parent`."""

    __tablename__ = "working_copy"

    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(Id, primary_key=True)
    parent: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime]


class Publication(Model):
    """A revision shown from a moment to a moment: live is `starts_at <= now < ends_at`, and nothing else.

    Those of one article never overlap: `ends_at` is reckoned from `expires_at`, from `withdrawn_at`, and from the
    beginning of the next, whenever one of them changes (see `publishing.chain`).
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_article_id_starts_at", "article_id", "starts_at"),
        Index("ix_publication_ends_at_starts_at", "ends_at", "starts_at"),
        CheckConstraint("starts_at <= ends_at", name="order"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    article_id: Mapped[str] = mapped_column(Id, ForeignKey("article.id"))
    revision_id: Mapped[str] = mapped_column(Id, ForeignKey("revision.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(Id)
    published_at: Mapped[datetime]
