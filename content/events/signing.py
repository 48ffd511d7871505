"""Signing up without an account: how many come, perhaps a number for texts, and a code that finds it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from content.events import page, places
from content.events.page import Event
from content.models import Article, EventSignup, Revision
from content.rulebook import rules
from core import outbox
from core.calendar import china_midnight
from core.crypto import blind_index
from core.db import session
from core.errors import Conflict, checklist
from core.identity import Actor, Audience, open_to
from core.references import short_code, tidy

FILE = "events.toml"
CODE_CHARACTERS = 9  # 8 and a hyphen
GOT_A_PLACE = "编号 {code}：候补到名额了，{day}。来不了请凭编号在网站取消，或拨打 12348。"


class SignupState(StrEnum):
    """How a sign-up stands."""

    COMING = "coming"
    WAITING = "waiting"
    LEFT = "left"
    CALLED_OFF = "called_off"


STATES = {
    SignupState.COMING: "报上了",
    SignupState.WAITING: "候补中",
    SignupState.LEFT: "已取消",
    SignupState.CALLED_OFF: "活动取消了",
}
STANDING = (SignupState.COMING, SignupState.WAITING)


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever signs up says. `phone` is normalised, or empty."""

    people: int | None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A sign-up as whoever has its code sees it. `before` is how many wait ahead of it."""

    code: str
    state: SignupState
    people: int
    held_on: date
    title: str
    slug: str
    event: Event | None
    before: int
    wants_text: bool


@open_to(Audience.ANYONE)
def join(actor: Actor, slug: str, given: Given, *, now: datetime) -> EventSignup:
    """Sign up. Where no place is left one waits for one, and is told so."""
    del actor
    event, rule = page.find(slug, now=now), rules(FILE)
    if not event.is_open(now):
        raise Conflict("event_closed")
    index = blind_index(given.phone, "event_signup.phone") if given.phone else None
    people = given.people or 0
    with checklist() as check:
        check.require(1 <= people <= rule["most_people"], "event_people_unfit", "people", most=rule["most_people"])
        check.require(index is None or not _has_signed(event, index), "event_number_taken", "phone")
    comes = places.take(event, people)
    if not comes and waiting(event.article_id) >= rule["most_waiting"]:
        raise Conflict("event_waiting_full")
    row = EventSignup(
        article_id=event.article_id,
        code=short_code(),
        people=people,
        phone=given.phone or None,
        phone_index=index,
        state=(SignupState.COMING if comes else SignupState.WAITING).value,
        held_on=event.held_on,
        signed_at=now,
        settled_at=now,
    )
    session().add(row)
    session().flush()
    remind_later(row, now=now)
    return row


@open_to(Audience.ANYONE)
def leave(actor: Actor, code: str, *, now: datetime) -> EventSignup:
    """Give one's places back; whoever has waited longest and fits gets them."""
    del actor
    row = session().scalars(select(EventSignup).where(_is(code)).with_for_update()).one_or_none()
    if row is None or row.state not in STANDING:
        raise Conflict("event_signup_over")
    had_places, row.state, row.settled_at = row.state == SignupState.COMING, SignupState.LEFT.value, now
    row.phone = row.phone_index = None
    session().flush()
    if had_places:
        places.give_back(row.article_id, row.people)
        event = page.live([row.article_id], now=now).get(row.article_id)
        if event is not None:
            fill(event, now=now)
    return row


def fill(event: Event, *, now: datetime) -> int:
    """Give places that are left to those who wait, in the order they came; who are too many are passed over."""
    if not event.is_open(now):
        return 0
    queue = select(EventSignup).where(
        EventSignup.article_id == event.article_id, EventSignup.state == SignupState.WAITING
    )
    lucky = 0
    for row in session().scalars(queue.order_by(EventSignup.signed_at, EventSignup.id).with_for_update()):
        if places.take(event, row.people):
            row.state, row.settled_at, lucky = SignupState.COMING.value, now, lucky + 1
            tell(row, GOT_A_PLACE, now=now, why="place")
            remind_later(row, now=now)
    session().flush()
    return lucky


def by_code(code: str, *, now: datetime) -> Found | None:
    """Give a sign-up by its code as people type it."""
    newest = (Revision.article_id == Article.id) & (Revision.number == Article.revisions)
    named = select(EventSignup, Article.slug, Revision.title).join(Article, Article.id == EventSignup.article_id)
    found = session().execute(named.join(Revision, newest).where(_is(code))).one_or_none()
    if found is None:
        return None
    row = found.EventSignup
    event = page.live([row.article_id], now=now).get(row.article_id)
    state = SignupState(row.state)
    title = event.title if event is not None else found.title
    before = waiting(row.article_id, before=row) if state is SignupState.WAITING else 0
    held_on = event.held_on if event is not None else row.held_on
    return Found(row.code, state, row.people, held_on, title, found.slug, event, before, row.phone is not None)


def waiting(article_id: str, before: EventSignup | None = None) -> int:
    """Count the sign-ups that wait for a place, or those of them that came before one."""
    those = (EventSignup.article_id == article_id) & (EventSignup.state == SignupState.WAITING)
    if before is not None:
        those &= EventSignup.signed_at < before.signed_at
    return session().scalar(select(func.count()).where(those)) or 0


def tell(row: EventSignup, text: str, *, now: datetime, why: str) -> None:
    """Have a text sent to whoever left a number. It names no matter and no person."""
    if row.phone:
        said = text.format(code=row.code, day=f"{row.held_on:%-m月%-d日}")
        outbox.put_once("event.text", due_at=now, key=f"event.text:{row.id}:{why}", signup=row.id, text=said)


def remind_later(row: EventSignup, *, now: datetime) -> None:
    """Have somebody who comes reminded the day before, where that lies ahead."""
    due_at = china_midnight(row.held_on - timedelta(days=1)) + timedelta(hours=rules(FILE)["remind_at_hour"])
    if row.state == SignupState.COMING and row.phone and now < due_at:
        key = f"event.reminder:{row.id}:{row.held_on:%Y%m%d}"
        outbox.put_once("event.reminder", due_at=due_at, key=key, signup=row.id, day=row.held_on.isoformat())


def _is(code: str) -> ColumnElement[bool]:
    return EventSignup.code == tidy(code)[:CODE_CHARACTERS]


def _has_signed(event: Event, index: str) -> bool:
    mine = (EventSignup.article_id == event.article_id) & (EventSignup.phone_index == index)
    return session().scalar(select(EventSignup.id).where(mine, EventSignup.state.in_(STANDING))) is not None
