"""Counts in memory that wait to be written: a page, a day, what was done. Nobody is in them (decision 0017).

A worker that dies loses a minute. There is no cookie, no address and no account behind a count, so one who reads a page
twice counts twice: that is known, and said where figures are shown.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from content.models import Article, PageCount
from content.rulebook import rules
from content.steps import ways
from core.calendar import china_day
from core.db import monotonic, session
from core.jobs import recurs

FILE = "reach.toml"
EVERY = 60.0  # seconds between two times of writing
MOST_WAITING = 5_000  # kinds of counts in memory: beyond, what is new is not counted
LONGEST_SLUG = 80
HERE = "/learn/"


class Done(StrEnum):
    """What somebody did with a page."""

    READ = "read"
    WENT_ON = "next"
    PAPER = "paper"


Key = tuple[str, date, str]


class Tally:
    """Counts that wait."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self._counts: dict[Key, int] = {}
        self._written = monotonic()

    def note(self, slug: str, done: Done, *, now: datetime) -> None:
        """Count one."""
        key = slug[:LONGEST_SLUG], china_day(now), done.value
        with self._lock:
            if key in self._counts or len(self._counts) < MOST_WAITING:
                self._counts[key] = self._counts.get(key, 0) + 1

    @property
    def is_due(self) -> bool:
        """Say whether there is something to be written, and it is time."""
        return bool(self._counts) and monotonic() - self._written >= EVERY

    def take(self) -> Mapping[Key, int]:
        """Hand over what was counted, and begin anew."""
        with self._lock:
            taken, self._counts, self._written = self._counts, {}, monotonic()
        return taken


tally = Tally()


def is_program(agent: str) -> bool:
    """Say whether what asks is a program by its own words; who says nothing is taken for one."""
    said = agent.lower()
    return not said or any(one in said for one in rules(FILE)["programs"])


def came_from(referrer_path: str, path: str) -> str | None:
    """Name the page somebody came from to a next step; none where they came from elsewhere, or go elsewhere."""
    if not referrer_path.startswith(HERE) or not any(path == way or path.startswith(f"{way}/") for way in ways()):
        return None
    slug = referrer_path.removeprefix(HERE)
    return slug if slug and "/" not in slug else None


def write(counts: Mapping[Key, int]) -> None:
    """Add counts to those that stand, in one order so that two workers never wait for each other crosswise."""
    slugs = sorted({slug for slug, _, _ in counts})
    named = session().execute(select(Article.slug, Article.id).where(Article.slug.in_(slugs)))
    ids = {row.slug: row.id for row in named}
    rows: list[dict[str, Any]] = [
        {"article_id": ids[slug], "counted_on": on, "what": what, "times": times}
        for (slug, on, what), times in sorted(counts.items())
        if slug in ids
    ]
    if rows:
        make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
        fresh = make(PageCount).values(
            sorted(rows, key=lambda row: (row["article_id"], row["counted_on"], row["what"]))
        )
        more = fresh.on_conflict_do_update(
            index_elements=["article_id", "counted_on", "what"],
            set_={"times": PageCount.times + fresh.excluded.times},
        )
        session().execute(more)


@recurs("page_count.swept", every=timedelta(days=1))
def forget_old(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget counts that are older than anybody compares."""
    long_ago = china_day(now) - timedelta(days=rules(FILE)["kept_days"])
    session().execute(delete(PageCount).where(PageCount.counted_on < long_ago))
