"""Answers of the form: read from text into what is kept, and written for people again. Pure.

Kept values are plain JSON: text, whole numbers (money in fen), true and false, days as ISO text, lists of codes;
null means left empty. No problem ever repeats what somebody wrote (TRUST P3).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts import id_number, phone
from applications import questions
from applications.questions import Kind, Question
from core.errors import Problem

MONEY = frozenset({"income"})
MASKED = frozenset({"id_number"})
NARROWEST_NEEDED = 3  # a county: an agency and a standard can be found from there on
EARLIEST = date(1900, 1, 1)
LATEST_YEARS = 20

Kept = Any
LevelOf = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked on a page, and all that is needed to judge what is answered."""

    questions: Sequence[Question]
    known: Mapping[str, Kept]
    today: date
    level_of: LevelOf
    spans: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read, and what must be put right."""

    values: Mapping[str, Kept]
    problems: tuple[Problem, ...]


def read(asked: Asked, given: Mapping[str, Sequence[str]]) -> Reading:
    """Read the answers to a page. What is fine comes out, whatever is wrong with the rest; all problems at once.

    A question that was not on the page as it was sent keeps the answer it had. A masked value that comes back
    unchanged means "keep it".
    """
    values: dict[str, Kept] = {}
    problems: list[Problem] = []
    for question in asked.questions:
        if question.name not in given:
            if question.required and asked.known.get(question.name) in (None, ""):
                problems.append(Problem("answer_missing", question.name))
            continue
        found = _read_one(asked, question, given[question.name], values)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            values[question.name] = found
    return Reading(values, tuple(problems))


def _read_one(asked: Asked, question: Question, given: Sequence[str], so_far: Mapping[str, Kept]) -> Kept | Problem:
    kept = asked.known.get(question.name)
    if question.name in MASKED and kept and [*given] == [mask(question.name, kept)]:
        return kept
    value = _words(question, given) if question.kind in (Kind.TEXT, Kind.TEXTAREA) else _typed(question, given)
    if value is None or isinstance(value, Problem):
        return value
    judge = JUDGES.get(question.name) or (_judge_day if question.kind is Kind.DATE else None)
    return judge(asked, question, value, {**asked.known, **so_far}) if judge else value


def _typed(question: Question, given: Sequence[str]) -> Kept | Problem:
    value = questions.read(question, given)
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def _words(question: Question, given: Sequence[str]) -> Kept | Problem:
    """Read words as somebody wrote them: their punctuation stays, what cannot be seen goes."""
    text = "\n".join(given).replace("\r\n", "\n").replace("\r", "\n")
    lines = question.kind is Kind.TEXTAREA
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if c == "\n" or unicodedata.category(c)[0] != "C")
    said = seen.strip() if lines else " ".join(seen.split())
    if not said:
        return Problem("answer_missing", question.name) if question.required else None
    if question.max_length is not None and len(said) > question.max_length:
        return Problem("answer_too_long", question.name, {"limit": question.max_length})
    return said


def _judge_region(asked: Asked, question: Question, value: Kept, _known: Mapping[str, Kept]) -> Kept | Problem:
    level = asked.level_of(value)
    if level is None:
        return Problem("region_unknown", question.name)
    return value if level >= NARROWEST_NEEDED else Problem("region_too_wide", question.name)


def _judge_id_number(asked: Asked, question: Question, value: Kept, known: Mapping[str, Kept]) -> Kept | Problem:
    kinds = {one.value for one in id_number.IdDocumentType}
    kind = known.get("id_kind")
    judged_as = id_number.IdDocumentType(kind if kind in kinds else "other")
    found = id_number.judge(value, judged_as, today=asked.today)
    return Problem(found.problem, question.name) if found.problem else found.number


def _judge_phone(_asked: Asked, question: Question, value: Kept, _known: Mapping[str, Kept]) -> Kept | Problem:
    number = phone.normalise(value)
    return number if phone.can_be_called(number) else Problem("phone_unfit", question.name)


def _judge_day(asked: Asked, question: Question, value: Kept, _known: Mapping[str, Kept]) -> Kept | Problem:
    day_given, span = date.fromisoformat(value), asked.spans.get(question.name)
    if span == "past" and day_given > asked.today:
        return Problem("day_not_yet", question.name)
    if not EARLIEST <= day_given <= date(asked.today.year + LATEST_YEARS, 12, 31):
        return Problem("day_unlikely", question.name)
    return value


JUDGES: dict[str, Callable[[Asked, Question, Kept, Mapping[str, Kept]], Kept | Problem]] = {
    "region": _judge_region,
    "id_number": _judge_id_number,
    "phone": _judge_phone,
}


def as_text(kept: Mapping[str, Kept]) -> dict[str, tuple[str, ...]]:
    """Write all kept answers as somebody would type them."""
    return {name: texts(name, value) for name, value in kept.items()}


def texts(name: str, value: Kept) -> tuple[str, ...]:
    """Write one kept answer as somebody would type it. Nothing where it was left empty."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(value) or (questions.NONE,)
    if isinstance(value, bool):
        return (questions.YES if value else questions.NO,)
    if name in MONEY:
        whole, rest = divmod(value, 100)
        return (f"{whole}.{rest:02d}" if rest else str(whole),)
    return (str(value),)


def shown(question: Question, value: Kept) -> tuple[str, ...]:
    """Write a kept answer as its field shows it again: masked where it must be."""
    if value is not None and question.name in MASKED:
        return (mask(question.name, value),)
    return texts(question.name, value)


def said(question: Question, value: Kept) -> str:
    """Write a kept answer for people to check: in words, masked where it must be."""
    labels = {one.value: one.label for one in question.options}
    written = shown(question, value)
    if question.kind is Kind.DATE and written:
        found = date.fromisoformat(written[0])
        return f"{found.year}年{found.month}月{found.day}日"
    unit = f" {question.unit}" if written and question.unit else ""
    return "、".join(labels.get(one, one) for one in written) + unit


def mask(name: str, value: str) -> str:
    """Show as much of a value as helps to recognise it."""
    return id_number.mask(value) if name in MASKED else value


def day(value: Kept) -> date | None:
    """Read a kept day."""
    return date.fromisoformat(value) if value else None
