"""What begins, ends, is due and takes place in a month; and which offices still owe something (FEATURES D06)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from icalendar import Calendar, Event
from sqlalchemy import Row, Select, func, select

from content import policy
from content.events import page
from content.kinds import Kind, definitions
from content.models import Article, Publication, Review, Revision
from content.reviewing import WAITING
from content.rulebook import rules
from core.calendar import china_day, china_midnight
from core.db import session
from core.identity import Actor, Permission, open_to
from locator import queries as places
from locator.region import Region

FILE = "quotas.toml"
PRODUCT = "-//Rufa//Content//ZH"
COUNTY_LEVEL = 3
QUARTER = 3
FEED_BEFORE, FEED_AFTER = timedelta(days=31), timedelta(days=92)


class Happening(StrEnum):
    """What happens to a page on a day."""

    BEGINS = "begins"
    ENDS = "ends"
    DUE = "due"
    EVENT = "event"


HAPPENINGS = {
    Happening.BEGINS: "上线",
    Happening.ENDS: "到期下线",
    Happening.DUE: "审核截止",
    Happening.EVENT: "活动",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happens on a day; `at` is the exact moment, none where only the day is known."""

    on: date
    at: datetime | None
    what: Happening
    article_id: str
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Office:
    """What an office has done of what it owes."""

    region: Region
    campaigns: int
    works: int | None  # only prefectures owe works

    @property
    def is_behind(self) -> bool:
        """Say whether something is still owed."""
        owed = quotas()
        return self.campaigns < owed["campaigns_a_quarter"] or (
            self.works is not None and self.works < owed["works_a_year"]
        )


def quotas() -> dict[str, int]:
    """Read what each office owes."""
    return rules(FILE)


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def happenings(actor: Actor, first_on: date, last_on: date, *, now: datetime) -> list[Entry]:
    """List what happens from a day to a day, in order of time. What was withdrawn does not happen."""
    since, until = china_midnight(first_on), china_midnight(last_on + timedelta(days=1))
    found: list[Entry] = []
    shown = _with_title(Publication).where(
        policy.visible_to(actor), Publication.starts_at < until, since <= Publication.ends_at
    )
    for article, title, publication in session().execute(shown):
        if publication.withdrawn_at is not None and publication.withdrawn_at <= max(publication.starts_at, now):
            continue
        if since <= publication.starts_at:
            found.append(_entry(article, title, Happening.BEGINS, publication.starts_at))
        if publication.expires_at == publication.ends_at and publication.ends_at < until:
            found.append(_entry(article, title, Happening.ENDS, publication.ends_at))
    due = _with_title(Review).where(policy.visible_to(actor), Review.state == WAITING)
    waiting = due.where(since <= Review.due_at, Review.due_at < until)
    found += [_entry(article, title, Happening.DUE, row.due_at) for article, title, row in session().execute(waiting)]
    for row in events(actor, first_on, last_on, now=now):
        found.append(Entry(row.held_on, None, Happening.EVENT, row.id, row.title, Kind(row.kind)))
    return sorted(found, key=lambda one: (one.on, one.at or china_midnight(one.on), one.title))


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def offices(actor: Actor, on: date, *, now: datetime) -> list[Office]:
    """Say of each office of one's region, county by county, what it has done in the quarter and year of a day."""
    first_on, last_on = quarter(on)
    campaigns = Counter(row.region for row in events(actor, first_on, last_on, now=now))
    works = Counter(_works(actor, on.year, now=now))
    found = []
    for region in _offices_below(actor.region):
        its_works = None
        if region.level == COUNTY_LEVEL - 1:
            within = places.children(region.code)
            its_works = works[region.code] + sum(works[one.code] for one in within)
        found.append(Office(region, campaigns[region.code], its_works))
    return found


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def feed(actor: Actor, address: str, *, now: datetime) -> str:
    """Write the calendar for programs that read calendars; titles alone. `address` leads to the desk."""
    today = china_day(now)
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", "普法内容日历")
    for entry in happenings(actor, today - FEED_BEFORE, today + FEED_AFTER, now=now):
        event = Event()
        event.add("uid", f"{entry.article_id}-{entry.what}-{entry.on:%Y%m%d}@rufa")
        event.add("dtstamp", now)
        event.add("dtstart", entry.at or entry.on)
        event.add("summary", f"{HAPPENINGS[entry.what]}：{entry.title}")
        event.add("url", f"{address}/{entry.article_id}")
        made.add_component(event)
    return bytes(made.to_ical()).decode()


def quarter(on: date) -> tuple[date, date]:
    """Give the first and the last day of the quarter a day lies in."""
    first = date(on.year, on.month - (on.month - 1) % QUARTER, 1)
    following = date(first.year + first.month // 10, (first.month + QUARTER - 1) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def month(on: date) -> tuple[date, date]:
    """Give the first and the last day of a month."""
    first = on.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _offices_below(code: str) -> Iterable[Region]:
    """Give an actor's division and those below it, down to the counties, as in a list: each after its own."""
    region = places.division(code)
    yield region
    if region.level < COUNTY_LEVEL:
        for child in places.children(code):
            yield from _offices_below(child.code)


def _with_title(beside: type[Publication | Review]) -> Select[Any, Any, Any]:
    return (
        select(Article, Revision.title, beside)
        .join(beside, beside.article_id == Article.id)
        .join(Revision, Revision.id == beside.revision_id)
    )


def _entry(article: Article, title: str, what: Happening, at: datetime) -> Entry:
    return Entry(china_day(at), at, what, article.id, title, Kind(article.kind))


@dataclass(frozen=True, slots=True)
class Held:
    """An event that takes place on a day."""

    id: str
    kind: str
    region: str
    title: str
    held_on: date


def events(actor: Actor, first_on: date, last_on: date, *, now: datetime) -> list[Held]:
    """Give the events of some days whose pages readers could see, or will."""
    shown = _with_title(Publication).where(policy.visible_to(actor), Article.kind == Kind.EVENT)
    rows = session().execute(shown.add_columns(Revision.fields)).all()
    held = {}
    for article, title, publication, fields in rows:
        day = page.day(fields.get("held_on"))
        withdrawn = publication.withdrawn_at is not None and publication.withdrawn_at <= publication.starts_at
        if (
            day is not None
            and first_on <= day <= last_on
            and not withdrawn
            and publication.ends_at > min(now, china_midnight(day))
        ):
            held[article.id] = Held(article.id, article.kind, article.region, title, day)
    return list(held.values())


def _works(actor: Actor, year: int, *, now: datetime) -> Sequence[str]:
    """Give the region of each work whose first publication was in a year, and has begun."""
    works = [kind.value for kind, one in definitions().items() if one.is_work]
    first = func.min(Publication.starts_at)
    counted: Select[Any, Any] = (
        select(Article.region, first)
        .join(Publication, Publication.article_id == Article.id)
        .where(policy.visible_to(actor), Article.kind.in_(works), Publication.starts_at < Publication.ends_at)
        .group_by(Article.id, Article.region)
    )
    since, until = china_midnight(date(year, 1, 1)), china_midnight(date(year + 1, 1, 1))
    rows: Sequence[Row[Any, Any]] = session().execute(counted.having(first >= since, first < min(until, now))).all()
    return [row[0] for row in rows]
