"""Writing: what is typed is kept, what is saved is a revision, and two people's work is put together (FEATURES D04)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from content import keeping, merging, policy
from content.kinds import FIELDS, GROUPS, LONGEST_FIELD, TOPICS, Kind, Language
from content.markdown import tidy
from content.merging import Clash
from content.models import Article, Revision, WorkingCopy
from content.said import Said
from core import audit
from core.db import session
from core.errors import Checklist, Conflict, checklist
from core.identity import Actor, Permission, open_to
from core.references import short_code
from locator import queries as places

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG, LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_BODY = 80, 120, 400, 40_000


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new page is, before anything is written."""

    kind: str
    region: str
    language: str = Language.SIMPLIFIED.value
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving came to: a revision, or what both have changed, with a text that holds both."""

    article: Article
    said: Said
    revision: Revision | None = None
    clashes: tuple[Clash, ...] = ()


@open_to(Permission.CONTENT_WRITE)
def start(actor: Actor, beginning: Beginning, said: Said, *, now: datetime) -> Article:
    """Begin a page of one's own region."""
    with checklist() as check:
        check.require(beginning.kind in set(Kind), "kind_missing", "kind")
        check.require(beginning.language in set(Language), "language_missing", "language")
        check.require(_is_within(actor, beginning.region), "region_not_yours", "region")
        if beginning.slug:
            fits = SLUG.fullmatch(beginning.slug) and len(beginning.slug) <= LONGEST_SLUG
            check.require(fits, "slug_unfit", "slug", limit=LONGEST_SLUG)
            taken = select(Article.id).where(Article.slug == beginning.slug)
            check.require(session().scalars(taken).first() is None, "slug_taken", "slug")
        _judge(check, said)
    article = Article(
        slug=beginning.slug or short_code().lower(),
        kind=beginning.kind,
        region=beginning.region,
        language=beginning.language,
        made_by=actor.id or "",
        made_at=now,
    )
    session().add(article)
    session().flush()
    keeping.add(article, _tidied(article, said), by=actor.id or "", now=now, came_from=(None, None))
    audit.record(actor, "content.begun", f"article:{article.id}", now=now, kind=article.kind)
    return article


@open_to(Permission.CONTENT_WRITE)
def keep(actor: Actor, article_id: str, said: Said, *, parent: int, now: datetime) -> WorkingCopy:
    """Keep what somebody is typing, for them alone, until they save it."""
    article = keeping.found(actor, article_id)
    with checklist() as check:
        _judge(check, said)
        check.require(1 <= parent <= article.revisions, "revision_unknown", "parent")
    row = session().get(WorkingCopy, (article.id, actor.id))
    if row is None:
        row = WorkingCopy(article_id=article.id, staff_id=actor.id)
        session().add(row)
    row.parent, row.said, row.kept_at = parent, said.kept(), now
    session().flush()
    return row


@open_to(Permission.CONTENT_WRITE)
def discard(actor: Actor, article_id: str, *, now: datetime) -> Article:  # noqa: ARG001  # the shape of a use case
    """Drop what one was typing and has not saved."""
    article = keeping.found(actor, article_id)
    _forget(actor, article)
    return article


@open_to(Permission.CONTENT_WRITE)
def save(actor: Actor, article_id: str, said: Said, *, parent: int, now: datetime) -> Saved:
    """Save a revision. Where somebody was quicker, both are put together; where they clash, nothing is kept yet."""
    article = keeping.found(actor, article_id, held=True)
    with checklist() as check:
        _judge(check, said)
        check.require(1 <= parent <= article.revisions, "revision_unknown", "parent")
    mine, newest = _tidied(article, said), keeping.revision(article)
    theirs = keeping.said_in(newest)
    if newest.number == parent:
        if mine.kept() == theirs.kept():
            _forget(actor, article)
            return Saved(article, mine, newest)
        return _saved(actor, article, mine, (parent, None), now)
    together, clashes = put_together(keeping.said_in(keeping.revision(article, parent)), mine, theirs)
    if clashes:
        return Saved(article, together, None, tuple(clashes))
    return _saved(actor, article, together, (newest.number, parent), now)


@open_to(Permission.CONTENT_WRITE)
def restore(actor: Actor, article_id: str, number: int, *, now: datetime) -> Revision:
    """Make an earlier revision the newest again; what came after stays in the history."""
    article = keeping.found(actor, article_id, held=True)
    if number == article.revisions:
        raise Conflict("revision_is_newest")
    said = keeping.said_in(keeping.revision(article, number))
    row = keeping.add(article, said, by=actor.id or "", now=now, came_from=(article.revisions, number))
    row.note = f"恢复到第 {number} 版"
    return row


@open_to(Permission.CONTENT_WRITE)
def opened(actor: Actor, article_id: str) -> Article:
    """Give a page of one's region, to go on writing."""
    return keeping.found(actor, article_id)


def typed_by(actor: Actor, article: Article) -> WorkingCopy | None:
    """Give what somebody was typing and has not saved."""
    return session().get(WorkingCopy, (article.id, actor.id))


def put_together(before: Said, mine: Said, theirs: Said) -> tuple[Said, list[Clash]]:
    """Put two people's work together, field by field."""
    title = merging.merge_line(before.title, mine.title, theirs.title)
    summary = merging.merge(before.summary, mine.summary, theirs.summary)
    body = merging.merge(before.body, mine.body, theirs.body)
    fields = dict(theirs.fields)
    clashes = [*title.clashes, *summary.clashes, *body.clashes]
    for name in mine.fields.keys() | before.fields.keys():
        was, ours, other = (str(one.fields.get(name) or "") for one in (before, mine, theirs))
        one = merging.merge_line(was, ours, other)
        fields[name] = one.text
        clashes += one.clashes
    lists = {
        name: [*dict.fromkeys(_either(getattr(before, name), getattr(mine, name), getattr(theirs, name)))]
        for name in ("groups", "topics")
    }
    return Said(title.text, summary.text, body.text, {k: v for k, v in fields.items() if v}, **lists), clashes


def _either(before: object, mine: object, theirs: object) -> list[str]:
    """Give what either has added and neither has taken away."""
    was, ours, others = set(before), set(mine), set(theirs)  # type: ignore[call-overload]
    return sorted((was & ours & others) | (ours - was) | (others - was))


def _saved(actor: Actor, article: Article, said: Said, came_from: tuple[int, int | None], now: datetime) -> Saved:
    row = keeping.add(article, said, by=actor.id or "", now=now, came_from=came_from)
    _forget(actor, article)
    audit.record(actor, "content.saved", f"article:{article.id}", now=now, revision=row.number)
    return Saved(article, said, row)


def _forget(actor: Actor, article: Article) -> None:
    row = typed_by(actor, article)
    if row is not None:
        session().delete(row)
        session().flush()


def _judge(check: Checklist, said: Said) -> None:
    check.require(said.title.strip(), "title_missing", "title")
    for field, limit in (("title", LONGEST_TITLE), ("summary", LONGEST_SUMMARY), ("body", LONGEST_BODY)):
        check.require(len(getattr(said, field)) <= limit, "content_too_long", field, limit=limit)
    check.require(set(said.groups) <= GROUPS.keys(), "group_unknown", "groups")
    check.require(set(said.topics) <= TOPICS.keys(), "topic_unknown", "topics")
    check.require(
        all(len(str(one)) <= LONGEST_FIELD for one in said.fields.values()),
        "content_too_long",
        "fields",
        limit=LONGEST_FIELD,
    )


def _tidied(article: Article, said: Said) -> Said:
    """Take out what nobody can see, and fields that are not of the kind."""
    known = FIELDS.get(Kind(article.kind), {})
    fields = {name: tidy(str(said.fields[name])) for name in known if said.fields.get(name)}
    return Said(
        " ".join(tidy(said.title).split()),
        tidy(said.summary).strip(),
        tidy(said.body).strip(),
        fields,
        [one for one in GROUPS if one in said.groups],
        [one for one in TOPICS if one in said.topics],
    )


def _is_within(actor: Actor, code: str) -> bool:
    return policy.is_within(actor, places.regions([code]).get(code))
