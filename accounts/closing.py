"""Closing an account: a week to think again, then nobody is known by the number any more (FEATURES G08, PIPL 47).

Cases stay where the law keeps them; whoever has them under way is told by the slice that knows (`applications`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from accounts import sign_in
from accounts.models import Consent, Person, WechatAccount
from core import audit, outbox, sms
from core.calendar import china_day
from core.db import session
from core.errors import NotSignedIn
from core.identity import SYSTEM, Actor, Audience, open_to

THINK_AGAIN = timedelta(days=7)  # an account is cancelled within fifteen working days (GB/T 35273)
AT_ONCE = 200
WORDS = "您的账户将在{day}注销。不是您本人操作，请在此之前登录，选“不注销了”，或拨打 12348。"
CLOSED = "closed:"


@open_to(Audience.CITIZEN)
def ask(actor: Actor, *, now: datetime) -> datetime:
    """Have one's account closed in a week, and its sign-ins ended then.

    The number is told in any case: whoever holds a telephone for a moment closes nothing unseen.
    """
    person = _mine(actor)
    if person.closing_at is None:
        person.closing_at = now + THINK_AGAIN
        audit.record(actor, "accounts.closing_asked", f"person:{person.id}", now=now)
        outbox.put("accounts.closing_asked", due_at=now, person_id=person.id)
    return person.closing_at


@open_to(Audience.CITIZEN)
def keep(actor: Actor, *, now: datetime) -> None:
    """Keep one's account after all."""
    person = _mine(actor)
    if person.closing_at is not None:
        person.closing_at = None
        audit.record(actor, "accounts.kept", f"person:{person.id}", now=now)


@open_to(Audience.CITIZEN)
def closing_at(actor: Actor) -> datetime | None:
    """Say when one's account is closed, if it is to be."""
    return _mine(actor).closing_at


def due(*, now: datetime) -> Sequence[str]:
    """List whose week is over, and hold them: who thinks again meanwhile is kept, or comes too late, never between.

    For the errand that knows who may be forgotten.
    """
    over = (Person.closing_at <= now, Person.disabled_at.is_(None))
    first = select(Person.id).where(*over).order_by(Person.closing_at).limit(AT_ONCE)
    return session().scalars(first.with_for_update()).all()


def put_off(person_id: str, *, now: datetime) -> None:
    """Let an account be: something is under way that needs it."""
    session().get_one(Person, person_id).closing_at = None
    audit.record(SYSTEM, "accounts.kept", f"person:{person_id}", now=now)


def forget(person_id: str, *, now: datetime) -> None:
    """Forget who somebody is. The row stays for what the law keeps; the number may sign up anew, as somebody else."""
    person = session().get_one(Person, person_id)
    person.phone, person.phone_index, person.name = "", f"{CLOSED}{person.id}", None
    person.disabled_at = now
    session().execute(delete(WechatAccount).where(WechatAccount.person_id == person_id))
    session().execute(delete(Consent).where(Consent.person_id == person_id))
    sign_in.end_all(person_id, "closed", now=now)
    audit.record(SYSTEM, "accounts.closed", f"person:{person_id}", now=now)
    outbox.put("accounts.closed", due_at=now, person_id=person_id)


def tell(person_id: str) -> None:
    """Text that an account is to be closed; the words name no matter (P1)."""
    person = session().get_one(Person, person_id)
    if person.closing_at is not None and person.disabled_at is None:
        day = china_day(person.closing_at)
        sms.send(person.phone, WORDS.format(day=f"{day.month}月{day.day}日"))


def _mine(actor: Actor) -> Person:
    person = session().scalar(select(Person).where(Person.id == actor.id).with_for_update())
    if person is None:
        raise NotSignedIn
    return person
