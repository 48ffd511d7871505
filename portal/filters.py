"""How moments, money and sizes are written for people. China time, plain words."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
KILO = 1024


def day(value: date | datetime) -> str:
    """Write a day: 2026年11月23日 星期一."""
    local = value.astimezone(CHINA).date() if isinstance(value, datetime) else value
    return f"{local.year}年{local.month}月{local.day}日 星期{WEEKDAYS[local.weekday()]}"


def short_day(value: date) -> str:
    """Write a day where its weekday is said already: 11月23日."""
    return f"{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """Write a moment: 2026年11月23日 09:30."""
    local = value.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def clock(value: datetime) -> str:
    """Write the time of day: 09:30."""
    return f"{value.astimezone(CHINA):%H:%M}"


def when(value: date | datetime) -> str:
    """Write a moment or a day, whichever it is."""
    return moment(value) if isinstance(value, datetime) else day(value)


def yuan(fen: int) -> str:
    """Write money: 123400 fen is 1,234.00 元."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02} 元"


def filesize(size: int) -> str:
    """Write how big a file is."""
    if size < KILO:
        return f"{size} 字节"
    if size < KILO * KILO:
        return f"{size / KILO:.0f} KB"
    return f"{size / KILO / KILO:.1f} MB"


def problem_for(problems: Iterable[Mapping[str, Any]] | None, field: str) -> Mapping[str, Any] | None:
    """Find the problem of a field."""
    return next((problem for problem in problems or () if problem["field"] == field), None)


def date_parts(name: str, value: Any) -> list[dict[str, Any]]:
    """Lay out a day as three inputs. `value` is a date, or what was typed: {year, month, day}."""
    typed = value if isinstance(value, Mapping) else {}
    known = value if isinstance(value, date) else None
    parts = []
    for part, label, width in (("year", "年", 4), ("month", "月", 2), ("day", "日", 2)):
        shown = getattr(known, part) if known else typed.get(part, "")
        element = f"field-{name}" if part == "year" else f"field-{name}-{part}"
        parts.append({"id": element, "name": f"{name}_{part}", "value": shown, "label": label, "width": width})
    return parts


def fresh_key() -> str:
    """Make an idempotency key for a form."""
    return secrets.token_urlsafe(16)
