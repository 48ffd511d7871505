"""The way through an application: which steps somebody sees, how far they are, what comes next. Pure.

FEATURES A07, A08; RULEBOOK 10.1, 10.6: somebody who flees violence is asked nothing about means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from accounts import id_number
from applications import answers, eligibility, questions
from applications.eligibility import Walk
from applications.judgement import Judgement, Route
from applications.questions import Kind, Option, Question
from applications.rule import Scope
from applications.rulebook import RuleBook
from applications.steps import Field, Form, Step, StepKind, form
from core.errors import NotFound

NO_DOCUMENT = "none"
WITHOUT_OPPONENT = frozenset({"CRIMINAL_SUSPECT_OR_DEFENDANT", "CAPACITY_DECLARATION", "APPEAL_UNDECIDED", "RETRIAL"})
ROUTES = {
    Route.PLEDGE: Option(
        Route.PLEDGE.value,
        "签个人诚信承诺",
        "自己说明情况并签名，不用交证明。说假话要负责任，签之前会一条一条告诉您。",
    ),
    Route.DATA_SHARING: Option(
        Route.DATA_SHARING.value,
        "同意我们查询",
        "您不用交材料。我们向民政等部门查询您家的情况，只查办理要用到的。",
    ),
    Route.CERTIFICATE: Option(
        Route.CERTIFICATE.value,
        "自己交材料",
        "交能看出收入情况的材料，例如工资条、银行流水、低保证。不用专门去开证明。",
    ),
}


NO_PLEDGE = (
    "您以前签的一份承诺，经查与实际情况不符，所以现在不能再用承诺的办法。下面的办法一样有效，您照样可以申请。"
    "觉得弄错了，可以到受理的机构说明，也可以打 12348。"
)


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    CURRENT = "current"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Situation:
    """All that decides which steps somebody sees: their answers so far and what the rules make of them."""

    answers: Mapping[str, Any]
    walk: Walk
    judgement: Judgement
    rules: RuleBook
    on: date
    agencies: tuple[Option, ...] = ()
    false_pledge: bool = False

    @property
    def discreet(self) -> bool:
        """Say whether words must give nothing away."""
        return self.judgement.discreet or self.answers.get("say_who_calls") == questions.NO

    @property
    def place(self) -> str:
        """Give the division whose rules hold: the receiving agency's, else where somebody lives (MV-PLACE)."""
        return place_of(self.answers, self.rules)


def place_of(given: Mapping[str, Any], rules: RuleBook) -> str:
    """Give the division whose rules hold for these answers."""
    return str(given.get("agency") or given.get("region") or rules.home_region)


def situation(
    given: Mapping[str, Any],
    rules: RuleBook,
    on: date,
    agencies: tuple[Option, ...] = (),
    *,
    false_pledge: bool = False,
) -> Situation:
    """Look at the answers with the eyes of the rules."""
    place = place_of(given, rules)
    walk = eligibility.walk(answers.as_text(given), rules, on, region=place)
    facts = replace(
        walk.facts,
        deadline_on=answers.day(given.get("deadline_on")),
        preservation_needed=given.get("preservation_needed"),
        false_pledge=false_pledge,
    )
    return Situation(given, walk, eligibility.judge(facts, rules, on), rules, on, agencies, false_pledge)


def steps_for(now: Situation) -> tuple[Step, ...]:
    """List the steps this person sees, in order."""
    return tuple(step for step in form().steps if applies(step, now))


def applies(step: Step, now: Situation) -> bool:
    """Say whether a step is for this person."""
    return CONDITIONS[step.when](step, now)


def find(name: str, now: Situation) -> Step:
    """Find a step this person sees, or raise `NotFound`."""
    step = form().step(name)
    if step is None or not applies(step, now):
        raise NotFound("step_unknown")
    return step


def questions_of(step: Step, now: Situation) -> tuple[Question, ...]:
    """Give the questions of a step, with the options and words for this person."""
    of_rules = tuple(_of_rules(name, now) for name in step.ask)
    return (*of_rules, *(_of_form(field, now) for field in step.fields))


def span_of(step: Step, question: str) -> str:
    """Say which days make sense as an answer: past, future, or any."""
    return next((field.span for field in step.fields if field.question.name == question), "")


def is_done(step: Step, now: Situation, done: Collection[str]) -> bool:
    """Say whether a step was saved, and still has an answer for all it must have."""
    if step.name not in done:
        return False
    return not missing(step, now)


def missing(step: Step, now: Situation) -> tuple[Question, ...]:
    """Give the questions of a step that must have an answer and have none that fits."""
    if step.kind is not StepKind.QUESTIONS:
        return ()
    return tuple(one for one in questions_of(step, now) if _is_open(one, now))


def progress(now: Situation, done: Collection[str], current: str | None = None) -> tuple[tuple[Step, Progress], ...]:
    """Give the steps this person sees and how far each is."""

    def state(step: Step) -> Progress:
        if step.name == current:
            return Progress.CURRENT
        return Progress.DONE if is_done(step, now, done) else Progress.TODO

    return tuple((step, state(step)) for step in steps_for(now))


def next_step(now: Situation, done: Collection[str], after: str | None = None) -> Step:
    """Give the step to go on with: the first that is open after this one, else the first open one of all."""
    steps = steps_for(now)
    names = [step.name for step in steps]
    start = names.index(after) + 1 if after in names else 0
    for step in (*steps[start:], *steps[:start]):
        if not is_done(step, now, done):
            return step
    return steps[-1]


def _is_open(question: Question, now: Situation) -> bool:
    value = now.answers.get(question.name)
    if question.name not in now.answers:
        return question.required
    if value in (None, "") and question.required:
        return True
    if question.name in {problem.field for problem in now.walk.problems}:
        return True  # it was answered once, and no longer fits what was answered before it
    offered = {one.value for one in question.options}
    return question.kind is Kind.RADIO and value is not None and value not in offered


def _of_rules(name: str, now: Situation) -> Question:
    on, place = now.on, now.place
    if name in RULES:
        return RULES[name](now.rules, place, on, now.answers.get("area"))
    asked = {question.name: question for question, _ in now.walk.asked}
    if now.walk.next is not None:
        asked[now.walk.next.name] = now.walk.next
    return asked[name]


def _of_form(field: Field, now: Situation) -> Question:
    asked = field.question
    if field.source:
        asked = replace(asked, options=SOURCES[field.source](now))
    if now.false_pledge and field.source == "routes":
        asked = replace(asked, help=NO_PLEDGE)
    if now.discreet and field.discreet_help:
        asked = replace(asked, help=field.discreet_help)
    return asked


def _routes(now: Situation) -> tuple[Option, ...]:
    return tuple(option for route, option in ROUTES.items() if route in now.judgement.routes)


def _is_asked(step: Step, now: Situation) -> bool:
    names = {question.name for question, _ in now.walk.asked}
    if now.walk.next is not None:
        names.add(now.walk.next.name)
    return not names.isdisjoint(step.ask)


def must_verify(now: Situation) -> bool:
    """Say whether hardship is verified at all: it is a condition, it is checked, and the matter is one of ours."""
    told = now.judgement
    found = now.rules.matter(told.matter, now.place, now.on) if told.matter else None
    return bool(
        found and found.scope is Scope.IN and told.hardship_required and told.hardship_check_required and told.routes
    )


def chose_pledge(now: Situation) -> bool:
    """Say whether this person pledges: their own choice, where the rules leave it (MV-CHOICE, MV-NA)."""
    chosen = now.answers.get("verification") == Route.PLEDGE
    return chosen and Route.PLEDGE in now.judgement.routes and must_verify(now)


def _has_document(_step: Step, now: Situation) -> bool:
    return now.answers.get("id_kind") not in (None, NO_DOCUMENT)


def _birth_not_in_number(_step: Step, now: Situation) -> bool:
    kind = now.answers.get("id_kind")
    return kind is not None and kind != id_number.IdDocumentType.RESIDENT_ID


def _has_opponent(_step: Step, now: Situation) -> bool:
    return now.judgement.matter not in WITHOUT_OPPONENT


CONDITIONS: dict[str, Callable[[Step, Situation], bool]] = {
    "": lambda _step, _now: True,
    "is_asked": _is_asked,
    "must_verify": lambda _step, now: must_verify(now),
    "chose_pledge": lambda _step, now: chose_pledge(now),
    "has_document": _has_document,
    "birth_not_in_number": _birth_not_in_number,
    "has_opponent": _has_opponent,
}
SOURCES: dict[str, Callable[[Situation], tuple[Option, ...]]] = {
    "agencies": lambda now: now.agencies,
    "routes": _routes,
}
RULES: dict[str, Callable[[RuleBook, str, date, str | None], Question]] = {
    "area": lambda rules, place, on, _area: questions.area(rules, place, on),
    "matter": questions.matter,
    "deadline_on": lambda _rules, _place, _on, _area: questions.deadline_on(),
    "preservation_needed": lambda _rules, _place, _on, _area: questions.preservation_needed(),
    "priority_groups": lambda rules, place, on, _area: questions.priority_groups(rules, place, on),
}

__all__ = ["Form", "Progress", "Situation", "applies", "find", "next_step", "progress", "questions_of", "steps_for"]
