"""The steps of an application as they stand in `forms/steps.toml`: one definition for every face (FEATURES A08)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from applications.questions import Kind, Option, Question

FILE = Path(__file__).parent / "forms" / "steps.toml"


class StepKind(StrEnum):
    """What sort of page a step is."""

    QUESTIONS = "questions"
    EVIDENCE = "evidence"
    PLEDGE = "pledge"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Section:
    """Steps that belong together; what the list of progress shows."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Field:
    """A question of the form. `source` names options made elsewhere, `span` the days that make sense."""

    question: Question
    discreet_help: str = ""
    source: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page: its words, its questions (`ask`: those of the rules, `fields`: those of the form), its condition."""

    name: str
    section: str
    title: str
    help: str = ""
    kind: StepKind = StepKind.QUESTIONS
    when: str = ""
    ask: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    discreet_title: str = ""
    discreet_help: str = ""

    def called(self, *, discreet: bool) -> str:
        """Give the title for whoever reads it."""
        return (discreet and self.discreet_title) or self.title

    def helped(self, *, discreet: bool) -> str:
        """Give the help for whoever reads it."""
        return (discreet and self.discreet_help) or self.help

    @property
    def names(self) -> tuple[str, ...]:
        """Name all the questions of the step."""
        return (*self.ask, *(field.question.name for field in self.fields))


@dataclass(frozen=True, slots=True)
class Form:
    """All sections and steps, in order."""

    sections: tuple[Section, ...]
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        """Find a step."""
        return next((step for step in self.steps if step.name == name), None)


@cache
def form() -> Form:
    """Read the form of the process, once."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Form(
        sections=tuple(Section(**one) for one in raw["section"]),
        steps=tuple(_step(one) for one in raw["step"]),
    )


def _step(raw: Mapping[str, Any]) -> Step:
    told = dict(raw)
    fields = tuple(_field(one) for one in told.pop("question", ()))
    kind = StepKind(told.pop("kind", StepKind.QUESTIONS))
    return Step(kind=kind, ask=tuple(told.pop("ask", ())), fields=fields, **told)


def _field(raw: Mapping[str, Any]) -> Field:
    told = dict(raw)
    own = {name: told.pop(name) for name in ("discreet_help", "source", "span") if name in told}
    options = tuple(Option(**one) for one in told.pop("options", ()))
    return Field(Question(kind=Kind(told.pop("kind")), options=options, **told), **own)
