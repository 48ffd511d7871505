"""A shelf of plain pages for tests: written, published, searchable, without the desk."""

from datetime import timedelta

from content import citations, laws, live
from content.models import Article, Citation, Publication, Revision, RevisionTag
from content.search import index
from core.db import session


def page(slug, title, body="正文", *, now, **given):
    """Put a page on the shelf, shown from `now` on (or from `starts` to `ends`); give its revision."""
    told = {"kind": "article", "region": "43", "language": "zh-Hans", **given}
    article = Article(
        id=slug[:22],
        slug=slug,
        kind=told["kind"],
        region=told["region"],
        language=told["language"],
        original_id=told.get("original_id"),
        is_sample=told.get("is_sample", True),
        revisions=1,
        made_by="editor-1",
        made_at=now,
    )
    session().add(article)
    session().flush()
    return version(article, title, body, now=now, **given)


def version(article, title, body="正文", *, now, number=1, **given):
    """Give a page a revision, shown from a moment to a moment."""
    revision = Revision(
        id=f"{article.slug[:18]}-{number}",
        article_id=article.id,
        number=number,
        title=title,
        summary=given.get("summary", ""),
        body=body,
        fields=given.get("fields", {}),
        translates_id=given.get("translates_id"),
        made_by="editor-1",
        made_at=now,
    )
    session().add(revision)
    session().flush()
    session().add_all(RevisionTag(revision_id=revision.id, tag=tag) for tag in given.get("tags", ()))
    cited = citations.found_in(body, laws.titles())
    session().add_all(Citation(revision_id=revision.id, law_code=one.law_code, article=one.article) for one in cited)
    starts, ends = given.get("starts", now), given.get("ends", live.FOREVER)
    shown = {"starts_at": starts, "ends_at": ends, "published_by": "editor-2", "published_at": now}
    session().add(Publication(article_id=article.id, revision_id=revision.id, **shown))
    session().flush()
    index.take_in(revision, list(given.get("tags", ())))
    return revision


def later(now, seconds=1):
    """Give a moment a little after another."""
    return now + timedelta(seconds=seconds)
