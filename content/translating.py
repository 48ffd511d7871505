"""Pages in other languages: begun from the original, and known to be behind once it says something else (D15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from content import keeping
from content.kinds import LANGUAGES, Language
from content.live import is_live
from content.models import Article, Publication, Revision
from core import audit
from core.db import session
from core.errors import Conflict, Problem, Rejected
from core.identity import Actor, Permission, open_to
from core.references import short_code

LONGEST_SLUG = 80


class TranslationState(StrEnum):
    """How far a page has come in a language."""

    MISSING = "missing"
    BEGUN = "begun"
    SHOWN = "shown"
    BEHIND = "behind"


STATES = {
    TranslationState.MISSING: "还没有",
    TranslationState.BEGUN: "在写，还没上线",
    TranslationState.SHOWN: "已上线",
    TranslationState.BEHIND: "原文改过，译文没跟上",
}


@dataclass(frozen=True, slots=True)
class Translation:
    """A page in a language. `of` is the revision of the original it says, `now_at` the one it should say."""

    language: Language
    state: TranslationState
    article_id: str | None
    of: int
    now_at: int


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def of(actor: Actor, article_id: str, *, now: datetime) -> Sequence[Translation]:
    """Say how a page of one's region stands in the other languages. The original is the one that was written first."""
    article = keeping.found(actor, article_id)
    original = _original(article)
    wanted = _wanted(original, now=now)
    others = session().scalars(select(Article).where(Article.original_id == original.id)).all()
    there = {one.language: one for one in others}
    languages = [one for one in LANGUAGES if one != original.language]
    return [_standing(one, there.get(one.value), wanted, now=now) for one in languages]


@open_to(Permission.CONTENT_WRITE)
def begin(actor: Actor, article_id: str, language: str, *, now: datetime) -> Article:
    """Begin a page in another language, with what the original says to be written over."""
    original = _original(keeping.found(actor, article_id, held=True))
    if language not in set(Language) or language == original.language:
        raise Rejected((Problem("language_missing", "language"),))
    same = select(Article.id).where(Article.original_id == original.id, Article.language == language)
    if session().scalars(same).first() is not None:
        raise Conflict("translation_begun")
    source = _wanted(original, now=now)
    made = Article(
        slug=_slug(original, language),
        kind=original.kind,
        region=original.region,
        language=language,
        original_id=original.id,
        made_by=actor.id or "",
        made_at=now,
    )
    session().add(made)
    session().flush()
    row = keeping.add(made, keeping.said_in(source), by=actor.id or "", now=now, came_from=(None, None))
    row.translates_id, row.note = source.id, f"照原文第 {source.number} 版开始"
    audit.record(actor, "content.translation_begun", f"article:{made.id}", now=now, language=language)
    return made


@open_to(Permission.CONTENT_WRITE)
def follow(actor: Actor, article_id: str, *, now: datetime) -> Revision:
    """Say that a translation agrees with the original as it is now: a revision that is reviewed like any other."""
    article = keeping.found(actor, article_id, held=True)
    if article.original_id is None:
        raise Conflict("translation_is_none")
    source = _wanted(_original(article), now=now)
    newest = keeping.revision(article)
    if newest.translates_id == source.id:
        raise Conflict("translation_agrees")
    came_from = (newest.number, None)
    row = keeping.add(article, keeping.said_in(newest), by=actor.id or "", now=now, came_from=came_from)
    row.translates_id, row.note = source.id, f"和原文第 {source.number} 版一致"
    audit.record(actor, "content.translation_follows", f"article:{article.id}", now=now, revision=row.number)
    return row


def _original(article: Article) -> Article:
    return session().get_one(Article, article.original_id) if article.original_id else article


def _wanted(original: Article, *, now: datetime) -> Revision:
    """Give the revision a translation should say: the one readers see, the newest where they see none."""
    return _shown(original, now=now) or keeping.revision(original)


def _shown(article: Article, *, now: datetime) -> Revision | None:
    live = select(Revision).join(Publication, Publication.revision_id == Revision.id)
    return session().scalars(live.where(is_live(now), Publication.article_id == article.id)).first()


def _standing(language: Language, article: Article | None, wanted: Revision, *, now: datetime) -> Translation:
    if article is None:
        return Translation(language, TranslationState.MISSING, None, 0, wanted.number)
    shown = _shown(article, now=now)
    row = shown or keeping.revision(article)
    source = session().get(Revision, row.translates_id) if row.translates_id else None
    said = source.number if source is not None else 0
    behind = row.translates_id != wanted.id
    state = TranslationState.BEHIND if behind else TranslationState.SHOWN if shown else TranslationState.BEGUN
    return Translation(language, state, article.id, said, wanted.number)


def _slug(original: Article, language: str) -> str:
    """Name the page after its original; where that name is taken, by a code."""
    name = f"{original.slug}-{language.lower()}"
    taken = session().scalars(select(Article.id).where(Article.slug == name)).first() is not None
    return short_code().lower() if taken or len(name) > LONGEST_SLUG else name
