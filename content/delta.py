"""What of the pages has changed since somebody last asked: for the mini-program, which keeps them to be read offline.

`next` is what to ask with the next time. Publishing is told by moments, and is a matter of moments alone, so what was
shown, and what ended, between two of them is all that changed. A minute is asked for twice: what was being written
while somebody asked is not lost, and to hear of a page again does no harm.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, literal, select, tuple_
from sqlalchemy.orm import aliased

from content import glossary, markdown, media, reading, version
from content.kinds import Kind
from content.live import is_live, shown
from content.models import Article, Publication
from content.quizzes import written
from content.reading import Card
from core.calendar import instant
from core.crypto import fingerprint
from core.db import Instant, session
from core.errors import Malformed

FORMAT = 1
MOST = 200
AGAIN = timedelta(minutes=1)
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
TAG_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has come: pages that began to be shown after this are new to them."""

    at: datetime
    slug: str = ""

    def written(self) -> str:
        """Write it for the next question."""
        return f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}~{self.slug}"


def place(written: str) -> Place:
    """Read what was given as `next`; nothing is the beginning."""
    if not written:
        return Place(BEGINNING)
    moment, _, slug = written.partition("~")
    try:
        return Place(instant(moment), slug)
    except ValueError:
        raise Malformed("since_malformed") from None


def tag(since: str, *, now: datetime) -> str:
    """Name an answer before it is made: no table of pages is looked at."""
    return fingerprint(f"{FORMAT} {version.current(now)} {since}".encode())[:TAG_CHARACTERS]


def since(written: str, *, now: datetime) -> bytes:
    """Give what has changed, the earliest first, at most so much at once."""
    came = place(written)
    order = (Publication.starts_at, Article.slug)
    after = tuple_(*order) > tuple_(literal(came.at, Instant()), literal(came.slug))
    cards = reading.cards(shown(now).where(after).order_by(*order).limit(MOST + 1))
    more, cards = len(cards) > MOST, cards[:MOST]
    following = Place(cards[-1].since, cards[-1].slug) if more else Place(_newest(now) - AGAIN)
    said = {
        "format": FORMAT,
        "next": following.written(),
        "more": more,
        "pages": [_told(one) for one in cards],
        "gone": _gone(came.at - AGAIN, now) if written else [],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _newest(now: datetime) -> datetime:
    return session().scalar(select(func.max(Publication.starts_at)).where(is_live(now))) or BEGINNING + AGAIN


def _gone(after: datetime, now: datetime) -> list[str]:
    """Name the pages that were shown and are not any more."""
    other = aliased(Publication)
    still = exists().where(other.article_id == Article.id, other.starts_at <= now, now < other.ends_at)
    ended = exists().where(
        Publication.article_id == Article.id, Publication.ends_at > after, Publication.ends_at <= now
    )
    return list(session().scalars(select(Article.slug).where(ended, ~still).order_by(Article.slug)))


def _told(card: Card) -> dict[str, Any]:
    body = written.read(card.body).intro if card.kind == Kind.QUIZ else card.body  # the answers are asked for
    drawn = markdown.render(body, markdown.Aids(media.shown_in(body), glossary.ids()))
    return {
        "slug": card.slug,
        "kind": card.kind,
        "title": card.title,
        "summary": card.summary,
        "language": card.language,
        "groups": card.groups,
        "topics": card.topics,
        "since": card.since.isoformat(),
        "isSample": card.is_sample,
        "html": drawn.html,
    }
