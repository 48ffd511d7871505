"""What was handed out on paper, by whom it is reckoned to and where: leaflets of a page, forms (FEATURES D17, D27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select

from content import policy
from content.blanks import blanks
from content.models import Article, HandedOut, Revision
from core import audit
from core.calendar import china_day
from core.db import session
from core.errors import checklist
from core.identity import Actor, Permission, open_to
from locator import queries as places

MOST = 100_000
LONGEST_PLACE = 80
SHOWN = 30


class Sheet(StrEnum):
    """What sort of paper it is."""

    LEAFLET = "leaflet"
    FORM = "form"


SHEETS = {Sheet.LEAFLET: "宣传单", Sheet.FORM: "文书"}


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody handed out. `slug` names a page, or a form of the library."""

    sheet: str
    slug: str
    region: str
    copies: int | None
    on: date | None
    place: str = ""


@open_to(Permission.CONTENT_WRITE)
def note(actor: Actor, handed: Handed, *, now: datetime) -> HandedOut:
    """Note what was handed out in one's region."""
    title = _title(handed)
    with checklist() as check:
        check.require(title, "handed_what_missing", "slug")
        check.require(
            policy.is_within(actor, places.regions([handed.region]).get(handed.region)), "region_not_yours", "region"
        )
        check.require(
            handed.copies is not None and 1 <= handed.copies <= MOST, "handed_copies_unfit", "copies", most=MOST
        )
        check.require(handed.on is not None and handed.on <= china_day(now), "handed_day_unfit", "on")
        check.require(
            len(handed.place) <= LONGEST_PLACE, "text_too_long", "place", limit=LONGEST_PLACE, length=len(handed.place)
        )
    row = HandedOut(
        region=handed.region,
        kind=handed.sheet,
        slug=handed.slug,
        title=title,
        copies=handed.copies or 0,
        place=handed.place.strip(),
        handed_on=handed.on or china_day(now),
        noted_by=actor.id or "",
        noted_at=now,
    )
    session().add(row)
    session().flush()
    audit.record(actor, "paper.handed_out", f"paper:{row.id}", now=now, copies=row.copies, kind=row.kind)
    return row


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def recent(actor: Actor) -> Sequence[HandedOut]:
    """List what was handed out in one's region lately."""
    mine = select(HandedOut).where(policy.paper_kept_by(actor))
    return session().scalars(mine.order_by(HandedOut.handed_on.desc(), HandedOut.noted_at.desc()).limit(SHOWN)).all()


def copies_of(actor: Actor, first_on: date, last_on: date) -> dict[str, int]:
    """Sum up by division what was handed out in a region from a day to a day."""
    total = func.sum(HandedOut.copies).label("copies")
    during = HandedOut.handed_on.between(first_on, last_on)
    rows = select(HandedOut.region, total).where(policy.paper_kept_by(actor), during).group_by(HandedOut.region)
    return {row.region: int(row.copies) for row in session().execute(rows)}


def _title(handed: Handed) -> str:
    """Find the title of what was handed out."""
    if handed.sheet == Sheet.LEAFLET:
        newest = (Revision.article_id == Article.id) & (Revision.number == Article.revisions)
        named = select(Revision.title).join(Article, newest).where(Article.slug == handed.slug)
        return session().scalar(named) or ""
    form = blanks().get(handed.slug)
    return form.title if form else ""
