"""A quiz as editors write it: a heading is a question, `- [x]` the right answer, what follows explains it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LEAST_OPTIONS = 2  # one is no choice
HEADING = re.compile(r"^#{2,4}[ \t]+(.+?)[ \t#]*$")
OPTION = re.compile(r"^[ \t]*[-*+][ \t]+\[([ xX√✓]?)\][ \t]*(.*?)[ \t]*$")


@dataclass
class Question:
    """A question, its options, which of them are right (from 1), and why. `line` is where it begins."""

    text: str
    line: int
    options: list[str] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """What stands before the questions, and the questions."""

    intro: str
    questions: Sequence[Question]


def read(body: str) -> Quiz:
    """Read a quiz off a text. What is missing is empty: the guards say so."""
    intro: list[str] = []
    questions: list[Question] = []
    for number, line in enumerate(body.split("\n"), start=1):
        heading, option = HEADING.match(line), OPTION.match(line)
        if heading:
            questions.append(Question(heading[1], number))
        elif not questions:
            intro.append(line)
        elif option:
            questions[-1].options.append(option[2])
            if option[1].strip():
                questions[-1].right.append(len(questions[-1].options))
        else:
            questions[-1].why += line.removeprefix("> ").removeprefix(">") + "\n"
    for one in questions:
        one.why = one.why.strip()
    return Quiz("\n".join(intro).strip(), questions)


def faults(quiz: Quiz, *, most_options: int) -> Iterator[tuple[str, Question]]:
    """Find what is wrong with the questions, by code."""
    for one in quiz.questions:
        fits = LEAST_OPTIONS <= len(one.options) <= most_options and all(one.options)
        if not fits or len(set(one.options)) < len(one.options):
            yield "guard_quiz_options", one
        if len(one.right) != 1:
            yield "guard_quiz_right", one
        if not one.why:
            yield "guard_quiz_why", one
