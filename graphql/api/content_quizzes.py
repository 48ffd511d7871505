"""Quizzes through the door: questions without their answers, and answers marked. Nothing is kept (FEATURES D19)."""

from __future__ import annotations

from typing import Any

import graphene

from api.reading_types import PageStep
from content import markdown, steps
from content.quizzes import marking
from content.quizzes.marking import FILE
from content.rulebook import rules

MOST_ANSWERS = 20


class QuizQuestion(graphene.ObjectType):
    """A question of a quiz."""

    number = graphene.Int(required=True, description="Which: from 1.")
    text = graphene.String(required=True, description="The question.")
    options = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What one may answer, numbered from 1."
    )


class Quiz(graphene.ObjectType):
    """A quiz as it is answered."""

    slug = graphene.String(required=True, description="The page's name in addresses.")
    title = graphene.String(required=True, description="Its title.")
    summary = graphene.String(required=True, description="What it is about.")
    intro = graphene.String(required=True, description="What stands before the questions, as HTML, cleaned.")
    is_sample = graphene.Boolean(required=True, description="Whether a lawyer has yet to read it.")
    questions = graphene.List(graphene.NonNull(QuizQuestion), required=True, description="Twenty at most.")


class QuizBasis(graphene.ObjectType):
    """What says so."""

    title = graphene.String(required=True, description="The law.")
    article = graphene.Int(required=True, description="The article; 0 is all of it.")
    slug = graphene.String(description="Our page about it; empty where there is none.")


class MarkedAnswer(graphene.ObjectType):
    """A question that was answered."""

    number = graphene.Int(required=True, description="Which.")
    text = graphene.String(required=True, description="The question.")
    chosen = graphene.Int(required=True, description="The number of the answer; 0 where there was none.")
    chosen_text = graphene.String(required=True, description="The same in words.")
    right_text = graphene.String(required=True, description="The right answer.")
    is_right = graphene.Boolean(required=True, description="Whether it was right.")
    why = graphene.String(required=True, description="Why, as HTML, cleaned.")
    bases = graphene.List(graphene.NonNull(QuizBasis), required=True, description="Which laws say so.")


class QuizResult(graphene.ObjectType):
    """What somebody got right. It is kept nowhere."""

    slug = graphene.String(required=True, description="The page's name in addresses.")
    title = graphene.String(required=True, description="Its title.")
    right = graphene.Int(required=True, description="How many were right.")
    total = graphene.Int(required=True, description="Of how many.")
    has_passed = graphene.Boolean(required=True, description="Whether that is enough for a certificate.")
    pass_percent = graphene.Int(required=True, description="How much is enough.")
    marked = graphene.List(graphene.NonNull(MarkedAnswer), required=True, description="Each question.")
    next_steps = graphene.List(graphene.NonNull(PageStep), required=True, description="What to do next.")

    def resolve_slug(result, _info: Any) -> str:
        """Give its name."""
        return str(result.card.slug)

    def resolve_title(result, _info: Any) -> str:
        """Give its title."""
        return str(result.card.title)

    def resolve_pass_percent(_result, _info: Any) -> int:
        """Give the rule."""
        return int(rules(FILE)["pass_percent"])

    def resolve_next_steps(result, _info: Any) -> list[steps.Step]:
        """Give what to do next."""
        return steps.after(result.card.topics, result.card.groups)


class Queries(graphene.ObjectType):
    """What can be asked of quizzes."""

    quiz = graphene.Field(
        Quiz,
        required=True,
        description="A quiz, without its answers.",
        slug=graphene.String(required=True, description="The page's name in addresses."),
    )
    mark_quiz = graphene.Field(
        QuizResult,
        required=True,
        description="Answers, marked and explained. Nobody learns of them.",
        slug=graphene.String(required=True, description="The page's name in addresses."),
        answers=graphene.List(
            graphene.NonNull(graphene.Int),
            required=True,
            description="The number of the answer to each question in order; 0 for none.",
        ),
    )

    def resolve_quiz(_root, info: Any, slug: str) -> Quiz:
        """Give the questions."""
        card, quiz = marking.find(slug, now=info.context.now)
        return Quiz(
            slug=card.slug,
            title=card.title,
            summary=card.summary,
            intro=markdown.render(quiz.intro).html,
            is_sample=card.is_sample,
            questions=[
                QuizQuestion(number=number, text=one.text, options=one.options)
                for number, one in enumerate(quiz.questions, start=1)
            ],
        )

    def resolve_mark_quiz(_root, info: Any, slug: str, answers: list[int]) -> marking.Result:
        """Mark them."""
        return marking.mark(slug, answers[:MOST_ANSWERS], now=info.context.now)
