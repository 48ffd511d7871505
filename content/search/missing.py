"""What nothing was found for, for editors to write about: counted by day, by nobody (FEATURES D08, TRUST P1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from content.models.search import SearchMiss
from content.search.folding import fold
from core.calendar import china_day
from core.crypto import blind_index
from core.db import session
from core.identity import Actor, Audience, Permission, open_to

LONGEST = 24
NUMBER = re.compile(r"\d{5,}")  # telephones, identity numbers, cards
SEVERAL = 3  # fewer may be one person's own words: until then only their keyed hash is kept
KEPT_DAYS = 90
MOST = 100


@dataclass(frozen=True, slots=True)
class Miss:
    """Words several people looked for in vain."""

    words: str
    times: int
    last_on: date


@open_to(Audience.ANYONE)
def note(actor: Actor, typed: str, *, now: datetime) -> None:
    """Count something nothing was found for. Who asked is written nowhere; long texts and numbers are let go."""
    del actor
    words = fold(typed)
    if not 1 < len(words) <= LONGEST or NUMBER.search(words):
        return
    which = blind_index(words, "search_miss.words")
    row = session().get(SearchMiss, which)
    if row is None:
        row = SearchMiss(words_index=which, words=None, times=0, last_on=china_day(now))
        session().add(row)
    row.times += 1
    row.last_on = china_day(now)
    if row.times >= SEVERAL:
        row.words = words


@open_to(Permission.CONTENT_WRITE)
def often(actor: Actor, *, now: datetime) -> Sequence[Miss]:
    """List what several people looked for in vain, the most wanted first."""
    del actor
    since = china_day(now) - timedelta(days=KEPT_DAYS)
    wanted = select(SearchMiss).where(SearchMiss.words.is_not(None), SearchMiss.last_on >= since)
    rows = session().scalars(wanted.order_by(SearchMiss.times.desc(), SearchMiss.words).limit(MOST))
    return [Miss(row.words or "", row.times, row.last_on) for row in rows]


def forget(*, now: datetime) -> int:
    """Forget what nobody has looked for since the term ran out; give how many went."""
    since = china_day(now) - timedelta(days=KEPT_DAYS)
    gone = session().execute(delete(SearchMiss).where(SearchMiss.last_on < since))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE has one
