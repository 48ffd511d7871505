"""What people look for and do not find near, in counts that point at nobody (FEATURES C16, C19).

A search leaves four words: the county it began in, the hour, what was needed, and whether that was near. No position,
no address, no name of who asked goes further than this. Counts are gathered in memory and written once a minute;
a worker that dies loses that minute. Shown are sums of many days, rounded down, and none below a least number.
"""

from __future__ import annotations

import functools
import threading
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from core import settings
from core.db import monotonic, session
from core.identity import Actor, Permission, open_to
from core.jobs import recurs
from locator import needs, policy
from locator.models import Division, SearchCount
from locator.needs import Need

BUNDLED = Path(__file__).parent / "rules" / "coverage.toml"
COUNTY_DIGITS = 6
EVERY = 60.0  # seconds between two times of writing
MOST_WAITING = 5_000  # kinds of counts in memory: beyond, what is new is not counted
ANYTHING = "随便哪一种"
Key = tuple[str, datetime, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What is counted as not near, what is shown, and for how long it is kept."""

    far_minutes: int
    smallest: int
    shown_days: int
    kept_days: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What was looked for from a county: how often at least, and how often at least it was not near."""

    county: str
    county_name: str
    label: str
    searches: int
    unmet: int


@functools.cache
def _rules(folder: str) -> Rules:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    return Rules(**tomllib.loads(file.read_text("utf-8"))["searches"])


def rules() -> Rules:
    """Give the rules of this place."""
    return _rules(settings.current().rules_dir)


class Tally:
    """Counts in memory that wait to be written."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self._counts: dict[Key, list[int]] = {}
        self._written = monotonic()

    def note(self, code: str, asked: Iterable[Need], missed: Iterable[Need], *, minutes: int, now: datetime) -> None:
        """Count a search from a division, so many minutes from the nearest that was found."""
        is_far, gone = minutes > rules().far_minutes, set(missed)
        hour = now.replace(minute=0, second=0, microsecond=0)
        with self._lock:
            for need in ("", *dict.fromkeys(asked)):
                key = code[:COUNTY_DIGITS], hour, str(need)
                if key in self._counts or len(self._counts) < MOST_WAITING:
                    counts = self._counts.setdefault(key, [0, 0])
                    counts[0] += 1
                    counts[1] += is_far or need in gone or (need == "" and bool(gone))

    @property
    def is_due(self) -> bool:
        """Say whether there is something to be written, and it is time."""
        return bool(self._counts) and monotonic() - self._written >= EVERY

    def take(self) -> Mapping[Key, Sequence[int]]:
        """Hand over what was counted, and begin anew."""
        with self._lock:
            taken, self._counts, self._written = self._counts, {}, monotonic()
        return taken


tally = Tally()


def write(counts: Mapping[Key, Sequence[int]]) -> None:
    """Add counts to those that stand, in one order so that two workers never wait for each other crosswise."""
    make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [
        {"county": county, "hour": hour, "need": need, "searches": searches, "unmet": unmet}
        for (county, hour, need), (searches, unmet) in sorted(counts.items())
    ]
    fresh = make(SearchCount).values(rows)
    added = {name: getattr(SearchCount, name) + getattr(fresh.excluded, name) for name in ("searches", "unmet")}
    session().execute(fresh.on_conflict_do_update(index_elements=["county", "hour", "need"], set_=added))


@open_to(Permission.STATISTICS_READ)
def sought(actor: Actor, *, first: int, now: datetime) -> list[Sought]:
    """List what was looked for in one's region and not near, the most frequent first; small numbers are not said."""
    rule = rules()
    total, unmet = (_rounded(func.sum(column), rule.smallest) for column in (SearchCount.searches, SearchCount.unmet))
    named = select(Division.code, Division.full_name, SearchCount.need, total.label("searches"), unmet.label("unmet"))
    found = named.join(Division, Division.code == SearchCount.county).where(
        Division.lineage.startswith(policy.reach(actor)), SearchCount.hour > now - timedelta(days=rule.shown_days)
    )
    grouped = found.group_by(Division.code, Division.full_name, SearchCount.need).having(unmet > 0)
    rows = session().execute(grouped.order_by(unmet.desc(), Division.code, SearchCount.need).limit(first))
    return [Sought(row.code, row.full_name, _label(row.need), row.searches, row.unmet) for row in rows]


@recurs("search_count.swept", every=timedelta(days=1))
def forget_old(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget counts that are older than anybody looks at."""
    session().execute(delete(SearchCount).where(SearchCount.hour < now - timedelta(days=rules().kept_days)))


def _rounded(total: Any, smallest: int) -> ColumnElement[int]:
    """Round down to whole steps of the least number that is said."""
    return case((total < smallest, 0), else_=total - total % smallest)


def _label(need: str) -> str:
    return needs.LABELS[Need(need)] if need in set(Need) else ANYTHING
