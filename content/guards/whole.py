"""What a page of its kind must have (FEATURES D01, D11)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from content import markdown
from content.guards.finding import Finding, Weight
from content.kinds import FIELDS, Kind, definitions
from content.quizzes import written
from content.rulebook import rules
from content.said import Said

FIGURE = re.compile(r"[1-9][0-9]{0,4}")
STEPS = re.compile(r"^\s*\d+[.)]\s", re.MULTILINE)


def examine(kind: Kind, said: Said, *, cites: bool, known: Collection[str]) -> Iterator[Finding]:
    """Find what is missing."""
    yield from _missing(kind, said)
    yield from _unknown(kind, said, known)
    for code in markdown.faults(said.body):
        yield Finding(f"guard_{code}", Weight.STOPS, "body")
    needs = definitions()[kind]
    if needs.quiz:
        yield from _quiz(said)
    if needs.citation and not cites:
        yield Finding("guard_citation_missing", Weight.STOPS, "body")
    if needs.question and not said.title.rstrip().endswith(("？", "?", "吗", "呢")):
        yield Finding("guard_no_question", Weight.ADVISES, "title", passage=said.title)
    if needs.steps and not STEPS.search(said.body):
        yield Finding("guard_no_steps", Weight.ADVISES, "body")


def _missing(kind: Kind, said: Said) -> Iterator[Finding]:
    for field, value in (("title", said.title), ("summary", said.summary), ("body", said.body)):
        if not value.strip():
            yield Finding(f"guard_{field}_missing", Weight.STOPS, field)
    for field in definitions()[kind].required:
        if not said.fields.get(field):
            yield Finding("guard_field_missing", Weight.STOPS, field, passage=FIELDS[kind][field])
    yield from _unfit(kind, said)
    if not said.groups:
        yield Finding("guard_group_missing", Weight.STOPS, "groups")


def _unknown(kind: Kind, said: Said, known: Collection[str]) -> Iterator[Finding]:
    """Find films, pictures and forms that are not of the library."""
    needs = definitions()[kind]
    named = {"guard_no_film": needs.films, "guard_no_picture": needs.pictures, "guard_no_form": needs.forms}
    for code, fields in named.items():
        for field in fields:
            value = str(said.fields.get(field) or "").strip()
            if value and value not in known:
                yield Finding(code, Weight.STOPS, field, passage=f"{FIELDS[kind][field]}：{value}")


def _quiz(said: Said) -> Iterator[Finding]:
    """Find questions that cannot be answered, or are not explained."""
    quiz, rule = written.read(said.body), rules("quizzes.toml")
    least, most = rule["least_questions"], rule["most_questions"]
    if not least <= len(quiz.questions) <= most:
        yield Finding("guard_quiz_few", Weight.STOPS, "body", advice=f"{least}–{most}")
    for code, one in written.faults(quiz, most_options=rule["most_options"]):
        yield Finding(code, Weight.STOPS, "body", one.line, passage=one.text)
    for one in quiz.questions:
        if "《" not in one.why:
            yield Finding("guard_quiz_law", Weight.ADVISES, "body", one.line, passage=one.text)


def _unfit(kind: Kind, said: Said) -> Iterator[Finding]:
    """Find days that are no days, and numbers that are none."""
    needs = definitions()[kind]
    for code, fields, fits in (("guard_no_day", needs.days, _is_day), ("guard_no_figure", needs.figures, _is_figure)):
        for field in fields:
            value = str(said.fields.get(field) or "").strip()
            if value and not fits(value):
                yield Finding(code, Weight.STOPS, field, passage=f"{FIELDS[kind][field]}：{value}")


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _is_figure(written: str) -> bool:
    return FIGURE.fullmatch(written) is not None
