"""An event as the page of it says, which readers see at the moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement

from content import reading
from content.kinds import Kind, Language
from content.live import shown
from content.models import Article, Revision
from content.reading import Card
from core.calendar import china_day, china_midnight
from core.errors import NotFound

MOST = 50
MOST_PLACES = 99_999


@dataclass(frozen=True, slots=True)
class Event:
    """Something that takes place. Without a `capacity` nobody signs up: whoever wants to comes."""

    article_id: str
    slug: str
    title: str
    summary: str
    region: str
    held_on: date
    hours: str
    place: str
    capacity: int | None

    def is_open(self, now: datetime) -> bool:
        """Say whether somebody may still sign up: until the day is over."""
        return self.capacity is not None and now < self.ends_at

    @property
    def ends_at(self) -> datetime:
        """Say when its day is over."""
        return china_midnight(self.held_on + timedelta(days=1))


def day(written: Any) -> date | None:
    """Read a day as an editor writes it; none where it is no day."""
    try:
        return date.fromisoformat(str(written).strip())
    except ValueError:
        return None


def figure(written: Any) -> int | None:
    """Read a number of places; none where nothing usable is written."""
    typed = str(written or "").strip()
    fits = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_PLACES))
    return int(typed) if fits and 0 < int(typed) <= MOST_PLACES else None


def of(card: Card) -> Event | None:
    """Read an event off its page; none where the page is of another kind, or says no day."""
    held_on = day(card.fields.get("held_on"))
    if card.kind != Kind.EVENT or held_on is None:
        return None
    hours, place = (str(card.fields.get(name) or "") for name in ("hours", "place"))
    capacity = figure(card.fields.get("capacity"))
    return Event(card.id, card.slug, card.title, card.summary, card.region, held_on, hours, place, capacity)


def find(slug: str, *, now: datetime) -> Event:
    """Give the event of a name, as its page says now."""
    event = of(reading.find(slug, now=now))
    if event is None:
        raise NotFound("page_unknown")
    return event


def live(article_ids: Sequence[str], *, now: datetime) -> dict[str, Event]:
    """Give those of these events whose pages are shown, by article."""
    found = map(of, reading.cards(shown(now).where(Article.id.in_(article_ids))))
    return {one.article_id: one for one in found if one is not None}


def coming(*, now: datetime, regions: Sequence[str] | None = None) -> list[Event]:
    """List what takes place from today on, the next first: fifty at most, in these divisions alone where given."""
    wanted: list[ColumnElement[bool]] = [_held_on() >= china_day(now).isoformat()]
    if regions is not None:
        wanted.append(Article.region.in_(regions))
    simplified = (Article.kind == Kind.EVENT, Article.language == Language.SIMPLIFIED.value)
    rows = reading.cards(shown(now).where(*simplified, *wanted).order_by(_held_on(), Article.slug).limit(MOST))
    return [event for event in map(of, rows) if event is not None]


def _held_on() -> ColumnElement[str]:
    written: ColumnElement[str] = Revision.fields["held_on"].as_string()
    return written
