"""What somebody can do with their messages: read them, and say how they want to be told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from accounts import wechat
from core import audit, mail, settings
from core.crypto import is_signed, sign
from core.db import session
from core.errors import NotFound, checklist
from core.identity import Actor, ActorKind, Audience, open_to
from messages import policy, telling
from messages.models import Message, Preference
from messages.ways import Kind

ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+", re.ASCII)
LONGEST_ADDRESS = 120
CONFIRM_LIFE = timedelta(days=2)
PURPOSE = "mail.confirm"
PLAINLY = {"synchronize_session": False}
CONFIRM = "请确认这个邮箱可以收消息，两天内有效：{address}\n\n不是您填的，不用理会。"


@dataclass(frozen=True, slots=True)
class Channels:
    """How somebody wants to be told, and what that needs."""

    by_wechat: bool = True
    by_sms: bool = True
    by_email: bool = False
    is_wechat_bound: bool = False
    is_email_offered: bool = False
    masked_email: str = ""
    is_email_confirmed: bool = False


@open_to(Audience.CITIZEN)
def read(actor: Actor, message_id: str | None = None, *, now: datetime) -> Message | None:
    """Mark one of one's messages as read and give it, or mark all of them."""
    unread = (policy.messages_of(actor), Message.read_at.is_(None))
    if message_id is None:
        session().execute(update(Message).where(*unread).values(read_at=now), execution_options=PLAINLY)
        return None
    found = session().scalar(select(Message).where(Message.id == message_id, policy.messages_of(actor)))
    if found is None:
        raise NotFound
    found.read_at = found.read_at or now
    return found


@open_to(Audience.CITIZEN)
def channels(actor: Actor) -> Channels:
    """Say how somebody wants to be told."""
    is_bound = wechat.bound_at(actor) is not None
    row = session().get(Preference, actor.id)
    if row is None:
        return Channels(is_wechat_bound=is_bound, is_email_offered=mail.is_on())
    return Channels(
        by_wechat=row.by_wechat,
        by_sms=row.by_sms,
        by_email=row.by_email,
        is_wechat_bound=is_bound,
        is_email_offered=mail.is_on(),
        masked_email=masked(row.email or ""),
        is_email_confirmed=row.email_confirmed_at is not None,
    )


@open_to(Audience.CITIZEN)
def choose(actor: Actor, *, by_wechat: bool, by_sms: bool, by_email: bool, now: datetime) -> Channels:
    """Choose the ways one wants to be told by. One that works has to be left."""
    row = _row(actor, now)
    is_email_good = row.email_confirmed_at is not None
    works = by_sms or (by_wechat and wechat.bound_at(actor) is not None) or (by_email and is_email_good)
    with checklist() as check:
        check.require(works, "no_way_left", "bySms")
        check.require(is_email_good or not by_email, "email_unconfirmed", "byEmail")
    row.by_wechat, row.by_sms, row.by_email, row.changed_at = by_wechat, by_sms, by_email, now
    audit.record(actor, "message.channels_chosen", f"person:{actor.id}", now=now)
    return channels(actor)


@open_to(Audience.CITIZEN)
def set_email(actor: Actor, address: str, *, now: datetime) -> Channels:
    """Name a mailbox; what confirms it is sent there. An empty one forgets the one there was."""
    wanted, row = address.strip(), _row(actor, now)
    with checklist() as check:
        check.require(mail.is_on() or not wanted, "email_off", "address")
        fits = len(wanted) <= LONGEST_ADDRESS and ADDRESS.fullmatch(wanted)
        check.require(not wanted or fits, "email_unfit", "address")
        check.require(wanted or row.by_sms or wechat.bound_at(actor), "no_way_left", "address")
    if wanted != (row.email or ""):
        row.email, row.email_confirmed_at, row.by_email, row.changed_at = wanted or None, None, False, now
    audit.record(actor, "message.email_set", f"person:{actor.id}", now=now, is_set=bool(wanted))
    if wanted and row.email_confirmed_at is None:
        _ask_to_confirm(actor.id or "", wanted, now)
    return channels(actor)


@open_to(Audience.ANYONE)
def confirm_email(_actor: Actor, token: str, *, now: datetime) -> str:
    """Confirm a mailbox by what was sent to it; say which, masked. From now on messages go there too."""
    person_id, _, rest = token.partition(".")
    until, _, signature = rest.partition(".")
    row = session().get(Preference, person_id, with_for_update=True, populate_existing=True)
    is_number = until.isascii() and until.isdigit() and len(until) <= 12  # noqa: PLR2004  # digits of a moment
    if row is None or row.email is None or not is_number:
        raise NotFound("email_link_unknown")
    if not is_signed(_said(person_id, until, row.email), PURPOSE, signature):
        raise NotFound("email_link_unknown")
    if datetime.fromtimestamp(int(until), UTC) < now:
        raise NotFound("email_link_over")
    if row.email_confirmed_at is None:
        row.email_confirmed_at, row.by_email, row.changed_at = now, True, now
        owner = Actor(id=person_id, kind=ActorKind.CITIZEN)
        audit.record(owner, "message.email_confirmed", f"person:{person_id}", now=now)
    return masked(row.email)


def masked(address: str) -> str:
    """Show an address so that its owner knows it and nobody else learns it."""
    name, at, host = address.partition("@")
    return f"{name[:2]}***{at}{host}" if name else ""


def _row(actor: Actor, now: datetime) -> Preference:
    row = session().get(Preference, actor.id, with_for_update=True, populate_existing=True)
    if row is None:
        row = Preference(person_id=actor.id, by_wechat=True, by_sms=True, by_email=False, changed_at=now)
        session().add(row)
        session().flush()
    return row


def _ask_to_confirm(person_id: str, address: str, now: datetime) -> None:
    until = str(int((now + CONFIRM_LIFE).timestamp()))
    token = f"{person_id}.{until}.{sign(_said(person_id, until, address), PURPOSE)}"
    text = CONFIRM.format(address=f"{settings.current().public_url}/messages/email/{token}")
    key = f"email.confirm:{person_id}:{until}"
    note = telling.Note(Kind.ACCOUNT, key, text, "", "", email=address, good_until=now + CONFIRM_LIFE)
    telling.tell(note, now=now)


def _said(person_id: str, until: str, address: str) -> bytes:
    return f"{person_id}.{until}.{address}".encode()
