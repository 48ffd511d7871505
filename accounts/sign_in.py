"""Signing in and out: one row a device, refresh tokens that rotate, reuse that ends the family (TRUST N2, N3, N8)."""

from __future__ import annotations

import base64
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, select, update

from accounts import codes, policy, remembered
from accounts.models import Person, SignIn
from core import audit
from core.crypto import blind_index, canonical, sign
from core.db import before_commit, fresh_id, session
from core.errors import NotFound, Problem
from core.identity import SYSTEM, Actor, ActorKind, Audience, open_to

LIFE = timedelta(days=30)  # apps, and browsers that were asked to remember
BROWSER_LIFE = timedelta(hours=20)  # a form may take that long (WCAG 2.2.6)
STAFF_LIFE = timedelta(hours=12)
TWO_TABS = timedelta(seconds=15)
ASKED_AGAIN = timedelta(hours=24)  # as long as any key is remembered (FEATURES E08)
LONGEST_LABEL = 60
WECHAT, WECHAT_LABEL = "wechat", "微信"
Opened: TypeAlias = SignIn  # what other storeys call it: the table is ours alone


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody signs in on, as they will find it in their list of devices."""

    label: str = ""
    is_browser: bool = False
    is_remembered: bool = False
    via: str = ""

    def tidy_label(self) -> str:
        """Give the label without anything that is no text, at most 60 characters; it says 微信 where one came by it."""
        kept = "".join(c for c in unicodedata.normalize("NFKC", self.label) if c.isprintable())
        named = kept.strip() or "未知设备"
        return (f"{WECHAT_LABEL} · {named}" if self.via == WECHAT else named)[:LONGEST_LABEL]

    def life(self) -> timedelta:
        """Say how long a citizen stays signed in on it at most."""
        return LIFE if self.is_remembered or not self.is_browser else BROWSER_LIFE


@dataclass(frozen=True, slots=True)
class Rotation:
    """What came of a refresh: the sign-in, and whether there are new tokens. Nothing where it was refused."""

    sign_in: SignIn | None = None
    is_new: bool = False


@open_to(Audience.ANYONE)
def by_code(actor: Actor, request: str, code: str, *, device: Device, key: str = "", now: datetime) -> SignIn | Problem:
    """Sign a citizen in by the code that was sent. Whoever was never here becomes known now.

    A code is good once. Where the answer was lost on the way, the same `key` brings the same sign-in again.
    """
    answer = codes.weigh(actor, request, code, now=now)
    if isinstance(answer, Problem):
        return _by_code_again(request, code, key, now) or answer
    begun = _brought_about(key, request, code)
    return as_person(actor, known_by(answer, now=now), device=device, sign_in_id=begun, now=now)


def as_person(
    actor: Actor, person: Person, *, device: Device, sign_in_id: str | None = None, now: datetime
) -> SignIn | Problem:
    """Sign in whoever has proved who they are, unless they are shut out. For those who judge proofs alone."""
    if person.disabled_at is not None:
        audit.record(actor, "accounts.sign_in_refused", f"person:{person.id}", now=now)
        return Problem("account_disabled")
    opened = start(device, device.life(), person_id=person.id, sign_in_id=sign_in_id, now=now)
    audit.record(Actor(id=person.id, kind=ActorKind.CITIZEN), "accounts.signed_in", f"sign_in:{opened.id}", now=now)
    return opened


def _by_code_again(request: str, code: str, key: str, now: datetime) -> SignIn | None:
    """Find the sign-in this very try has begun, while its code would still be good and nobody has used it."""
    if not key or not codes.was_used(request, now=now):
        return None
    unused = SignIn.previous_jti.is_(None)
    return session().scalar(select(SignIn).where(SignIn.id == _brought_about(key, request, code), unused, *_live(now)))


def start(
    device: Device,
    life: timedelta,
    *,
    person_id: str | None = None,
    staff_id: str | None = None,
    sign_in_id: str | None = None,
    now: datetime,
) -> SignIn:
    """Begin a family of tokens with ids nobody had before (N10)."""
    opened = SignIn(
        id=sign_in_id or fresh_id(),
        jti=fresh_id(),
        person_id=person_id,
        staff_id=staff_id,
        device=device.tidy_label(),
        via=device.via,
        is_remembered=device.is_remembered,
        created_at=now,
        rotated_at=now,
        last_used_at=now,
        expires_at=now + life,
    )
    session().add(opened)
    return opened


@open_to(Audience.ANYONE)
def rotate(
    _actor: Actor, sign_in_id: str, jti: str, *, key: str = "", is_browser: bool = False, now: datetime
) -> Rotation:
    """Exchange the newest refresh token for the next one: compare and swap, so one of many at once wins (N3).

    An older token ends the whole family, with this exception: two tabs of one browser may both hold the token
    that was newest a moment ago. And an app whose answer was lost asks again with the same `key`: while nobody
    has used what that brought about, it is given once more (decision 0029).
    The answer is returned, not raised: the end of a family must be kept.
    """
    next_jti = _brought_about(key, sign_in_id, jti) or fresh_id()
    swapped = (
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.jti == jti, *_live(now))
        .values(jti=next_jti, previous_jti=jti, rotated_at=now, last_used_at=now)
        .returning(SignIn.id)
        .execution_options(synchronize_session=False)
    )
    won = session().scalar(swapped) is not None
    row = session().get(SignIn, sign_in_id, populate_existing=True)
    if row is None or won:
        return Rotation(row, is_new=won)
    if row.ended_at is not None or row.expires_at <= now:
        return Rotation()
    if is_browser and row.previous_jti == jti and now - row.rotated_at <= TWO_TABS:
        return Rotation(row)
    if key and (row.previous_jti, row.jti) == (jti, next_jti) and now - row.rotated_at <= ASKED_AGAIN:
        return Rotation(row, is_new=True)
    _end(SignIn.id == row.id, "reuse", now)
    audit.record(SYSTEM, "accounts.token_reused", f"sign_in:{row.id}", now=now)
    return Rotation()


@open_to(Audience.CITIZEN, Audience.STAFF)
def sign_out(actor: Actor, sign_in_id: str | None, *, everywhere: bool = False, now: datetime) -> int:
    """End this sign-in, or all of them. Say how many ended."""
    which = policy.sign_ins_of(actor)
    if not everywhere:
        which &= SignIn.id == sign_in_id
    ended = _end(which, "signed_out", now)
    for each in ended:
        audit.record(actor, "accounts.signed_out", f"sign_in:{each}", now=now)
    return len(ended)


@open_to(Audience.CITIZEN, Audience.STAFF)
def end_device(actor: Actor, sign_in_id: str, *, now: datetime) -> None:
    """End one device of one's own, a lost phone say. Anybody else's is not there (A2)."""
    if not sign_out(actor, sign_in_id, now=now):
        raise NotFound


def end_all_of(*, person_id: str | None = None, staff_id: str | None = None, because: str, now: datetime) -> None:
    """End every sign-in of a person or a member of staff at once (N8)."""
    _end(SignIn.person_id == person_id if person_id else SignIn.staff_id == staff_id, because, now)


def end_wechat_of(person_id: str, *, now: datetime) -> int:
    """End what a person's WeChat was signed in on; say how many ended."""
    return len(_end((SignIn.person_id == person_id) & (SignIn.via == WECHAT), "unbound", now))


def end_all(person_id: str, because: str, *, now: datetime) -> None:
    """End every sign-in of somebody whose account is over, and forget on what they were signed in."""
    _end(SignIn.person_id == person_id, because, now)
    session().execute(update(SignIn).where(SignIn.person_id == person_id).values(device=""))


def _end(which: ColumnElement[bool], because: str, now: datetime) -> list[str]:
    ended = (
        update(SignIn)
        .where(which, SignIn.ended_at.is_(None))
        .values(ended_at=now, ended_because=because)
        .returning(SignIn.id)
        .execution_options(synchronize_session=False)
    )
    ids = list(session().scalars(ended))
    before_commit(lambda: remembered.forget(ids))
    return ids


def _brought_about(key: str, *what: str) -> str | None:
    """Give the id one try brings about: the same for the same key, and nobody can guess it who does not know both."""
    if not key:
        return None
    made = bytes.fromhex(sign(canonical([key, *what]), "sign-in.tried"))[:16]
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _live(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return SignIn.ended_at.is_(None), SignIn.expires_at > now


def known_by(number: str, *, now: datetime) -> Person:
    """Give whoever has proved this number; whoever was never here becomes known now."""
    index = blind_index(number, "person.phone")
    person = session().scalar(select(Person).where(Person.phone_index == index))
    if person is None:
        person = Person(id=fresh_id(), phone=number, phone_index=index, created_at=now)
        session().add(person)
        session().flush()
        audit.record(SYSTEM, "accounts.person_added", f"person:{person.id}", now=now)
    return person
