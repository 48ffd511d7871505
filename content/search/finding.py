"""Finding what is shown now: first what was typed, then what it means, then what sounds or looks like it (D08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Select, Text, bindparam, cast, column, exists, func, literal, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from content import live
from content.models import Publication
from content.models.search import SearchEntry
from content.search import index, meaning, sounds, wanted
from content.search.folding import grams
from content.search.wanted import AnyOf, Wanted
from core.db import Instant, session
from core.rows import Rows

WINDOW = 100  # so many of the newest are put in order
NEWEST = 2_000  # on PostgreSQL these are read one by one before the index is asked: a common word is soon found
WIDE_WINDOW = 400
MOST_LOOSE = 40
ENOUGH = 0.5  # of the pairs, where nothing fits
FTS = table("search_entry_fts", column("rowid"))


class Way(StrEnum):
    """How what was found goes with what was typed."""

    MEANT = "meant"  # the words, or others that mean the same
    SOUND = "sound"  # words that sound like it
    LOOSE = "loose"  # much of it
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first: revisions, the runs to be marked in them, and what was understood instead."""

    way: Way
    revisions: Sequence[str]
    runs: Sequence[str]
    instead: str = ""


def find(typed: str, *, now: datetime) -> Found:
    """Find revisions that are shown, by what somebody typed."""
    runs = meaning.runs_of(typed)
    if not runs:
        return Found(Way.NOTHING, [], [])
    sought = meaning.meant(runs)
    if found := ranked(sought, meaning.literally(runs), now=now):
        return Found(Way.MEANT, found, list(wanted.runs(sought)))
    return _by_sound(typed, now) or _loosely(runs, now) or Found(Way.NOTHING, [], runs)


def _by_sound(typed: str, now: datetime) -> Found | None:
    for reading in sounds.readings(typed):
        runs = meaning.runs_of(reading)
        sought = meaning.meant(runs)
        if found := ranked(sought, meaning.literally(runs), now=now):
            return Found(Way.SOUND, found, list(wanted.runs(sought)), reading)
    return None


def _loosely(runs: Sequence[str], now: datetime) -> Found | None:
    """Find what has at least half of the pairs, the most first."""
    pairs = list(dict.fromkeys(pair for run in runs for pair in grams(run)[:-1]))
    if not pairs:
        return None
    rows = newest(AnyOf(tuple(pairs)), WIDE_WINDOW, now=now)
    counted = [(sum(pair in row.words for pair in pairs), row) for row in rows]
    fit = [(count, row) for count, row in counted if count >= max(1, len(pairs) * ENOUGH)]
    fit.sort(key=lambda one: (-one[0], -one[1].number))
    revisions = [row.revision_id for _, row in fit[:MOST_LOOSE]]
    return Found(Way.LOOSE, revisions, pairs) if revisions else None


def ranked(sought: Wanted, literal_: Wanted, *, now: datetime) -> list[str]:
    """Put what has it in order: in the title before in the text, as typed before as meant, then the newest."""
    titled = newest(sought, WINDOW, now=now, in_title=True)
    rows = {row.number: row for row in (*titled, *newest(sought, WINDOW, now=now))}

    def place(row: Any) -> tuple[bool, bool, bool, int]:
        return (
            not wanted.is_in(literal_, row.title),
            not wanted.is_in(sought, row.title),
            not wanted.is_in(literal_, row.words),
            -row.number,
        )

    return [row.revision_id for row in sorted(rows.values(), key=place)]


def newest(sought: Wanted, limit: int, *, now: datetime, in_title: bool = False) -> Sequence[Any]:
    """Give the newest entries that have it and are shown: the same on both engines, and the same as a substring."""
    if not index.is_postgresql():
        return ON_SQLITE.all(asked=wanted.fts5(sought, in_title=in_title), now=now, most=limit)
    top = session().scalar(select(func.max(SearchEntry.number))) or 0
    common = _on_postgresql(sought, in_title, now).where(SearchEntry.number > top - NEWEST).limit(limit)
    rows = session().execute(common).all()
    if len(rows) == limit or top <= NEWEST:
        return rows
    asked = cast(literal(wanted.tsquery(sought, in_title=in_title)), TSQUERY)
    indexed = _on_postgresql(sought, in_title, now).where(SearchEntry.grams.op("@@")(asked))
    return session().execute(indexed.limit(limit)).all()


def _shown(now: Any) -> Select[int, str, str, str]:
    is_live = exists().where(Publication.revision_id == SearchEntry.revision_id, live.is_live(now))
    columns = (SearchEntry.number, SearchEntry.revision_id, SearchEntry.title, SearchEntry.words)
    return select(*columns).where(is_live)


ON_SQLITE = Rows(  # one statement whatever is sought: written once, sent as it is
    _shown(bindparam("now", type_=Instant()))
    .join(FTS, FTS.c.rowid == SearchEntry.number)
    .where(text("search_entry_fts MATCH :asked").bindparams(bindparam("asked", type_=Text())))
    .order_by(FTS.c.rowid.desc())
    .limit(bindparam("most", type_=Integer()))
)


def _on_postgresql(sought: Wanted, in_title: bool, now: datetime) -> Select[int, str, str, str]:
    matching = _shown(now).where(wanted.stands_in(sought, SearchEntry.title if in_title else SearchEntry.words))
    return matching.order_by(SearchEntry.number.desc())
