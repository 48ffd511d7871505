"""Tables: what is searched, words by their sound, and what nobody found anything for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import DDL, ForeignKey, Index, String, Text, event, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model


class SearchEntry(Model):
    """The words of a revision as they are compared. `number` grows: the newest come first.

    `grams` are its pairs of characters on PostgreSQL; on SQLite they are in `search_entry_fts`, by the number.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_grams", "grams", postgresql_using="gin", sqlite_where=text("grams IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[str] = mapped_column(Id, ForeignKey("revision.id"), unique=True)
    title: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    grams: Mapped[str | None] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


FTS = "CREATE VIRTUAL TABLE search_entry_fts USING fts5(grams, content='', tokenize='ascii')"
event.listen(SearchEntry.__table__, "after_create", DDL(FTS).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]


class SearchWord(Model):
    """A piece of a title that may be a word, how it sounds, and in how many titles it stood."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(String(8), primary_key=True)
    sound: Mapped[str] = mapped_column(String(40), index=True)
    initials: Mapped[str] = mapped_column(String(8), index=True)
    times: Mapped[int]


class SearchMiss(Model):
    """Something nothing was found for. The words are written down only when several have asked for them (TRUST P1)."""

    __tablename__ = "search_miss"

    words_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    words: Mapped[str | None] = mapped_column(String(24))
    times: Mapped[int]
    last_on: Mapped[date] = mapped_column(index=True)
