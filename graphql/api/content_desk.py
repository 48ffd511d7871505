"""Asking for pages on the desk: shelves, a page, what it says, how it would look, what changed (FEATURES D02–D04)."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.content_desk_types import (
    ContentItemConnection,
    ContentPreview,
    ContentSaid,
    Passage,
    ShelfType,
    finding,
    item,
    named,
    said_by,
)
from api.content_input import PAGE, ContentSaidInput, said_in
from api.content_kinds import ContentChoice, KindType, choices
from api.content_opened import ContentOpened, shown
from api.scalars import DateTime
from content import citations, currency, difference, drafting, guards, keeping, kinds, laws, markdown, queries
from content import shown as media_shown
from content.guards import plain
from content.kinds import Kind, definitions
from content.said import Said
from core.identity import Permission, open_to
from locator import queries as places


class ContentForm(graphene.ObjectType):
    """What a page needs to begin or change one."""

    kinds = graphene.List(graphene.NonNull(ContentChoice), required=True, description="The kinds there are.")
    languages = graphene.List(graphene.NonNull(ContentChoice), required=True, description="The languages.")
    groups = graphene.List(graphene.NonNull(ContentChoice), required=True, description="The groups.")
    topics = graphene.List(graphene.NonNull(ContentChoice), required=True, description="The topics.")
    regions = graphene.List(
        graphene.NonNull(ContentChoice), required=True, description="One's own division and those right below it."
    )


class ContentDraft(graphene.ObjectType):
    """What there is to go on writing from."""

    said = graphene.Field(ContentSaid, required=True, description="What it says.")
    parent = graphene.Int(required=True, description="The revision it comes from: hand it back when saving.")
    newest = graphene.Int(required=True, description="The newest revision.")
    kept_at = graphene.Field(DateTime, description="When it was kept without being saved; empty where it was saved.")


class Queries(graphene.ObjectType):
    """What can be asked of the desk."""

    content_items = paging.paged(
        ContentItemConnection,
        "The pages of one's region, what changed last first.",
        shelf=graphene.Argument(ShelfType, required=True, description="Which of them."),
    )
    content_opened = graphene.Field(
        ContentOpened,
        required=True,
        description="A page with all that was done to it.",
        id=graphene.ID(required=True, description=PAGE),
    )
    content_form = graphene.Field(ContentForm, required=True, description="What a page needs to begin or change one.")
    content_draft = graphene.Field(
        ContentDraft,
        required=True,
        description="What there is to go on writing from: what one was typing, else the newest revision.",
        id=graphene.ID(required=True, description=PAGE),
    )
    content_revision = graphene.Field(
        ContentSaid,
        required=True,
        description="What a revision says.",
        id=graphene.ID(required=True, description=PAGE),
        number=graphene.Int(required=True, description="Which revision."),
    )
    content_preview = graphene.Field(
        ContentPreview,
        required=True,
        description="How a page would look to readers, and what the guards say. Nothing is kept.",
        kind=graphene.Argument(KindType, required=True, description="What sort of page it is."),
        said=graphene.Argument(ContentSaidInput, required=True, description="What it says."),
    )
    content_difference = graphene.List(
        graphene.NonNull(Passage),
        required=True,
        description="What is different between two revisions, sentence by sentence.",
        id=graphene.ID(required=True, description=PAGE),
        before=graphene.Int(required=True, description="The earlier revision; 0 is an empty page."),
        after=graphene.Int(required=True, description="The later revision."),
    )

    def resolve_content_items(_root, info: Any, shelf: Any, first: int, after: str | None = None) -> paging.Page:
        """Give a page of a shelf."""
        actor, now = info.context.actor, info.context.now
        rows = queries.page(actor, shelf, first=paging.judged(first), now=now, after=paging.place(after))
        names = named(
            each for one in rows for each in (one.revision.made_by, one.review.claimed_by if one.review else None)
        )
        standing = currency.standing_of([one.article.id for one in rows], now=now)
        stale = {which for which, laws_ in standing.items() if any(one.is_stale for one in laws_)}
        places.regions(one.article.region for one in rows)
        page = paging.page_of(
            rows,
            first,
            lambda one: (one.revision.made_at.isoformat(), one.article.id),
            lambda: queries.count(actor, shelf, now=now),
        )
        shown_rows = [item(one, names, is_stale=one.article.id in stale) for one in page.nodes]
        return paging.Page(shown_rows, page.has_next_page, page.end_cursor, page.total_count)

    def resolve_content_opened(_root, info: Any, id: str) -> ContentOpened:
        """Open a page."""
        return shown(info.context, queries.find(info.context.actor, id, now=info.context.now))

    def resolve_content_form(_root, info: Any) -> ContentForm:
        """Give the form."""
        return _form(info.context.actor)

    def resolve_content_draft(_root, info: Any, id: str) -> ContentDraft:
        """Give what one was typing, else the newest revision."""
        actor = info.context.actor
        article = drafting.opened(actor, id)
        typed = drafting.typed_by(actor, article)
        if typed is not None:
            said = said_by(article.kind, Said.read(typed.said))
            return ContentDraft(said=said, parent=typed.parent, newest=article.revisions, kept_at=typed.kept_at)
        said = said_by(article.kind, keeping.said_in(keeping.revision(article)))
        return ContentDraft(said=said, parent=article.revisions, newest=article.revisions)

    def resolve_content_revision(_root, info: Any, id: str, number: int) -> ContentSaid:
        """Give a revision."""
        article = queries.opened(info.context.actor, id)
        return said_by(article.kind, keeping.said_in(keeping.revision(article, number)))

    def resolve_content_preview(_root, info: Any, kind: Any, said: Any) -> ContentPreview:
        """Draw it and look at it."""
        return _preview(info.context.actor, Kind(kind), said_in(said))

    def resolve_content_difference(_root, info: Any, id: str, before: int, after: int) -> list[Any]:
        """Compare two revisions."""
        article = queries.opened(info.context.actor, id)
        old = keeping.said_in(keeping.revision(article, before)) if before else Said()
        return difference.between(_whole(old), _whole(keeping.said_in(keeping.revision(article, after))))


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def _form(actor: Any) -> ContentForm:
    own = places.division(actor.region)
    return ContentForm(
        kinds=choices({kind.value: one.title for kind, one in definitions().items()}),
        languages=choices({one.value: label for one, label in kinds.LANGUAGES.items()}),
        groups=choices(kinds.GROUPS),
        topics=choices(kinds.TOPICS),
        regions=choices({one.code: one.name for one in (own, *places.children(own.code))}),
    )


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def _preview(_actor: Any, kind: Kind, said: Said) -> ContentPreview:
    found = guards.examine(kind, said, cites=bool(keeping.cited_by(said)), known=media_shown.known(said.fields))
    return ContentPreview(
        html=markdown.render(said.body).html,
        minutes=plain.minutes(said.summary + said.body),
        findings=[finding(one) for one in found],
        is_stopped=guards.stops(found),
        unknown_laws=citations.unknown_in(f"{said.summary}\n{said.body}", laws.titles()),
    )


def _whole(said: Said) -> str:
    """Write a page as one text, to be compared."""
    fields = "".join(f"{name}：{value}\n" for name, value in said.fields.items() if value)
    marks = "、".join([*(kinds.GROUPS[one] for one in said.groups), *(kinds.TOPICS[one] for one in said.topics)])
    parts = [said.title, said.summary, said.body, fields.strip(), f"（{marks}）" if marks else ""]
    return "\n".join(part for part in parts if part)
