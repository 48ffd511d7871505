"""What readers see at a moment: one clause, exact to the second, and nobody has to do anything for it (D03)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, select

from content.models import Article, Publication, Revision

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


def is_live(now: datetime) -> ColumnElement[bool]:
    """Say of a publication whether it is shown at a moment."""
    return (Publication.starts_at <= now) & (now < Publication.ends_at)


def shown(now: datetime) -> Select[Article, Revision, Publication]:
    """Select every article that is shown at a moment, with what it says then."""
    return (
        select(Article, Revision, Publication)
        .join(Publication, Publication.article_id == Article.id)
        .join(Revision, Revision.id == Publication.revision_id)
        .where(is_live(now))
    )
