"""The board of what offices owe: a campaign a quarter each, five works a year from each prefecture (FEATURES D16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select

from content import calendar
from content.models import EventReport
from content.reach import handing
from core.calendar import china_day
from core.db import session
from core.identity import Actor, Permission, open_to
from locator.region import Region


class Standing(StrEnum):
    """How an office stands with its campaign of the quarter."""

    HELD = "held"
    PLANNED = "planned"
    OWED = "owed"


STANDINGS = {Standing.HELD: "已办", Standing.PLANNED: "排好了", Standing.OWED: "还欠"}


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign of the quarter. `came` is none as long as nobody has reported it."""

    article_id: str
    title: str
    held_on: date
    came: int | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An office on the board. `works` is none where it owes none; `came` and `copies` are of the quarter."""

    region: Region
    standing: Standing
    campaigns: Sequence[Campaign]
    came: int
    works: int | None
    copies: int

    @property
    def unreported(self) -> int:
        """Count the campaigns that are over and were not reported."""
        return sum(one.is_over and one.came is None for one in self.campaigns)

    @property
    def is_behind(self) -> bool:
        """Say whether something is owed: the campaign, works, or a report."""
        owes_works = self.works is not None and self.works < calendar.quotas()["works_a_year"]
        return self.standing is Standing.OWED or owes_works or self.unreported > 0


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def of_quarter(actor: Actor, on: date, *, now: datetime) -> list[Line]:
    """Give the board of one's region for the quarter and year of a day."""
    first_on, last_on = calendar.quarter(on)
    held = calendar.events(actor, first_on, last_on, now=now)
    reported = {
        row.article_id: row
        for row in session().scalars(select(EventReport).where(EventReport.article_id.in_([one.id for one in held])))
    }
    copies = Counter(handing.copies_of(actor, first_on, last_on))
    campaigns: dict[str, list[Campaign]] = {}
    for one in sorted(held, key=lambda each: (each.held_on, each.id)):
        report = reported.get(one.id)
        copies[one.region] += report.copies if report else 0
        came = report.came if report else None
        is_over = one.held_on < china_day(now)
        campaigns.setdefault(one.region, []).append(Campaign(one.id, one.title, one.held_on, came, is_over))
    return [
        _line(office.region, campaigns.get(office.region.code, ()), office.works, copies[office.region.code])
        for office in calendar.offices(actor, on, now=now)
    ]


def _line(region: Region, campaigns: Sequence[Campaign], works: int | None, copies: int) -> Line:
    owed = calendar.quotas()["campaigns_a_quarter"]
    over = sum(one.is_over for one in campaigns)
    standing = Standing.HELD if over >= owed else Standing.PLANNED if len(campaigns) >= owed else Standing.OWED
    return Line(region, standing, campaigns, sum(one.came or 0 for one in campaigns), works, copies)
