"""Questions and answers: one shape for the pre-check and the application form."""

from __future__ import annotations

from typing import Any

import graphene

from api.scalars import enum_of
from applications import questions

QuestionKind = enum_of(
    questions.Kind,
    "What sort of answer a question wants.",
    {
        questions.Kind.RADIO: "One of the options.",
        questions.Kind.CHECKBOXES: "Any of the options; NONE stands alone.",
        questions.Kind.MONEY: "An amount in yuan, as people type it.",
        questions.Kind.INTEGER: "A whole number, more than 0.",
        questions.Kind.DATE: "A day, ISO 8601.",
        questions.Kind.TEXT: "One line.",
        questions.Kind.TEXTAREA: "Several lines.",
        questions.Kind.REGION: "A division code: one of the options, or a finer one.",
        questions.Kind.YES_NO: "YES or NO.",
    },
)


class Option(graphene.ObjectType):
    """One answer that is offered."""

    value = graphene.String(required=True, description="What to send back.")
    label = graphene.String(required=True, description="What people read.")
    hint = graphene.String(required=True, description="A word of explanation; may be empty.")


class Question(graphene.ObjectType):
    """One question: what is asked, and what may be answered."""

    name = graphene.String(required=True, description="Its stable name, the `field` of an answer.")
    title = graphene.String(required=True, description="What is asked, in plain Chinese.")
    help = graphene.String(required=True, description="A word of explanation; may be empty.")
    kind = graphene.Field(QuestionKind, required=True, description="What sort of answer it wants.")
    options = graphene.List(graphene.NonNull(Option), required=True, description="The answers that are offered.")
    required = graphene.Boolean(required=True, description="Whether it must be answered.")
    unit = graphene.String(required=True, description="The unit to show beside the field; may be empty.")
    max_length = graphene.Int(description="How many characters at most.")


class AnswerInput(graphene.InputObjectType):
    """What somebody answered to one question. No values: they cannot or need not say."""

    field = graphene.String(required=True, description="The name of the question.")
    values = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The answer as it was typed or chosen."
    )


class Answered(graphene.ObjectType):
    """A question that was asked, and what was answered."""

    question = graphene.Field(Question, required=True, description="The question.")
    values = graphene.List(graphene.NonNull(graphene.String), required=True, description="The answer as it was sent.")
    text = graphene.String(required=True, description="The answer as people read it.")


def answers_of(given: list[Any]) -> dict[str, list[str]]:
    """Put answers together by question; the last word on a question counts."""
    return {one.field: list(one.values) for one in given}


def answered(question: questions.Question, values: tuple[str, ...]) -> Answered:
    """Say what was answered in words."""
    return Answered(question=question, values=list(values), text=questions.say(question, values) or "没有填")
