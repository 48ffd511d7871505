"""Calling for help and answering: no account, no voice, a clock both sides see (E14)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from accounts import phone, throttle
from appointments import tasks
from appointments.help import whom
from appointments.help.rules import rules
from appointments.models.help import HelpCall, HelpWord
from appointments.tasks import Ask, TaskReason
from core import audit, outbox
from core.calendar import china_day
from core.crypto import blind_index
from core.db import fresh_id, session
from core.errors import Conflict, NotFound, checklist
from core.identity import Actor, Audience, Permission, open_to
from core.references import fresh
from locator import contacts
from locator import policy as places
from locator import queries as directory
from locator.contacts import Responsible
from locator.coords import Position

LONGEST_WORDS, MOST_SHOWN = 500, 100


@dataclass(frozen=True, slots=True)
class Cry:
    """What somebody says, all of it as they like: boxes, words, roughly where, a number to be texted at."""

    ticks: tuple[str, ...] = ()
    words: str = ""
    position: Position | None = None
    region: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A call with what was written so far, where it went, and who is answerable there today."""

    row: HelpCall
    words: Sequence[HelpWord]
    station: Any
    contact: Responsible | None
    now: datetime

    @property
    def is_overdue(self) -> bool:
        """Say whether nobody has answered in time."""
        return self.row.answered_at is None and self.row.closed_at is None and self.now > self.row.due_at


@open_to(Audience.ANYONE)
def call(actor: Actor, cry: Cry, *, address: str, now: datetime) -> Talk:
    """Call for help. Nothing is needed but the tap; it goes to the nearest place where somebody is."""
    throttle.count_address("help_address", address, now=now)
    mobile = phone.normalise(cry.phone)
    with checklist() as check:
        check.require(len(cry.words) <= LONGEST_WORDS, "help_words_long", "words", limit=LONGEST_WORDS)
        check.require(not mobile or phone.is_mobile(mobile), "phone_not_mobile", "phone")
    given, link = rules(), secrets.token_urlsafe(16)
    ticks = [one for one in given.ticks if one in cry.ticks]
    in_danger = not given.danger.isdisjoint(ticks)
    place = whom.nearest(cry.position, cry.region, now=now)
    due_at = place.answered_from + (given.answer_in_danger if in_danger else given.answer)
    row = HelpCall(
        id=fresh_id(),
        reference=fresh("QZ"),
        link=link,
        link_index=_index(link),
        station_id=place.station_id,
        in_danger=in_danger,
        told={"ticks": ticks, "where": whom.rounded(cry.position, cry.region)},
        phone=mobile,
        opened_at=now,
        due_at=due_at,
    )
    session().add(row)
    session().flush()
    _say(row, cry.words.strip() or "；".join(given.ticks[one] for one in ticks), "", now)
    _wake(row, row.id, now)
    audit.record(actor, "help.called", f"help:{row.id}", now=now, danger=in_danger)
    return _talk(row, now)


@open_to(Audience.ANYONE)
def find(actor: Actor, link: str, *, now: datetime) -> Talk:  # noqa: ARG001  # whoever has the link may look
    """Give a call to whoever has its link."""
    return _talk(_by_link(link), now)


@open_to(Audience.ANYONE)
def add(actor: Actor, link: str, words: str, *, now: datetime) -> Talk:
    """Write on. After an answer the clock runs again, after it was closed it is open again, and somebody is told."""
    row = _by_link(link)
    throttle.count("help_words", row.id, now=now)
    _judge(words)
    session().refresh(row, with_for_update=True)
    said = _say(row, words.strip(), "", now)
    if row.answered_at is not None or row.closed_at is not None:
        row.answered_at = row.closed_at = row.escalated_at = None
        row.due_at = now + (rules().answer_in_danger if row.in_danger else rules().answer)
        _wake(row, said.id, now)
    audit.record(actor, "help.said", f"help:{row.id}", now=now)
    return _talk(row, now)


@open_to(Audience.ANYONE)
def end(actor: Actor, link: str, *, now: datetime) -> Talk:
    """Say that it is over, from the person's side."""
    row = _by_link(link)
    session().refresh(row, with_for_update=True)
    _close(row, now)
    audit.record(actor, "help.ended", f"help:{row.id}", now=now)
    return _talk(row, now)


@open_to(Permission.APPOINTMENTS_ATTEND)
def waiting(actor: Actor, *, now: datetime) -> Sequence[Talk]:
    """Give the open calls of one's region: those nobody answered first, the most urgent on top. Looking is recorded."""
    asked = select(HelpCall).where(visible_to(actor), HelpCall.closed_at.is_(None))
    urgent = (HelpCall.answered_at.is_not(None), HelpCall.due_at, HelpCall.id)
    found = session().scalars(asked.order_by(*urgent).limit(MOST_SHOWN)).all()
    audit.record(actor, "help.seen", f"region:{actor.region}", now=now, seen=len(found))
    return _talks(found, now)


@open_to(Permission.APPOINTMENTS_ATTEND)
def opened(actor: Actor, call_id: str, *, now: datetime) -> Talk:
    """Give one call of one's region. Looking is recorded."""
    row = _mine(actor, call_id)
    audit.record(actor, "help.opened", f"help:{row.id}", now=now)
    return _talk(row, now)


@open_to(Permission.APPOINTMENTS_ATTEND)
def answer(actor: Actor, call_id: str, words: str, *, now: datetime) -> Talk:
    """Answer in text, by name. The clock stops until the person writes again."""
    row = _mine(actor, call_id)
    _judge(words)
    if row.closed_at is not None:
        raise Conflict("help_closed")
    row.answered_at = row.answered_at or now
    tasks.drop(f"help:{row.id}", now=now)
    said = _say(row, words.strip(), actor.name, now)
    audit.record(actor, "help.answered", f"help:{row.id}", now=now)
    if row.phone:
        outbox.put("help.answered", due_at=now, key=f"help.answered:{said.id}", call=row.id)
    return _talk(row, now)


@open_to(Permission.APPOINTMENTS_ATTEND)
def close(actor: Actor, call_id: str, *, now: datetime) -> Talk:
    """Say that it is over, also after a last word of thanks; one that nobody ever answered stays open."""
    row = _mine(actor, call_id)
    answers = select(HelpWord.id).where(HelpWord.call_id == row.id, HelpWord.is_staff)
    if session().scalar(answers.limit(1)) is None:
        raise Conflict("help_unanswered")
    _close(row, now)
    audit.record(actor, "help.closed", f"help:{row.id}", now=now)
    return _talk(row, now)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which calls an actor may see: those at the stations of their region."""
    return HelpCall.station_id.in_(places.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))


def _close(row: HelpCall, now: datetime) -> None:
    row.closed_at = row.closed_at or now
    tasks.drop(f"help:{row.id}", now=now)


def _judge(words: str) -> None:
    with checklist() as check:
        check.require(words.strip(), "help_words_missing", "words")
        check.require(len(words) <= LONGEST_WORDS, "help_words_long", "words", limit=LONGEST_WORDS)


def _say(row: HelpCall, words: str, name: str, now: datetime) -> HelpWord:
    said = HelpWord(id=fresh_id(), call_id=row.id, said_by=name, is_staff=bool(name), words=words, said_at=now)
    session().add(said)
    session().flush()
    return said


def _wake(row: HelpCall, occasion: str, now: datetime) -> None:
    """Have somebody answer by a moment, and see to it that nobody's silence goes unnoticed."""
    told = Ask(row.station_id, TaskReason.HELP, f"help:{row.id}", f"help:{row.id}", row.due_at)
    tasks.open(told, now=now, anew=True)
    outbox.put("help.called", due_at=now, key=f"help.called:{occasion}", call=row.id)
    outbox.put("help.due", due_at=row.due_at, key=f"help.due:{occasion}", call=row.id)


def _talk(row: HelpCall, now: datetime) -> Talk:
    return _talks([row], now)[0]


def _talks(rows: Sequence[HelpCall], now: datetime) -> list[Talk]:
    """Put calls together with what was written, in three statements however many there are."""
    spoken: dict[str, list[HelpWord]] = {row.id: [] for row in rows}
    asked = select(HelpWord).where(HelpWord.call_id.in_(spoken)).order_by(HelpWord.said_at, HelpWord.id)
    for one in session().scalars(asked):
        spoken[one.call_id].append(one)
    at = {row.station_id for row in rows}
    stations = {one.id: one for one in directory.stations_by_id(at, retired_too=True)}
    named = contacts.of_stations(at, day=china_day(now))
    return [Talk(row, spoken[row.id], stations[row.station_id], named.get(row.station_id), now) for row in rows]


def _by_link(link: str) -> HelpCall:
    found = session().scalar(select(HelpCall).where(HelpCall.link_index == _index(link)))
    return found or _nothing()


def _mine(actor: Actor, call_id: str) -> HelpCall:
    found = session().scalar(select(HelpCall).where(HelpCall.id == call_id, visible_to(actor)).with_for_update())
    return found or _nothing()


def _nothing() -> HelpCall:
    raise NotFound("help_unknown")


def _index(link: str) -> str:
    return blind_index(link, "help_call.link")
