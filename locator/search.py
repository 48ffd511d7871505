"""Finding a division by what people type: a name, a part of its path, pinyin or its initials (FEATURES A35)."""

from __future__ import annotations

import unicodedata

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from core.db import session
from core.errors import Malformed
from locator import queries
from locator.kinds import DivisionStatus
from locator.models import Division
from locator.region import Region

LONGEST = 40
EXACT, LIKELY, BEGINS, CONTAINS, ON_THE_WAY = range(5)


def find(text: str, *, within: str | None = None, limit: int = 10) -> list[Region]:
    """Find divisions, best first: the same name in two places is listed twice, to be told apart by its path."""
    typed = tidy(text)
    if not typed:
        return []
    matches, rank = _by_sound(typed.lower()) if typed.isascii() else _by_name(typed)
    found = select(*queries.COLUMNS).where(matches)
    if within is not None:
        found = found.where(Division.lineage.startswith(queries.division(within).lineage))
    standing = case((Division.status == DivisionStatus.ACTIVE, 0), else_=1)
    found = found.order_by(standing, rank, Division.level, Division.code).limit(limit)
    return [queries.remember(row) for row in session().execute(found)]


def tidy(text: str) -> str:
    """Keep the letters of what was typed: any width, no blanks, no signs (so nothing acts as a wildcard)."""
    if len(text) > LONGEST:
        raise Malformed("search_too_long", limit=LONGEST)
    return letters(text)


def letters(text: str) -> str:
    """Keep letters and digits, any width made one."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _by_name(typed: str) -> tuple[ColumnElement[bool], ColumnElement[int]]:
    in_order = "%" + "%".join(typed) + "%"  # 株洲石峰 is on the way to 湖南省株洲市石峰区
    above = func.substr(Division.full_name, 1, func.length(Division.full_name) - func.length(Division.name))
    led_there = and_(Division.full_name.like(in_order), above.not_like(in_order))
    one_more = func.length(Division.name) == len(typed) + 1  # 石峰 means 石峰区
    rank = case(
        (or_(Division.name == typed, Division.full_name == typed), EXACT),
        (and_(Division.name.startswith(typed), one_more), LIKELY),
        (Division.name.startswith(typed), BEGINS),
        (Division.name.contains(typed), CONTAINS),
        else_=ON_THE_WAY,
    )
    return or_(Division.name.contains(typed), led_there), rank


def _by_sound(typed: str) -> tuple[ColumnElement[bool], ColumnElement[int]]:
    rank = case(
        (or_(Division.pinyin == typed, Division.initials == typed), EXACT),
        (and_(Division.initials.startswith(typed), func.length(Division.initials) == len(typed) + 1), LIKELY),
        else_=BEGINS,
    )
    return or_(Division.pinyin.startswith(typed), Division.initials.startswith(typed)), rank
