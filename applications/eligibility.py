"""May legal aid be given? Pure rules: matter, then person, then means (RULEBOOK 1.1 to 1.3, 10.1).

A machine hints, a person decides: three outcomes, none of them a refusal. One walk both asks and judges, so that
a question is asked only while its answer could change the outcome (FEATURES A07).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from applications import advice, means, questions
from applications.facts import Facts
from applications.judgement import Figure, Judgement, Line, Route, Verdict
from applications.questions import Question, Value
from applications.rule import Effect, Exemption, HardshipRule, Matter, Scope
from applications.rulebook import RuleBook
from core.errors import Problem

NOT_CLASSED = Line("LAL-23", "法律援助法第二十三条", "这件事属于哪一类，要由工作人员和您一起弄清楚。", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    verdict: Verdict
    lines: tuple[Line, ...]
    changes: tuple[str, ...] = ()
    matter: Matter | None = None
    exemption: Exemption | None = None
    hardship_required: bool = True
    hardship_check_required: bool = True
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Walk:
    """How far somebody's answers lead: what was asked and answered, what comes next, what does not fit."""

    facts: Facts
    asked: tuple[tuple[Question, tuple[str, ...]], ...]
    next: Question | None
    problems: tuple[Problem, ...]


def judge(facts: Facts, rules: RuleBook, on: date) -> Judgement:
    """Judge what is known so far. Where questions are open, a person must look, and `complete` is False."""
    found = _consider(facts, rules, on)
    if isinstance(found, Question):
        open_line = Line("MV-41-1", "法律援助法第四十一条", "还有问题没有回答。", None)
        found = _Outcome(verdict=Verdict.PERSON_LOOKS, lines=(open_line,), matter=_matter(facts, rules, on))
        found = replace(found, complete=False)
    urgent, urgent_reason = urgency(facts, rules, on)
    discreet = found.matter is not None and found.matter.discreet
    return Judgement(
        verdict=found.verdict,
        headline=advice.HEADLINES[found.verdict],
        complete=found.complete,
        region=_region(facts, rules),
        matter=found.matter.code if found.matter else None,
        exemption=found.exemption.code if found.exemption else None,
        hardship_required=found.hardship_required,
        hardship_check_required=found.hardship_check_required,
        routes=_routes(facts, found),
        proof=_proof(found),
        urgent=urgent,
        urgent_reason=urgent_reason,
        discreet=discreet,
        explanation=found.lines,
        what_would_change=found.changes,
        next_steps=advice.next_steps(found.verdict, discreet=discreet, urgent=urgent),
        rules_version=rules.version,
        judged_on=on,
    )


def next_question(facts: Facts, rules: RuleBook, on: date) -> Question | None:
    """Give the next question, none as soon as the outcome is certain."""
    found = _consider(facts, rules, on)
    return found if isinstance(found, Question) else None


def walk(answers: Mapping[str, Sequence[str]], rules: RuleBook, on: date, *, region: str | None = None) -> Walk:
    """Go from question to question with the answers given, whatever their order.

    Answers to questions that are not asked (any more) are left aside. An answer that does not fit is asked again.
    """
    facts = Facts(region=region)
    asked: list[tuple[Question, tuple[str, ...]]] = []
    while (question := next_question(facts, rules, on)) is not None and question.name in answers:
        given = tuple(answers[question.name])
        value = questions.read(question, given)
        if isinstance(value, Problem):
            return Walk(facts, tuple(asked), question, (value,))
        facts = learn(facts, question.name, value)
        asked.append((question, given))
    return Walk(facts, tuple(asked), question, ())


def learn(facts: Facts, name: str, value: Value) -> Facts:
    """Add one answer; an empty one means that somebody cannot say."""
    if value is None:
        return replace(facts, unsure=facts.unsure | {name})
    return replace(facts, **{name: value})  # type: ignore[arg-type]  # each question reads its fact's type


def urgency(facts: Facts, rules: RuleBook, on: date) -> tuple[bool, str]:
    """Say whether aid may have to come before the papers (TL-URG, 第四十四条), and why."""
    limit = rules.limit("TL-URG").days
    if facts.deadline_on is not None and (facts.deadline_on - on).days < limit:
        if facts.deadline_on < on:
            return True, "您说的日子已经过了，请马上打 12348 问还有没有办法。"
        return (
            True,
            f"离{facts.deadline_on:%Y-%m-%d}不到{limit}天，可以先行提供法律援助（法律援助法第四十四条第一项）。",
        )
    if facts.preservation_needed:
        return True, "需要马上保全或者先予执行，可以先行提供法律援助（法律援助法第四十四条第二项）。"
    return False, ""


def _consider(facts: Facts, rules: RuleBook, on: date) -> Question | _Outcome:
    place = _region(facts, rules)
    if facts.region is None:
        return questions.region(rules)
    if facts.matter is None:
        return _ask_matter(facts, rules, place, on)
    matter = _matter(facts, rules, on)
    if matter is None or matter.scope is Scope.UNSURE:
        return _Outcome(verdict=Verdict.PERSON_LOOKS, lines=(NOT_CLASSED,), matter=matter)
    told = Line(matter.id, "、".join(matter.legal_basis), *_say_matter(matter))
    if matter.scope is Scope.OUT:
        return _Outcome(verdict=Verdict.OTHER_HELP, lines=(told,), changes=advice.OUT_OF_SCOPE_CHANGES, matter=matter)
    if matter.hardship is HardshipRule.NOT_REQUIRED:
        return _Outcome(
            verdict=Verdict.LIKELY,
            lines=(told, Line("EX-32", "法律援助法第三十二条", "不看收入，不用说明经济状况。", holds=True, depth=1)),
            matter=matter,
            hardship_required=False,
            hardship_check_required=False,
        )
    return _consider_person(facts, rules, on, matter, told)


def _consider_person(facts: Facts, rules: RuleBook, on: date, matter: Matter, told: Line) -> Question | _Outcome:
    place = _region(facts, rules)
    if facts.exemptions is None:
        return questions.exemptions(rules, matter, place, on)
    offered = rules.exemptions(matter, place, on)
    # Whoever need not be in hardship at all is better off than whoever need not prove it.
    best_first = sorted(offered, key=lambda one: one.effect is not Effect.CONDITION_EXEMPT)
    exemption = next((one for one in best_first if one.code in facts.exemptions), None)
    if exemption is not None:
        return _exempt(matter, exemption, told)
    weighed = means.weigh(facts, matter, rules.standards(place, on))
    if isinstance(weighed, Question):
        return weighed
    check = Line("LAL-34", "法律援助法第三十四条", "这类事要看是不是经济困难。", means.HOLDS[weighed.state])
    changes = weighed.what_would_change
    if weighed.state is not means.State.MET:
        changes = (*changes, *advice.exempt_changes(offered))
    return _Outcome(
        verdict=VERDICTS[weighed.state], lines=(told, check, *weighed.lines), changes=changes, matter=matter
    )


def _exempt(matter: Matter, exemption: Exemption, told: Line) -> _Outcome:
    unconditional = exemption.effect is Effect.CONDITION_EXEMPT
    text = f"您选了“{exemption.title}”，" + ("不看收入。" if unconditional else "不用核查经济状况。")
    if unconditional:
        text += "办案机关应当通知法律援助机构指派律师；您也可以自己申请。"
    shown = tuple(Figure("可以这样说明", advice.SHOWINGS[one]) for one in exemption.accepts)
    return _Outcome(
        verdict=Verdict.LIKELY,
        lines=(told, Line(exemption.id, exemption.article, text, holds=True, depth=1, figures=shown)),
        matter=matter,
        exemption=exemption,
        hardship_required=not unconditional,
        hardship_check_required=False,
    )


def _ask_matter(facts: Facts, rules: RuleBook, place: str, on: date) -> Question:
    if facts.area is None:
        return questions.area(rules, place, on)
    return questions.matter(rules, place, on, within=facts.area)


def _matter(facts: Facts, rules: RuleBook, on: date) -> Matter | None:
    return rules.matter(facts.matter, _region(facts, rules), on) if facts.matter else None


def _region(facts: Facts, rules: RuleBook) -> str:
    return facts.region or rules.home_region


def _say_matter(matter: Matter) -> tuple[str, bool]:
    if matter.scope is Scope.OUT:
        return f"“{matter.title}”一般不在法律援助代理的范围里，但法律咨询人人都能免费得到。", False
    named = "您选的这件事" if matter.discreet else f"“{matter.title}”"  # others may see the screen
    return f"{named}在法律援助范围里。", True


def _routes(facts: Facts, found: _Outcome) -> tuple[Route, ...]:
    if not found.hardship_check_required:
        return ()
    if facts.false_pledge:
        return (Route.DATA_SHARING, Route.CERTIFICATE)
    return (Route.DATA_SHARING, Route.PLEDGE, Route.CERTIFICATE)


def _proof(found: _Outcome) -> tuple[str, ...]:
    if found.exemption is not None:
        return found.exemption.proof
    return found.matter.proof if found.matter else ()


VERDICTS = {
    means.State.MET: Verdict.LIKELY,
    means.State.UNKNOWN: Verdict.PERSON_LOOKS,
    means.State.NOT_MET: Verdict.OTHER_HELP,
}
