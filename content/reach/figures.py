"""What was counted, for editors: which pages are read, lead on and are printed; where nothing is written yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from content import reading
from content.kinds import GROUPS, TOPICS
from content.models import Article, PageCount, Revision
from content.policy import visible_to
from content.reach.tally import FILE, Done
from content.rulebook import rules
from core.calendar import china_day
from core.db import session
from core.identity import Actor, Permission, open_to

SUMS = ("read", "went_on", "paper")


@dataclass(frozen=True, slots=True)
class Reach:
    """How often a page was read, led on and was printed."""

    article_id: str
    title: str
    read: int
    went_on: int
    paper: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The pages of a region, the most read first, and the shelves with nothing on them."""

    days: int
    pages: Sequence[Reach]
    read: int
    went_on: int
    paper: int
    empty: Sequence[str]


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def of_region(actor: Actor, *, first: int, now: datetime) -> Figures:
    """Sum up what was counted of the pages of one's region."""
    days = rules(FILE)["shown_days"]
    since = china_day(now) - timedelta(days=days)
    read, went_on, paper = (
        func.coalesce(func.sum(case((PageCount.what == one.value, PageCount.times), else_=0)), 0) for one in Done
    )
    newest = (Revision.article_id == Article.id) & (Revision.number == Article.revisions)
    counted = (
        select(Article.id, Revision.title, read.label("read"), went_on.label("went_on"), paper.label("paper"))
        .join(PageCount, PageCount.article_id == Article.id)
        .join(Revision, newest)
        .where(visible_to(actor), PageCount.counted_on > since)
        .group_by(Article.id, Revision.title)
    )
    each = counted.subquery()
    sums = session().execute(select(*(func.coalesce(func.sum(each.c[name]), 0) for name in SUMS))).one()
    rows = session().execute(counted.order_by(read.desc(), Article.id).limit(first))
    pages = [Reach(row.id, row.title, int(row.read), int(row.went_on), int(row.paper)) for row in rows]
    return Figures(days, pages, int(sums[0]), int(sums[1]), int(sums[2]), _empty(now))


def _empty(now: datetime) -> list[str]:
    """Name groups and topics readers find nothing about."""
    counts = reading.by_tag(now=now)
    named = {f"group:{code}": name for code, name in GROUPS.items()}
    named |= {f"topic:{code}": name for code, name in TOPICS.items()}
    return [name for tag, name in named.items() if counts[tag] == 0]
