"""Questions as data, one shape for every face; and reading what people answer (text) into values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from applications.rule import HardshipStandard, Matter, Residence
from applications.rulebook import RuleBook
from core.errors import Problem

NONE = "NONE"  # the option "none of these", which stands alone
YES, NO, UNSURE = "YES", "NO", "UNSURE"
MOST_FEN = 1_000_000_000  # ten million yuan a month: beyond that it is a slip of the finger
MOST_WHOLE = 9_999
MONEY = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")


class Kind(StrEnum):
    """What sort of answer a question wants."""

    RADIO = "radio"
    CHECKBOXES = "checkboxes"
    MONEY = "money"
    INTEGER = "integer"
    DATE = "date"
    TEXT = "text"
    TEXTAREA = "textarea"
    REGION = "region"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that is offered."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, and what may be answered."""

    name: str
    title: str
    kind: Kind
    help: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    unit: str = ""
    max_length: int | None = None


Value = str | int | bool | date | frozenset[str] | None
YES_OR_NO = (Option(YES, "是"), Option(NO, "不是"))


def region(rules: RuleBook) -> Question:
    """Ask where it happened."""
    options = tuple(Option(code, name) for code, name in rules.regions.items())
    home_first = tuple(sorted(options, key=lambda one: one.value != rules.home_region))
    return Question("region", "事情发生在哪里？", Kind.REGION, "各省的标准不一样。", home_first)


def area(rules: RuleBook, place: str, on: date) -> Question:
    """Ask which corner of life it is about."""
    used = {one.area for one in rules.matters(place, on)}
    options = tuple(Option(one.code, one.title, one.hint) for one in rules.areas if one.code in used)
    return Question("area", "您遇到的是哪方面的事？", Kind.RADIO, "选最接近的一项。选错了可以退回来改。", options)


def matter(rules: RuleBook, place: str, on: date, within: str | None = None) -> Question:
    """Ask what it is about; `within` an area, or of all."""
    offered = [one for one in rules.matters(place, on) if within in (None, one.area)]
    options = [Option(one.code, one.title, _examples(one)) for one in offered]
    if not any(one.scope.value == UNSURE for one in offered):
        options.append(Option(NONE, "都不像，或者说不清", "由工作人员帮您看"))
    return Question("matter", "具体是什么事？", Kind.RADIO, "选最接近的一项。", tuple(options))


def exemptions(rules: RuleBook, about: Matter, place: str, on: date) -> Question:
    """Ask for the classes whose means nobody checks. One tick ends the means part."""
    offered = rules.exemptions(about, place, on)
    first = [one for one in offered if one.matters] + [one for one in offered if not one.matters]
    options = (*(Option(one.code, one.title, one.hint) for one in first), Option(NONE, "都不是"))
    return Question(
        "exemptions",
        "您是不是下面这样的人？",
        Kind.CHECKBOXES,
        "选中一项，就不用再说收入。可以选几项。",
        options,
    )


def registry(standard: HardshipStandard) -> Question:
    """Ask whether the household is on a list the agency can look up."""
    options = (*YES_OR_NO, Option(UNSURE, "不清楚", "工作人员可以帮您查"))
    return Question("registry", standard.question, Kind.RADIO, standard.help, options)


def circumstances(standard: HardshipStandard) -> Question:
    """Ask for blows of fate that a person must weigh."""
    options = (*(Option(one.code, one.label, one.hint) for one in standard.circumstances), Option(NONE, "都没有"))
    return Question("circumstances", standard.question, Kind.CHECKBOXES, standard.help, options)


def residence() -> Question:
    """Ask whether the town's or the country's standard is meant."""
    options = (Option(Residence.URBAN.value, "城镇"), Option(Residence.RURAL.value, "农村"))
    return Question("residence", "您家在城镇还是在农村？", Kind.RADIO, "两边的标准不一样。", options)


def opponent_at_home() -> Question:
    """Ask whether the other side lives in the same household: then only one's own income counts (MV-FAM)."""
    return Question(
        "opponent_at_home",
        "对方是不是和您一起生活的家人？",
        Kind.YES_NO,
        "如果是，只看您自己的收入，不看对方的。",
        YES_OR_NO,
    )


def income(*, own_only: bool) -> Question:
    """Ask for the monthly income."""
    title = "您自己一个月收入大约多少？" if own_only else "全家人一个月收入加起来大约多少？"
    whole = "工资、做小生意、养老金都算。没有收入就填 0。说不清可以不填，由工作人员帮您看。"
    return Question("income", title, Kind.MONEY, whole, required=False, unit="元")


def household_size() -> Question:
    """Ask how many people live on that income."""
    return Question(
        "household_size",
        "一起生活的家人有几口？",
        Kind.INTEGER,
        "连您自己也算。说不清可以不填。",
        required=False,
        unit="人",
    )


def deadline_on() -> Question:
    """Ask early for a date that cannot wait (TL-URG)."""
    return Question(
        "deadline_on",
        "有没有快到期的日子？",
        Kind.DATE,
        "例如开庭、上诉、申请仲裁的最后一天。没有就不填。不到7天的，我们会先帮您。",
        required=False,
    )


def preservation_needed() -> Question:
    """Ask for the other urgent ground of 第四十四条."""
    return Question(
        "preservation_needed",
        "是不是要马上查封财产、保住证据，或者等钱救急？",
        Kind.YES_NO,
        "例如对方在转移财产，医药费没有着落。",
        YES_OR_NO,
        required=False,
    )


def priority_groups(rules: RuleBook, place: str, on: date) -> Question:
    """Ask for the groups that are dealt with first (A39). People say it themselves; nothing needs to be proved."""
    options = tuple(Option(one.code, one.title) for one in rules.priorities(place, on))
    return Question(
        "priority_groups",
        "您属于下面哪些人？",
        Kind.CHECKBOXES,
        "可以选几项，自己说了就算，会优先办理。",
        (*options, Option(NONE, "都不是")),
    )


def read(question: Question, values: Sequence[str]) -> Value | Problem:
    """Read what somebody answered. None: left empty where that is allowed. A `Problem` is theirs to put right."""
    given = [text for text in (unicodedata.normalize("NFKC", one).strip() for one in values) if text]
    if not given:
        return Problem("answer_missing", question.name) if question.required else None
    if question.kind is Kind.CHECKBOXES:
        return _several(question, given)
    if len(given) > 1:
        return Problem("answer_not_offered", question.name)
    return READERS[question.kind](question, given[0])


def say(question: Question, values: Sequence[str]) -> str:
    """Say an answer the way people read it; empty where there is none."""
    value = read(question, values)
    if isinstance(value, Problem) or value is None:
        return ""
    if question.kind is Kind.MONEY and isinstance(value, int):
        return yuan(value)
    if question.kind is Kind.INTEGER:
        return f"{value}{question.unit}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    labels = {one.value: one.label for one in question.options}
    return "、".join(labels.get(one, one) for one in dict.fromkeys(one.strip() for one in values) if one)


def yuan(fen: int) -> str:
    """Write an amount for people."""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d}元" if rest else f"{whole:,}元"


def _several(question: Question, given: Sequence[str]) -> Value | Problem:
    chosen = frozenset(given)
    if chosen - {one.value for one in question.options}:
        return Problem("answer_not_offered", question.name)
    if NONE in chosen and len(chosen) > 1:
        return Problem("answer_contradicts", question.name)
    return chosen - {NONE}


def _one(question: Question, text: str) -> Value | Problem:
    if text in {one.value for one in question.options}:
        return text
    return Problem("answer_not_offered", question.name)


def _yes_no(question: Question, text: str) -> Value | Problem:
    return text == YES if text in (YES, NO) else Problem("answer_not_offered", question.name)


def _money(question: Question, text: str) -> Value | Problem:
    found = MONEY.fullmatch(text.replace(",", "").removesuffix("元").removeprefix("¥").strip())
    if found is None:
        return Problem("answer_not_money", question.name)
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return fen if fen <= MOST_FEN else Problem("answer_too_large", question.name)


def _whole(question: Question, text: str) -> Value | Problem:
    digits = text.removesuffix(question.unit) if question.unit else text
    if not (digits.isascii() and digits.isdigit()) or not 0 < int(digits[:6]) <= MOST_WHOLE:
        return Problem("answer_not_number", question.name)
    return int(digits[:6])


def _day(question: Question, text: str) -> Value | Problem:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Problem("answer_not_date", question.name)


def _words(question: Question, text: str) -> Value | Problem:
    if question.max_length is not None and len(text) > question.max_length:
        return Problem("answer_too_long", question.name, {"limit": question.max_length})
    return text


def _place(question: Question, text: str) -> Value | Problem:
    return text if re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", text) else _one(question, text)


def _examples(about: Matter) -> str:
    return "例如：" + "；".join(about.examples) if about.examples else about.hint


READERS: dict[Kind, Callable[[Question, str], Value | Problem]] = {
    Kind.RADIO: _one,
    Kind.YES_NO: _yes_no,
    Kind.MONEY: _money,
    Kind.INTEGER: _whole,
    Kind.DATE: _day,
    Kind.TEXT: _words,
    Kind.TEXTAREA: _words,
    Kind.REGION: _place,
}
