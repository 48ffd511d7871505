"""The words hours are written with in Chinese, told apart. What no pattern knows is kept as unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

DASH = r"\s*(?:[-‐‑‒–—―─−~〜]+|至|到)\s*"
TIME = r"(?:\d{1,2}\s*:\s*\d{2}|\d{1,2}[点时](?:半|\d{1,2}分?|整)?)"
PART = r"上午|早上|早晨|早|中午|下午|晚上|晚间|晚|夜间|凌晨"
NEXT_DAY, NEXT_YEAR = r"次日|翌日|第二天", r"(?:次年|翌年|第二年)?"
WEEK, DAY = r"(?:周|星期|礼拜)", r"[一二三四五六日天]"
WEEKDAYS = rf"每?{WEEK}(?:({DAY}){DASH}{WEEK}?({DAY})|{DAY}(?:\s*、?\s*{DAY})*)"
DATE = r"\d{1,2}月(?:\d{1,2}[日号]|份)?"
SEASON = r"夏季|夏令时?|夏天|夏时制|冬季|冬令时?|冬天|冬时制"
OFFICE = r"(?:办公|工作|上班|服务|接待|开放|营业|受理)"
HOLIDAY = r"(?:国家)?(?:法定)?(?:节假日|假日)"
CLOSED = r"(?:不(?:上班|办公|开放|对外(?:办公|服务)?|接待|营业)|休息|放假|闭馆|除外)"


class Sort(StrEnum):
    """What sort of word it is. The first whose pattern fits has it."""

    PHONE = "phone"
    ALL_DAY = "all_day"
    HOLIDAYS_OFF = "holidays_off"
    HOLIDAYS_TOO = "holidays_too"
    HOLIDAYS = "holidays"
    DATES = "dates"
    SPLIT = "split"
    SPAN = "span"
    SEASON = "season"
    DAYS = "days"
    PART = "part"
    CLOSED = "closed"
    BRACKET = "bracket"
    END = "end"
    FILLER = "filler"
    UNKNOWN = "unknown"


PATTERNS = {
    Sort.PHONE: r"(?:0\d{2,3}-)?\d{7,8}(?!\d)|1\d{10}(?!\d)|12348(?!\d)|(?:咨询|联系)?电话\s*:?",
    Sort.ALL_DAY: r"(?:全天候?)?\s*24\s*小时(?:服务|开放|值守)?",
    Sort.HOLIDAYS_OFF: rf"除{HOLIDAY}(?:以)?外|{HOLIDAY}{CLOSED}",
    Sort.HOLIDAYS_TOO: rf"(?:含|包括){HOLIDAY}|{HOLIDAY}(?:照常|不休息?|正常){OFFICE}?|全年无休",
    Sort.HOLIDAYS: HOLIDAY,
    Sort.DATES: rf"(?:每年)?(?:({DATE}){DASH}{NEXT_YEAR}({DATE})|(\d{{1,2}})月?{DASH}{NEXT_YEAR}(\d{{1,2}})月份?)",
    Sort.SPLIT: rf"({TIME})\s*\(({SEASON})({TIME})\){DASH}({TIME})",
    Sort.SPAN: rf"({TIME}){DASH}({NEXT_DAY}|{PART})?\s*({TIME})",
    Sort.SEASON: SEASON,
    Sort.DAYS: rf"(?:正常|法定)?工作日|每天|每日|天天|双休日|周末|{WEEKDAYS}",
    Sort.PART: PART,
    Sort.CLOSED: CLOSED,
    Sort.BRACKET: r"[()\[\]【】]",
    Sort.END: r"[;。]",
    Sort.FILLER: rf"{OFFICE}时间|(?:延时|错时)(?:服务|办理)?|[\s,、:为和及]",
}
COMPILED = {sort: re.compile(pattern) for sort, pattern in PATTERNS.items()}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, what sort it is, and the parts it is made of."""

    sort: Sort
    text: str
    parts: tuple[str | None, ...] = ()


def tokens(text: str) -> Iterator[Token]:
    """Tell words apart, in order. Signs are first written in one width."""
    text, at, unknown = unicodedata.normalize("NFKC", text).strip(), 0, ""
    while at < len(text):
        found = _known(text, at)
        if found is None:
            unknown += text[at]
            at += 1
            continue
        if unknown:
            yield Token(Sort.UNKNOWN, unknown)
        unknown = ""
        yield found
        at += len(found.text)
    if unknown:
        yield Token(Sort.UNKNOWN, unknown)


def _known(text: str, at: int) -> Token | None:
    for sort, pattern in COMPILED.items():
        if found := pattern.match(text, at):
            return Token(sort, found[0], found.groups())
    return None
