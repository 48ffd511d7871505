"""After an event: who came, what was asked and handed out, in figures and photographs (FEATURES D16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from content import keeping, media, version
from content.events import page, signing
from content.guards import anonymity
from content.kinds import Kind
from content.models import Article, EventPlaces, EventReport, EventSignup
from core import audit
from core.calendar import china_day
from core.db import session
from core.errors import Checklist, Conflict, checklist
from core.identity import Actor, Permission, open_to

LONGEST_WORDS = 500
MOST = 100_000
MOST_PICTURES = 6


@dataclass(frozen=True, slots=True)
class Told:
    """What is reported. `pictures` are ids of the library."""

    came: int | None
    asked: int | None
    copies: int | None
    words: str = ""
    pictures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Who has signed up, in figures, and what was reported. `may_report`: its day has come."""

    held_on: date | None
    capacity: int | None
    taken: int
    coming: int
    waiting: int
    may_report: bool
    report: EventReport | None


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def tally(actor: Actor, article_id: str, *, now: datetime) -> Tally:
    """Count who has signed up for an event of one's region."""
    article = _event(actor, article_id)
    said = keeping.said_in(keeping.revision(article)).fields
    held_on = page.day(said.get("held_on"))
    counted = select(EventSignup.state, func.count().label("signups")).where(EventSignup.article_id == article.id)
    signups = {row.state: row.signups for row in session().execute(counted.group_by(EventSignup.state))}
    taken = session().scalar(select(EventPlaces.taken).where(EventPlaces.article_id == article.id)) or 0
    waiting = signups.get(signing.SignupState.WAITING, 0)
    report = session().get(EventReport, article.id)
    may_report = held_on is not None and held_on <= china_day(now)
    coming = signups.get(signing.SignupState.COMING, 0)
    return Tally(held_on, page.figure(said.get("capacity")), taken, coming, waiting, may_report, report)


@open_to(Permission.CONTENT_WRITE)
def report(actor: Actor, article_id: str, told: Told, *, now: datetime) -> EventReport:
    """Say what came of an event of one's region, once its day has come; saying it again replaces it."""
    article = _event(actor, article_id)
    held_on = page.day(keeping.said_in(keeping.revision(article)).fields.get("held_on"))
    if held_on is None or held_on > china_day(now):
        raise Conflict("event_not_yet")
    with checklist() as check:
        _judge(check, told)
    row = session().get(EventReport, article.id, with_for_update=True) or EventReport(article_id=article.id)
    row.came, row.asked, row.copies = told.came or 0, told.asked or 0, told.copies or 0
    row.words, row.pictures = told.words.strip(), list(told.pictures)
    row.reported_by, row.reported_at = actor.id or "", now
    session().add(row)
    session().flush()
    version.advance(now=now)
    audit.record(actor, "event.reported", f"article:{article.id}", now=now, came=row.came)
    return row


def came(article_id: str) -> int | None:
    """Say how many came, where it was reported."""
    return session().scalar(select(EventReport.came).where(EventReport.article_id == article_id))


def _judge(check: Checklist, told: Told) -> None:
    for field in ("came", "asked", "copies"):
        value = getattr(told, field)
        check.require(value is not None and 0 <= value <= MOST, "event_figure_unfit", field, most=MOST)
    check.require(len(told.words) <= LONGEST_WORDS, "content_too_long", "words", limit=LONGEST_WORDS)
    check.require(not anonymity.numbers("words", told.words), "event_words_name_somebody", "words")
    fit = len(told.pictures) <= MOST_PICTURES and len(media.known(told.pictures)) == len(set(told.pictures))
    check.require(fit, "event_pictures_unfit", "pictures", most=MOST_PICTURES)


def _event(actor: Actor, article_id: str) -> Article:
    article = keeping.found(actor, article_id)
    if article.kind != Kind.EVENT:
        raise Conflict("event_is_none")
    return article
