"""Weighs hardship by the standards of a region. Any one of them is enough (RULEBOOK 3.2, MV-FAM)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from applications import questions
from applications.facts import Facts
from applications.judgement import Figure, Line
from applications.questions import MOST_FEN, Question, yuan
from applications.rule import HardshipStandard, Matter, Residence, StandardKind


class State(StrEnum):
    """What a standard comes to."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    UNKNOWN = "UNKNOWN"


HOLDS = {State.MET: True, State.NOT_MET: False, State.UNKNOWN: None}


@dataclass(frozen=True, slots=True)
class Weighing:
    """What all standards come to together, why, and what would change it."""

    state: State
    lines: tuple[Line, ...]
    what_would_change: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    state: State
    text: str
    figures: tuple[Figure, ...] = ()
    change: str = ""


def weigh(facts: Facts, matter: Matter, standards: Sequence[HardshipStandard]) -> Question | Weighing:
    """Go through the standards, the quickest to answer first; ask where an answer could still change the outcome."""
    if not standards:
        line = Line("MV-34", "法律援助法第三十四条", "还没有查到这个地方的经济困难标准，由工作人员判断。", None)
        return Weighing(State.UNKNOWN, (line,))
    in_order = sorted(standards, key=_quickest)
    if not _depends_on_residence(standards):
        return _go_through(facts, matter, in_order)
    town, country = (_go_through(facts, matter, _for(in_order, where)) for where in (Residence.URBAN, Residence.RURAL))
    if isinstance(town, Question) and isinstance(country, Question) and town.name == country.name:
        return town
    if isinstance(town, Weighing) and isinstance(country, Weighing) and town.state is country.state:
        return _either(town, country)
    if facts.residence is None:
        return questions.residence()
    return town if facts.residence == Residence.URBAN.value else country


def _go_through(facts: Facts, matter: Matter, standards: Sequence[HardshipStandard]) -> Question | Weighing:
    lines: list[Line] = []
    changes: list[str] = []
    state = State.NOT_MET
    for number, standard in enumerate(standards):
        if state is State.UNKNOWN and not any(_can_be_met(one) for one in standards[number:]):
            break  # whatever is answered now, a person must look
        found = METHODS[standard.kind](standard, facts, matter)
        if isinstance(found, Question):
            return found
        lines.append(Line(standard.id, standard.article, found.text, HOLDS[found.state], 1, found.figures))
        if found.state is State.MET:
            return Weighing(State.MET, tuple(lines))
        if found.change:
            changes.append(found.change)
        if found.state is State.UNKNOWN:
            state = State.UNKNOWN
    return Weighing(state, tuple(lines), tuple(changes))


def _for(standards: Sequence[HardshipStandard], where: Residence) -> Sequence[HardshipStandard]:
    return [one for one in standards if one.residence in (Residence.ALL, where)]


def _either(town: Weighing, country: Weighing) -> Weighing:
    """Say both: wherever somebody lives, the outcome is the same, so that nobody is asked (FEATURES A07)."""
    changes = dict.fromkeys((*town.what_would_change, *country.what_would_change))
    return Weighing(town.state, tuple(dict.fromkeys((*town.lines, *country.lines))), tuple(changes))


def _depends_on_residence(standards: Sequence[HardshipStandard]) -> bool:
    return any(one.residence is not Residence.ALL and _can_be_met(one) for one in standards)


def _quickest(standard: HardshipStandard) -> tuple[int, int, bool]:
    """Put lists first; then amounts, the most generous first, as it alone may settle it; then what a person weighs."""
    place = {StandardKind.REGISTRY_LISTED: 0, StandardKind.FREE_TEXT_DISCRETION: 2}.get(standard.kind, 1)
    return place, -(standard.limit_fen or MOST_FEN), not standard.inclusive


def _can_be_met(standard: HardshipStandard) -> bool:
    return standard.kind is StandardKind.REGISTRY_LISTED or standard.limit_fen is not None


def _by_registry(standard: HardshipStandard, facts: Facts, _matter: Matter) -> Question | _Found:
    if facts.registry is None:
        return questions.registry(standard)
    if facts.registry == questions.YES:
        return _Found(State.MET, f"您家属于{standard.title}，符合经济困难条件。")
    change = f"如果被认定为{standard.title}，就可能符合。可以向村（居）委会或者民政部门申请认定。"
    if facts.registry == questions.UNSURE:
        return _Found(State.UNKNOWN, f"还不清楚您家是不是{standard.title}，工作人员可以查询。", change=change)
    return _Found(State.NOT_MET, f"您家还没有被认定为{standard.title}。", change=change)


def _by_discretion(standard: HardshipStandard, facts: Facts, _matter: Matter) -> Question | _Found:
    if facts.circumstances is None:
        return questions.circumstances(standard)
    told = [one.label for one in standard.circumstances if one.code in facts.circumstances]
    if told:
        return _Found(State.UNKNOWN, f"您说家里{'、'.join(told)}。这要由工作人员了解情况后判断。")
    change = f"如果您家{standard.title}，请告诉工作人员，由工作人员判断。"
    return _Found(State.NOT_MET, f"您没有提到“{standard.title}”的情况。", change=change)


def _by_income(standard: HardshipStandard, facts: Facts, matter: Matter) -> Question | _Found:
    limit = standard.limit_fen
    if limit is None:
        return _Found(State.UNKNOWN, f"标准是{standard.title}。{standard.base_name}的数额还没有录入，由工作人员核对。")
    if matter.opponent_may_be_family and facts.opponent_at_home is None:
        return questions.opponent_at_home()
    own_only = matter.opponent_may_be_family and facts.opponent_at_home is True
    if not facts.knows("income"):
        return questions.income(own_only=own_only)
    if facts.income is None:
        return _Found(State.UNKNOWN, f"标准是每人每月{yuan(limit)}。您没有说收入，由工作人员了解。")
    if own_only or _is_within(standard, facts.income, limit, 1):
        return _compare(standard, facts.income, limit, 1, own_only=own_only)
    return _per_head(standard, facts, facts.income, limit)


def _per_head(standard: HardshipStandard, facts: Facts, income: int, limit: int) -> Question | _Found:
    if not facts.knows("household_size"):
        return questions.household_size()
    if facts.household_size is None:
        return _Found(State.UNKNOWN, f"标准是每人每月{yuan(limit)}。您没有说家里几口人，由工作人员了解。")
    return _compare(standard, income, limit, facts.household_size, own_only=False)


def _compare(standard: HardshipStandard, income: int, limit: int, people: int, *, own_only: bool) -> _Found:
    example = "（示例数额）" if standard.is_example else ""
    whose = "您自己的月收入" if own_only else "全家月收入"
    figures = (
        Figure("标准", f"{standard.title}，每人每月{yuan(limit)}{example}"),
        Figure(whose, yuan(income)),
        *((Figure("家庭人数", f"{people}人"),) if people > 1 else ()),
        *((Figure("数额来源", standard.base_source),) if standard.base_source else ()),
    )
    counted = "（对方是一起生活的家人，只看您自己的收入）" if own_only else ""
    word = "不超过" if standard.inclusive else "低于"
    if _is_within(standard, income, limit, people):
        return _Found(State.MET, f"收入{word}标准{counted}，符合经济困难条件。", figures)
    change = f"如果平均每人每月收入{word}{yuan(limit)}，就可能符合。"
    if standard.is_firm:
        return _Found(State.NOT_MET, f"收入超过了标准{counted}。", figures, change)
    return _Found(State.UNKNOWN, f"收入超过了我们查到的数额{counted}，但这个数额还要由工作人员核对。", figures, change)


def _is_within(standard: HardshipStandard, income: int, limit: int, people: int) -> bool:
    return income <= limit * people if standard.inclusive else income < limit * people


METHODS: dict[StandardKind, Callable[[HardshipStandard, Facts, Matter], Question | _Found]] = {
    StandardKind.REGISTRY_LISTED: _by_registry,
    StandardKind.FIXED_MONTHLY: _by_income,
    StandardKind.MINIMUM_WAGE_RATIO: _by_income,
    StandardKind.MULTIPLE_OF_DIBAO: _by_income,
    StandardKind.FRACTION_OF_RURAL_INCOME: _by_income,
    StandardKind.FREE_TEXT_DISCRETION: _by_discretion,
}
