"""Articles and their revisions as the desk keeps them: found, held, and added to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from content import citations, laws, policy
from content.kinds import said_by, tags_of
from content.models import Article, Citation, Publication, Revision, RevisionTag
from content.said import Said
from core.db import session
from core.errors import NotFound
from core.identity import Actor


def found(actor: Actor, article_id: str, *, held: bool = False) -> Article:
    """Give an article of the actor's region; for a stranger there is none. `held` keeps others off meanwhile."""
    mine = select(Article).where(Article.id == article_id, policy.visible_to(actor))
    article = session().scalars(mine.with_for_update() if held else mine).one_or_none()
    if article is None:
        raise NotFound("article_unknown")
    return article


def revision(article: Article, number: int | None = None) -> Revision:
    """Give a revision by its number, the newest where none is named."""
    wanted = article.revisions if number is None else number
    asked = select(Revision).where(Revision.article_id == article.id, Revision.number == wanted)
    one = session().scalars(asked).one_or_none()
    if one is None:
        raise NotFound("revision_unknown")
    return one


def said_in(row: Revision) -> Said:
    """Give what a revision says."""
    tags = set(session().scalars(select(RevisionTag.tag).where(RevisionTag.revision_id == row.id)))
    return Said(row.title, row.summary, row.body, row.fields, said_by(tags, "group"), said_by(tags, "topic"))


def cited_by(said: Said) -> set[citations.Cited]:
    """Find what a page cites, in its summary and its text."""
    return citations.found_in(f"{said.summary}\n{said.body}", laws.titles())


def add(article: Article, said: Said, *, by: str, now: datetime, came_from: tuple[int | None, int | None]) -> Revision:
    """Add what an article says from now on as its next revision."""
    translates_id = revision(article).translates_id if article.original_id and article.revisions else None
    article.revisions += 1
    parent, merged = came_from
    row = Revision(
        article_id=article.id,
        number=article.revisions,
        parent=parent,
        merged=merged,
        title=said.title,
        summary=said.summary,
        body=said.body,
        fields=dict(said.fields),
        translates_id=translates_id,
        made_by=by,
        made_at=now,
    )
    session().add(row)
    session().flush()
    tags = tags_of(list(said.groups), list(said.topics))
    session().add_all(RevisionTag(revision_id=row.id, tag=tag) for tag in sorted(tags))
    cited = sorted(cited_by(said))
    session().add_all(Citation(revision_id=row.id, law_code=one.law_code, article=one.article) for one in cited)
    session().flush()
    return row


def authors_of(article: Article, row: Revision) -> set[str]:
    """Name who wrote what readers have not seen yet: everybody since the last revision that was published."""
    seen = (
        select(Revision.number)
        .join(Publication, Publication.revision_id == Revision.id)
        .where(Revision.article_id == article.id, Revision.number < row.number)
    )
    last = max(session().scalars(seen), default=0)
    since = select(Revision.made_by).where(
        Revision.article_id == article.id, Revision.number > last, Revision.number <= row.number
    )
    return set(session().scalars(since))
