"""Whose hands a case is in, through the door: the next one, and putting it back (FEATURES F01)."""

from __future__ import annotations

from typing import Any

import graphene

from api import case_words
from api.mutation import Action
from api.scalars import DateTime
from api.viewer import Viewer
from applications import hands, urgent


class CaseHolding(graphene.ObjectType):
    """Who works on a case, and why it presses as it does."""

    held_by = graphene.String(required=True, description="Who works on it; empty where nobody does.")
    is_mine = graphene.Boolean(required=True, description="Whether that is whoever asks.")
    held_until = graphene.Field(DateTime, description="Until when it is kept for them.")
    why = graphene.String(required=True, description="Why it stands where it does in the order of work.")
    call_by = graphene.Field(DateTime, description="Until when somebody rings, where it is urgent and nobody has.")


class HeldCase(graphene.ObjectType):
    """A case in one's own hands."""

    reference = graphene.String(required=True, description="The number.")
    held_until = graphene.Field(DateTime, required=True, description="Until when it is kept.")


def holding(application: Any, viewer: Viewer) -> CaseHolding:
    """Say who works on a case."""
    is_held = hands.is_held(application, now=viewer.now)
    return CaseHolding(
        held_by=application.held_name if is_held else "",
        is_mine=is_held and application.held_by == viewer.actor.id,
        held_until=application.held_until if is_held else None,
        why=case_words.why(hands.reason(application, now=viewer.now)),
        call_by=urgent.call_by(application),
    )


class Queries(graphene.ObjectType):
    """What can be asked."""

    cases_in_hand = graphene.List(
        graphene.NonNull(HeldCase), required=True, description="The cases one has in hand oneself, the oldest first."
    )

    def resolve_cases_in_hand(_root, info: Any) -> Any:
        """List them."""
        return hands.held(info.context.actor, now=info.context.now)


class TakeNextCase(Action):
    """Take the case in hand that presses most and that nobody works on. No two people get the same."""

    case_reference = graphene.String(description="Its number; empty where nothing waits.")
    why = graphene.String(description="Why it is the next.")

    @classmethod
    def act(cls, viewer: Viewer) -> TakeNextCase:
        """Take it."""
        found = hands.take_next(viewer.actor, now=viewer.now)
        if found is None:
            return cls()
        return cls(case_reference=found.reference, why=case_words.why(hands.reason(found, now=viewer.now)))


class PutBackCaseInput(graphene.InputObjectType):
    """Which case."""

    reference = graphene.String(required=True, description="The number of the case.")


class PutBackCase(Action):
    """Let a colleague have a case one took."""

    class Arguments:
        """What it takes."""

        input = PutBackCaseInput(required=True, description="Which case.")

    case_reference = graphene.String(description="Its number.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> PutBackCase:
        """Put it back."""
        return cls(case_reference=hands.put_back(viewer.actor, input["reference"], now=viewer.now).reference)


class Mutations(graphene.ObjectType):
    """What can be done."""

    take_next_case = TakeNextCase.Field(required=True, description="Take the case that presses most.")
    put_back_case = PutBackCase.Field(required=True, description="Let a colleague have a case one took.")
