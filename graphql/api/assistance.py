"""Asking an agency of another province, through the door (FEATURES C12)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.scalars import Date, DateTime, enum_of
from api.viewer import Viewer
from applications import assistance
from applications.assistance import Answer, Kind, Reply, Wish
from core.identity import ActorKind

AssistanceKind = enum_of(
    Kind,
    "What is asked for.",
    {Kind.TAKE_OVER: "Taking the case over.", Kind.VERIFY: "Verifying something there."},
    name="AssistanceKind",
)
AssistanceAnswer = enum_of(
    Answer, "What came of it.", {Answer.ACCEPTED: "They do it, or have done it.", Answer.DECLINED: "They do not."}
)


class Assistance(graphene.ObjectType):
    """What an agency of another province was asked to do for a case."""

    kind = graphene.Field(AssistanceKind, required=True, description="What was asked for.")
    to_name = graphene.String(required=True, description="Which agency.")
    about = graphene.String(description="What was written to them. For staff alone; empty for the applicant.")
    asked_at = graphene.Field(DateTime, required=True, description="When.")
    due_on = graphene.Field(Date, required=True, description="Until when an answer is expected.")
    answered_at = graphene.Field(DateTime, description="When they answered.")
    answer = graphene.Field(AssistanceAnswer, description="What they answered.")
    contact = graphene.String(required=True, description="How to reach them; may be empty.")
    words = graphene.String(required=True, description="What they said; may be empty.")

    def resolve_about(row, info: Any) -> Any:
        """Show it to colleagues."""
        return row.about if info.context.actor.kind is ActorKind.STAFF else None

    def resolve_answer(row, _info: Any) -> Any:
        """Give it, once there is one."""
        return row.answer or None


class WaitedFor(graphene.ObjectType):
    """A request nobody has answered yet."""

    reference = graphene.String(required=True, description="The number of the case.")
    kind = graphene.Field(AssistanceKind, required=True, description="What was asked for.")
    to_name = graphene.String(required=True, description="Which agency.")
    due_on = graphene.Field(Date, required=True, description="Until when an answer is expected.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    assistance_waited_for = graphene.List(
        graphene.NonNull(WaitedFor), required=True, description="What one's region waits for, what is due first."
    )

    def resolve_assistance_waited_for(_root, info: Any) -> Any:
        """List it."""
        return assistance.waiting(info.context.actor)


class AskAssistanceInput(graphene.InputObjectType):
    """What is asked for, of whom."""

    reference = graphene.String(required=True, description="The number of the case.")
    kind = graphene.Field(AssistanceKind, required=True, description="What is asked for.")
    to_region = graphene.String(required=True, description="The code of the other province, two digits.")
    to_name = graphene.String(required=True, description="Which agency there; 80 characters.")
    about = graphene.String(required=True, description="What is written to them; 500 characters.")


class AskAssistance(Action):
    """Ask an agency of another province. The case stays here until they have said that they have it."""

    class Arguments:
        """What it takes."""

        input = AskAssistanceInput(required=True, description="What, of whom.")

    assistance = graphene.Field(Assistance, description="The request.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> AskAssistance:
        """Ask."""
        wish = Wish(Kind(input["kind"]), input["to_region"], input["to_name"], input["about"])
        return cls(assistance=assistance.ask(viewer.actor, input["reference"], wish, now=viewer.now))


class AnswerAssistanceInput(graphene.InputObjectType):
    """What the other agency said."""

    reference = graphene.String(required=True, description="The number of the case.")
    answer = graphene.Field(AssistanceAnswer, required=True, description="What they answered.")
    contact = graphene.String(default_value="", description="How the applicant reaches them; 120 characters.")
    words = graphene.String(default_value="", description="What they said; 500 characters. The applicant reads it.")


class AnswerAssistance(Action):
    """Write down what the other agency said. Where they take the case over, the applicant gets a letter."""

    class Arguments:
        """What it takes."""

        input = AnswerAssistanceInput(required=True, description="What they said.")

    assistance = graphene.Field(Assistance, description="The request, answered.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> AnswerAssistance:
        """Write it down."""
        reply = Reply(Answer(input["answer"]), input.get("contact") or "", input.get("words") or "")
        return cls(assistance=assistance.answer(viewer.actor, input["reference"], reply, now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    ask_assistance = AskAssistance.Field(required=True, description="Ask an agency of another province.")
    answer_assistance = AnswerAssistance.Field(required=True, description="Write down what they said.")
