"""The newest entries that have what is looked for and are shown now: the same on both engines, and as a substring.

Every statement is written once, whatever is sought (`core.rows`). SQLite's index answers alone: pairs one after another
are a phrase there. PostgreSQL's says who has all the pairs; that they stand together is looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import isqrt
from typing import Any

from sqlalchemy import ARRAY, Integer, Select, Text, bindparam, cast, column, exists, func, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from content import live
from content.models import Publication
from content.models.search import SearchEntry
from content.search import wanted
from content.search.wanted import Wanted
from core.db import Instant, wire
from core.rows import Rows

FEW = 800  # by the root of how many are asked for: so many may have the pairs, or going back one by one is quicker
SPARE = 20  # read beyond what is asked for: some may not be shown, or not have the pairs together
WIDER = 4  # times as many in the next step
FTS = table("search_entry_fts", column("rowid"))


def newest(sought: Wanted, limit: int, *, now: datetime, in_title: bool = False) -> Sequence[Any]:
    """Give the newest entries that have it and are shown."""
    if wire().dialect.name == "sqlite":
        return ON_SQLITE.all(asked=wanted.fts5(sought, in_title=in_title), now=now, most=limit)
    few = FEW * (isqrt(limit) + 1)
    numbers = CANDIDATES.all(asked=wanted.tsquery(sought, in_title=in_title), most=few + 1)[0].numbers or []
    if len(numbers) > few:
        return _back_from_the_newest(sought, limit, now, in_title, few)
    return _among(sorted(numbers, reverse=True), sought, limit, now, in_title)


def _among(numbers: Sequence[int], sought: Wanted, limit: int, now: datetime, in_title: bool) -> Sequence[Any]:
    """Read those that may have it, the newest first, until there are enough."""
    found: list[Any] = []
    at, step = 0, limit + SPARE
    while at < len(numbers) and len(found) < limit:
        rows = BY_NUMBER.all(numbers=list(numbers[at : at + step]), now=now)
        found += [row for row in rows if wanted.is_in(sought, row.title if in_title else row.words)]
        at, step = at + step, step * WIDER
    return found[:limit]


def _back_from_the_newest(sought: Wanted, limit: int, now: datetime, in_title: bool, few: int) -> Sequence[Any]:
    """Go back through everything until there are enough: what so many have is soon found."""
    found: list[Any] = []
    high = TOP.all()[0].number
    step = 2 * limit * high // few + SPARE
    patterns = [f"%{run}%" for run in wanted.necessary(sought)]
    statement = BACK_BY_TITLE if in_title else BACK_BY_WORDS
    while high > 0 and len(found) < limit:
        low = max(0, high - step)
        rows = statement.all(low=low, high=high, patterns=patterns, now=now, most=limit)
        found += [row for row in rows if wanted.is_in(sought, row.title if in_title else row.words)]
        high = rows[-1].number - 1 if len(rows) == limit else low
        step *= WIDER
    return found[:limit]


def _shown() -> Select[int, str, str, str]:
    now = bindparam("now", type_=Instant())
    is_live = exists().where(Publication.revision_id == SearchEntry.revision_id, live.is_live(now))  # type: ignore[arg-type]
    columns = (SearchEntry.number, SearchEntry.revision_id, SearchEntry.title, SearchEntry.words)
    return select(*columns).where(is_live)


def _back(words: Any) -> Rows:
    within = (
        SearchEntry.number > bindparam("low", type_=Integer()),
        SearchEntry.number <= bindparam("high", type_=Integer()),
    )
    likely = words.op("LIKE")(func.any(bindparam("patterns", type_=ARRAY(Text))))
    newest_first = _shown().where(*within, likely).order_by(SearchEntry.number.desc())
    return Rows(newest_first.limit(bindparam("most", type_=Integer())))


ON_SQLITE = Rows(
    _shown()
    .join(FTS, FTS.c.rowid == SearchEntry.number)
    .where(text("search_entry_fts MATCH :asked").bindparams(bindparam("asked", type_=Text())))
    .order_by(FTS.c.rowid.desc())
    .limit(bindparam("most", type_=Integer()))
)
_with_the_pairs = (
    select(SearchEntry.number)
    .where(SearchEntry.grams.op("@@")(cast(bindparam("asked", type_=Text()), TSQUERY)))
    .limit(bindparam("most", type_=Integer()))
    .subquery()
)
CANDIDATES = Rows(select(func.array_agg(_with_the_pairs.c.number).label("numbers")))
BY_NUMBER = Rows(
    _shown()
    .where(SearchEntry.number == func.any(bindparam("numbers", type_=ARRAY(Integer))))
    .order_by(SearchEntry.number.desc())
)
BACK_BY_TITLE, BACK_BY_WORDS = _back(SearchEntry.title), _back(SearchEntry.words)
TOP = Rows(select(func.coalesce(func.max(SearchEntry.number), 0).label("number")))
