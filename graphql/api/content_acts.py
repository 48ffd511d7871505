"""Writing on the desk: begin, keep what is typed, save, restore, comment (FEATURES D04)."""

from __future__ import annotations

from typing import Any

import graphene

from api.content_desk_types import ContentClash, ContentSaid, said_by
from api.content_input import PAGE, ContentSaidInput, said_in
from api.content_kinds import KindType, LanguageType
from api.mutation import Action
from api.scalars import DateTime
from api.viewer import Viewer
from content import drafting, reviewing


class StartContentInput(graphene.InputObjectType):
    """What a new page is."""

    kind = graphene.Field(KindType, description="What sort of page it is.")
    language = graphene.Field(LanguageType, required=True, description="What it is written in.")
    region = graphene.String(required=True, description="The division it is for: one's own, or one below.")
    slug = graphene.String(required=True, description="Its name in addresses; one is made where it is empty.")
    said = graphene.Field(ContentSaidInput, required=True, description="What it says to begin with.")


class StartContent(Action):
    """Begin a page."""

    class Arguments:
        input = StartContentInput(required=True)

    id = graphene.ID(description="The page.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Begin it."""
        beginning = drafting.Beginning(str(input.get("kind") or ""), input.region, str(input.language), input.slug)
        return cls(id=drafting.start(viewer.actor, beginning, said_in(input.said), now=viewer.now).id)


class KeepContentInput(graphene.InputObjectType):
    """What is being typed, or is to be saved."""

    id = graphene.ID(required=True, description=PAGE)
    parent = graphene.Int(required=True, description="The revision it comes from.")
    said = graphene.Field(ContentSaidInput, required=True, description="What it says.")


class KeepContent(Action):
    """Keep what one is typing, for oneself alone, until it is saved."""

    class Arguments:
        input = KeepContentInput(required=True)

    kept_at = graphene.Field(DateTime, description="When it was kept.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep it."""
        row = drafting.keep(viewer.actor, input.id, said_in(input.said), parent=input.parent, now=viewer.now)
        return cls(kept_at=row.kept_at)


class SaveContent(Action):
    """Save a revision. Where somebody was quicker, both are put together; clashes are shown and nothing is kept yet."""

    class Arguments:
        input = KeepContentInput(required=True)

    number = graphene.Int(description="The revision; empty where there are clashes.")
    is_merged = graphene.Boolean(description="Whether somebody else's work is in it too.")
    said = graphene.Field(ContentSaid, description="What it says now, or would: both versions where they clash.")
    clashes = graphene.List(graphene.NonNull(ContentClash), description="What both have changed.")
    newest = graphene.Int(description="The newest revision: the parent to hand in next time.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Save it."""
        made = drafting.save(viewer.actor, input.id, said_in(input.said), parent=input.parent, now=viewer.now)
        return cls(
            number=made.revision.number if made.revision else None,
            is_merged=made.revision is not None and made.revision.merged is not None,
            said=said_by(made.article.kind, made.said),
            clashes=made.clashes,
            newest=made.article.revisions,
        )


class DiscardTypingInput(graphene.InputObjectType):
    """Which page."""

    id = graphene.ID(required=True, description=PAGE)


class DiscardTyping(Action):
    """Drop what one was typing and has not saved."""

    class Arguments:
        input = DiscardTypingInput(required=True)

    id = graphene.ID(description="The page.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Drop it."""
        return cls(id=drafting.discard(viewer.actor, input.id, now=viewer.now).id)


class RestoreContentInput(graphene.InputObjectType):
    """Which revision."""

    id = graphene.ID(required=True, description=PAGE)
    number = graphene.Int(required=True, description="The revision to bring back.")


class RestoreContent(Action):
    """Make an earlier revision the newest again. What came after stays in the history."""

    class Arguments:
        input = RestoreContentInput(required=True)

    number = graphene.Int(description="The revision it is now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Restore it."""
        return cls(number=drafting.restore(viewer.actor, input.id, input.number, now=viewer.now).number)


class CommentContentInput(graphene.InputObjectType):
    """What to say of a page."""

    id = graphene.ID(required=True, description=PAGE)
    words = graphene.String(required=True, description=f"What; {reviewing.LONGEST_COMMENT} characters.")
    quote = graphene.String(required=True, description="Of which passage; may be empty.")


class CommentContent(Action):
    """Say something of the newest revision of a page."""

    class Arguments:
        input = CommentContentInput(required=True)

    id = graphene.ID(description="The comment.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Say it."""
        made = reviewing.comment(viewer.actor, input.id, input.words, quote=input.quote, now=viewer.now)
        return cls(id=made.id)


class Mutations(graphene.ObjectType):
    """What can be written."""

    start_content = StartContent.Field()
    keep_content = KeepContent.Field()
    save_content = SaveContent.Field()
    discard_typing = DiscardTyping.Field()
    restore_content = RestoreContent.Field()
    comment_content = CommentContent.Field()
