"""Pages that come with the house: made and published once, marked as samples a lawyer has yet to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from content import keeping, publishing
from content.kinds import Language
from content.models import Article
from content.said import Said
from core.db import session
from core.identity import Actor, Audience, open_to


@dataclass(frozen=True, slots=True)
class Seed:
    """A page as a file says it."""

    slug: str
    kind: str
    title: str
    summary: str
    body: str
    groups: Sequence[str]
    topics: Sequence[str] = ()
    region: str = "43"
    language: str = Language.SIMPLIFIED.value
    fields: Mapping[str, Any] = field(default_factory=dict)


@open_to(Audience.SYSTEM)
def put(actor: Actor, seed: Seed, *, now: datetime) -> Article:
    """Make a page and publish it, unless there is one of that name: what editors have changed stays."""
    there = session().scalars(select(Article).where(Article.slug == seed.slug)).one_or_none()
    if there is not None:
        return there
    by = actor.id or ""
    article = Article(
        slug=seed.slug,
        kind=seed.kind,
        region=seed.region,
        language=seed.language,
        is_sample=True,
        made_by=by,
        made_at=now,
    )
    session().add(article)
    session().flush()
    said = Said(seed.title, seed.summary, seed.body, seed.fields, seed.groups, seed.topics)
    revision = keeping.add(article, said, by=by, now=now, came_from=(None, None))
    publishing.put_out(article, revision, by=by, now=now, term=(None, None))
    return article
