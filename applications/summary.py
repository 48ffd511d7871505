"""Everything somebody answered, in words, section by section: to be checked before handing in, and read on the desk."""

from __future__ import annotations

from dataclasses import dataclass

from applications import answers, journey
from applications.journey import Situation
from applications.questions import Kind, Question
from applications.steps import Step, StepKind, form
from locator import queries as places


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `step` is where it can be changed."""

    step: str
    field: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """Answers that belong together."""

    title: str
    rows: tuple[Row, ...]


def sections(now: Situation) -> tuple[Section, ...]:
    """Write all answers of the steps this person sees; what was left empty says so. Masked where it must be."""
    steps = [step for step in journey.steps_for(now) if step.kind is StepKind.QUESTIONS]
    found = (
        Section(section.title, tuple(row for step in steps if step.section == section.name for row in rows(step, now)))
        for section in form().sections
    )
    return tuple(section for section in found if section.rows)


def rows(step: Step, now: Situation) -> list[Row]:
    """Write the answers of one step."""
    return [
        Row(step.name, question.name, question.title, _said(question, now) or "没有填")
        for question in journey.questions_of(step, now)
    ]


def _said(question: Question, now: Situation) -> str:
    value = now.answers.get(question.name)
    if question.kind is Kind.REGION and value:
        return " ".join(one.name for one in places.path(value))
    return answers.said(question, value)
