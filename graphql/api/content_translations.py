"""Pages in other languages, on the desk (FEATURES D15)."""

from __future__ import annotations

from typing import Any

import graphene

from api.content_input import PAGE
from api.content_kinds import LanguageType
from api.mutation import Action
from api.scalars import enum_of
from api.viewer import Viewer
from content import translating
from content.kinds import LANGUAGES
from content.translating import TranslationState

StateType = enum_of(
    TranslationState,
    "How far a page has come in a language.",
    {one: f"{label}." for one, label in translating.STATES.items()},
    name="TranslationState",
)


class ContentTranslation(graphene.ObjectType):
    """A page in another language."""

    language = graphene.Field(LanguageType, required=True, description="The language.")
    language_text = graphene.String(required=True, description="Its own name.")
    state = graphene.Field(StateType, required=True, description="How far it has come.")
    state_text = graphene.String(required=True, description="The same in Chinese.")
    article_id = graphene.ID(description="Its page on the desk.")
    of = graphene.Int(required=True, description="The revision of the original it says; 0 where nobody said which.")
    now_at = graphene.Int(required=True, description="The revision of the original it should say.")

    def resolve_language_text(one, _info: Any) -> str:
        """Name the language."""
        return LANGUAGES[one.language]

    def resolve_state_text(one, _info: Any) -> str:
        """Name the state."""
        return translating.STATES[one.state]


class Queries(graphene.ObjectType):
    """What can be asked of translations."""

    content_translations = graphene.List(
        graphene.NonNull(ContentTranslation),
        required=True,
        description="How a page of one's region stands in the languages it was not written in.",
        id=graphene.ID(required=True, description=PAGE),
    )

    def resolve_content_translations(_root, info: Any, id: str) -> Any:
        """List them."""
        return translating.of(info.context.actor, id, now=info.context.now)


class TranslateContentInput(graphene.InputObjectType):
    """Into which language."""

    id = graphene.ID(required=True, description=PAGE)
    language = graphene.Field(LanguageType, required=True, description="The language.")


class TranslateContent(Action):
    """Begin a page in another language, with what the original says to be written over."""

    class Arguments:
        input = TranslateContentInput(required=True)

    id = graphene.ID(description="The new page.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Begin it."""
        return cls(id=translating.begin(viewer.actor, input.id, str(input.language), now=viewer.now).id)


class FollowOriginalInput(graphene.InputObjectType):
    """Which page."""

    id = graphene.ID(required=True, description=PAGE)


class FollowOriginal(Action):
    """Say that a translation agrees with the original as it is now; it is reviewed like any other revision."""

    class Arguments:
        input = FollowOriginalInput(required=True)

    number = graphene.Int(description="The revision that says so.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Say so."""
        return cls(number=translating.follow(viewer.actor, input.id, now=viewer.now).number)


class Mutations(graphene.ObjectType):
    """What can be done with translations."""

    translate_content = TranslateContent.Field()
    follow_original = FollowOriginal.Field()
