"""How it is safe to ring somebody, and every try to (FEATURES B14)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from appointments import calls
from appointments.calls import Outcome

OutcomeType = enum_of(
    Outcome, "What came of a call.", {one: f"{label}." for one, label in calls.OUTCOMES.items()}, name="CallOutcome"
)


class CallingInput(graphene.InputObjectType):
    """How it is safe to ring somebody; what is not said is taken as carefully as can be."""

    may_say = graphene.Boolean(default_value=False, description="Whether to say who rings.")
    only_then = graphene.Boolean(default_value=True, description="Whether to ring at the time that was ordered alone.")
    text_instead = graphene.Boolean(default_value=True, description="Whether a text is safe where nobody answers.")


class CallTry(graphene.ObjectType):
    """One try to reach somebody."""

    number = graphene.Int(required=True, description="Which try it was.")
    outcome_text = graphene.String(required=True, description="What came of it, in words.")
    made_at = graphene.Field(DateTime, required=True, description="When.")

    def resolve_outcome_text(one, _info: Any) -> str:
        """Say what came of it."""
        return calls.OUTCOMES[Outcome(one.outcome)]


class CallOutcomeChoice(graphene.ObjectType):
    """What may be said of a call."""

    code = graphene.Field(OutcomeType, required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="The same in Chinese.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    call_outcomes = graphene.List(
        graphene.NonNull(CallOutcomeChoice), required=True, description="What may be said of a call."
    )

    def resolve_call_outcomes(_root, _info: Any) -> list[CallOutcomeChoice]:
        """List them."""
        return [CallOutcomeChoice(code=one, label=label) for one, label in calls.OUTCOMES.items()]


class NoteCallInput(graphene.InputObjectType):
    """Whom one rang, and what came of it."""

    appointment = graphene.ID(required=True, description="The id of the appointment.")
    outcome = graphene.Field(OutcomeType, required=True, description="What came of it.")


class NoteCall(Action):
    """Put a try to reach somebody on record; after the last that failed a text goes out where that is safe."""

    class Arguments:
        input = NoteCallInput(required=True)

    made = graphene.Field(CallTry, description="The try.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        return cls(made=calls.note(viewer.actor, input.appointment, Outcome(input.outcome), now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    note_call = NoteCall.Field()
