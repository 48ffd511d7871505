"""Nobody is recognisable: numbers and names of people are found before readers see them (FEATURES D22, 个保法 28).

Numbers stop a page whatever its kind; nobody may override it. A child's name stops it; another name stops a case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from content.guards.finding import Finding, Place, Weight
from content.guards.rules import FILE, rules
from content.rulebook import read_from

GAP = r"[ \t\u3000\xa0\-_.·•,，、/\\|*\u00ad\u200b-\u200f\u2060\ufeff]{0,3}"
FIGURES = str.maketrans(
    "０１２３４５６７８９〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖Ｘｘ", "01234567890012345678" + "9123456789Xx"
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][\s·•.\-]?(?:[DF][A-HJ-NP-Z0-9]\d{4}|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警])(?![A-Za-z0-9])"
)
HOME = re.compile(r"\d{1,4}(?:栋|幢|号楼)\d{0,2}(?:单元)?\s?\d{2,4}(?:室|号|房)")
CASE_NUMBER = re.compile(r"[（(]20\d\d[）)][\u4e00-\u9fff]{1,2}\d{0,4}[\u4e00-\u9fff]{1,4}\d{1,6}号")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
ID_LENGTH, OLD_ID_LENGTH = 18, 15
CHILD_NEAR = 14
FOLLOWS = "的是在向与和因被将为于诉到对从说当去来找把给受称签"  # what stands after a name


def _digits(count: str, lead: str = r"\d", tail: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){lead}(?:{GAP}\d){count}{tail}(?!\d)")


def _bare(found: str) -> str:
    return re.sub(r"[^0-9Xx]", "", found).upper()


def is_id_number(found: str) -> bool:
    """Say whether figures are an ID number: of 18 by its check figure or its birthday, of 15 by its birthday."""
    figures = _bare(found)
    if len(figures) == OLD_ID_LENGTH:
        return figures.isdigit() and _is_day("19" + figures[6:12])
    total = sum(int(one) * weight for one, weight in zip(figures[:17], WEIGHTS, strict=True))
    return CHECKS[total % 11] == figures[17] or _is_day(figures[6:14])


def _is_day(figures: str) -> bool:
    try:
        return date(int(figures[:4]), int(figures[4:6]), int(figures[6:])).year >= 1900  # noqa: PLR2004
    except ValueError:
        return False


def is_card_number(found: str) -> bool:
    """Say whether figures are a bank card's: by their check figure (Luhn)."""
    total = 0
    for place, one in enumerate(reversed(_bare(found))):
        doubled = int(one) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004
    return total % 10 == 0


def _always(_found: str) -> bool:
    return True


NUMBERS: Mapping[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "guard_id_number": (_digits("{16}", lead="[1-9]", tail=rf"{GAP}[\dXx]"), is_id_number),
    "guard_old_id_number": (_digits("{14}", lead="[1-9]"), is_id_number),
    "guard_bank_card": (_digits("{15,18}", lead="[3-6]"), is_card_number),
    "guard_mobile": (_digits("{9}", lead=rf"(?:\+?86{GAP})?1{GAP}[3-9]"), _always),
    "guard_plate": (PLATE, _always),
}


def numbers(field: str, text: str) -> list[Finding]:
    """Find numbers that lead to a person. The same figures are said once, as the first they fit."""
    found: list[Place] = []
    said: list[Finding] = []
    plain = text.translate(FIGURES)
    for code, (pattern, fits) in NUMBERS.items():
        for match in pattern.finditer(plain):
            place = Place(field, text, match.start(), match.end())
            if fits(match[0]) and not any(place.start < one.end and one.start < place.end for one in found):
                found.append(place)
                said.append(place.found(code, Weight.STOPS))
    return said


def names(field: str, text: str, *, strict: bool) -> Iterator[Finding]:
    """Find children's names, and beside words like 原告 whoever else is named in full."""
    for match in _name_pattern().finditer(text):
        name = match["name"]
        place = Place(field, text, match.start("name"), match.end("name"))
        after = text[place.end : place.end + CHILD_NEAR]
        if _is_veiled(name, after):
            continue
        if _is_child(match["role"] or "", after):
            yield place.found("guard_minor_name", Weight.STOPS, f"{name[0]}某（化名）")
        elif match["role"]:
            yield place.found("guard_name", Weight.STOPS if strict else Weight.ADVISES, f"{name[0]}某")


def traces(field: str, text: str, *, strict: bool) -> Iterator[Finding]:
    """Find addresses of homes and numbers of cases, which lead to people too."""
    weight = Weight.STOPS if strict else Weight.ADVISES
    for code, pattern in (("guard_home", HOME), ("guard_case_number", CASE_NUMBER)):
        for match in pattern.finditer(text):
            yield Place(field, text, match.start(), match.end()).found(code, weight)


@read_from(FILE)
def _name_pattern(rule: dict[str, Any]) -> re.Pattern[str]:
    """Match a full name: after a role, or before an age."""
    said = rule["anonymity"]
    no_word = "|".join(map(re.escape, said["words"]))
    roles = "|".join(sorted(said["roles"], key=len, reverse=True))
    given = rf"(?!{no_word})[{said['surnames']}][\u4e00-\u9fff]{{1,2}}?"
    ends = rf"(?=[，,。；、（(：:{FOLLOWS}]|[今年]{{0,2}}仅?\d)"
    return re.compile(rf"(?:(?P<role>{roles})[：:\s]?|(?<![\u4e00-\u9fff]))(?P<name>{given}){ends}")


def _is_veiled(name: str, after: str) -> bool:
    return "某" in name or after.startswith(("（化名", "(化名"))


def _is_child(role: str, after: str) -> bool:
    if role in {"男孩", "女孩", "孩子", "儿童", "少年", "少女", "学生"} or "未成年" in after:
        return True
    age = re.search(r"(?<!\d)(\d{1,2})\s?(?:周岁|岁)", after)
    return age is not None and int(age[1]) < rules()["anonymity"]["minor_age"]
