"""Signing in by WeChat: it opens the account its owner once proved a number for (FEATURES E05, RULEBOOK WX-1).

Whoever WeChat says somebody is arrives here judged already: the network is asked before the unit of work begins.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select

from accounts import codes, phone, throttle
from accounts.models import Person, SignIn, WechatAccount
from accounts.sign_in import Device, as_person, end_wechat_of, known_by
from core import audit, outbox, sms
from core.crypto import UNREADABLE, blind_index, keyring
from core.db import session
from core.errors import NotFound, Problem
from core.identity import Actor, ActorKind, Audience, open_to

TICKET_LIFE = timedelta(minutes=10)
TICKET, INDEX = "wechat.ticket", "wechat_account.openid"
LONGEST_TICKET = 1_000
WORDS = "您的账户绑定了一个微信。不是您本人操作，请登录后在“账户”里解除绑定，或拨打 12348。"


@dataclass(frozen=True, slots=True)
class Known:
    """Who somebody is to WeChat."""

    openid: str = field(repr=False)
    unionid: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a WeChat nobody has bound yet is given, to come back with a proved number. It is sealed."""

    ticket: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """How a number is proved: WeChat says it (`number`), or the code that was texted (`request`, `code`)."""

    number: str = field(default="", repr=False)
    request: str = ""
    code: str = field(default="", repr=False)


@open_to(Audience.ANYONE)
def ask(_actor: Actor, address: str, *, now: datetime) -> None:
    """Count a question to WeChat before it is asked: it counts ours too (45011)."""
    throttle.count_address("wechat_address", address, now=now)


@open_to(Audience.ANYONE)
def sign_in(actor: Actor, known: Known, *, device: Device, now: datetime) -> SignIn | Ticket | Problem:
    """Sign in whoever has bound this WeChat; anybody else is given a ticket to bind it with."""
    person = session().scalar(
        select(Person).join(WechatAccount, WechatAccount.person_id == Person.id).where(_is(known.openid))
    )
    return _ticket(known, now) if person is None else as_person(actor, person, device=device, now=now)


@open_to(Audience.ANYONE)
def bind_with_number(actor: Actor, ticket: str, proof: Proof, *, device: Device, now: datetime) -> SignIn | Problem:
    """Bind a WeChat to whoever proves a number, and sign them in. The try of a texted code is counted and kept."""
    known = _opened(ticket, now)
    if known is None:
        return Problem("wechat_ticket_over", "ticket")
    number = codes.weigh(actor, proof.request, proof.code, now=now) if proof.request else phone.normalise(proof.number)
    if isinstance(number, Problem):
        return number
    if not phone.is_mobile(number):
        return Problem("phone_not_mobile", "phoneCode")
    person = known_by(number, now=now)
    if person.disabled_at is None and (problem := _bound(_citizen(person), known, now)):
        return problem
    return as_person(actor, person, device=device, now=now)


@open_to(Audience.CITIZEN)
def bind(actor: Actor, known: Known, *, now: datetime) -> WechatAccount | Problem:
    """Bind a WeChat to one's own account."""
    return _bound(actor, known, now) or session().get_one(WechatAccount, actor.id)


@open_to(Audience.CITIZEN)
def unbind(actor: Actor, *, now: datetime) -> int:
    """Let one's WeChat go, and end what it was signed in on; say how many ended."""
    gone = delete(WechatAccount).where(WechatAccount.person_id == actor.id).returning(WechatAccount.person_id)
    if actor.id is None or session().scalar(gone) is None:
        raise NotFound("wechat_not_bound")
    audit.record(actor, "accounts.wechat_unbound", f"person:{actor.id}", now=now)
    return end_wechat_of(actor.id, now=now)


def bound_at(actor: Actor) -> datetime | None:
    """Say since when somebody has their own WeChat bound, if they have."""
    return session().scalar(select(WechatAccount.bound_at).where(WechatAccount.person_id == actor.id))


def openid_of(person_id: str) -> str | None:
    """Give who a citizen is to WeChat; nobody for one who is shut out. For errands only."""
    allowed = (WechatAccount.person_id == person_id, Person.disabled_at.is_(None))
    asked = select(WechatAccount.openid).join(Person, Person.id == WechatAccount.person_id).where(*allowed)
    return session().scalar(asked)


def person_of(openid: str) -> str | None:
    """Give the id of whoever has bound this WeChat, to whoever carries what WeChat pushes."""
    return session().scalar(select(WechatAccount.person_id).where(_is(openid)))


def tell(person_id: str) -> None:
    """Text that a WeChat was bound: whoever holds a telephone for a moment gets no lasting way in unseen."""
    person = session().get_one(Person, person_id)
    if person.disabled_at is None:
        sms.send(person.phone, WORDS)


def _is(openid: str) -> ColumnElement[bool]:
    return WechatAccount.openid_index == blind_index(openid, INDEX)


def _citizen(person: Person) -> Actor:
    return Actor(id=person.id, kind=ActorKind.CITIZEN)


def _bound(owner: Actor, known: Known, now: datetime) -> Problem | None:
    """Bind; one that is somebody else's stays theirs, and one's own former one gives way to this."""
    holder = person_of(known.openid)
    if holder is not None:
        return None if holder == owner.id else Problem("wechat_bound_elsewhere")
    assert owner.id is not None  # noqa: S101  # a citizen is somebody
    former = session().get(WechatAccount, owner.id, with_for_update=True)
    if former is not None:
        session().delete(former)
        session().flush()
        end_wechat_of(owner.id, now=now)
    index = blind_index(known.openid, INDEX)
    row = WechatAccount(
        person_id=owner.id, openid=known.openid, openid_index=index, unionid=known.unionid or None, bound_at=now
    )
    session().add(row)
    session().flush()
    audit.record(owner, "accounts.wechat_bound", f"person:{owner.id}", now=now, replaced=former is not None)
    outbox.put("accounts.wechat_bound", due_at=now, person_id=owner.id)
    return None


def _ticket(known: Known, now: datetime) -> Ticket:
    until = now + TICKET_LIFE
    said = {"openid": known.openid, "unionid": known.unionid, "until": until.timestamp()}
    sealed = keyring().seal(json.dumps(said), TICKET)
    return Ticket(base64.urlsafe_b64encode(sealed.encode()).decode(), until)


def _opened(ticket: str, now: datetime) -> Known | None:
    """Open a ticket of ours that is still good."""
    if len(ticket) > LONGEST_TICKET:
        return None
    try:
        said = json.loads(keyring().open(base64.urlsafe_b64decode(ticket.encode()).decode(), TICKET))
    except UNREADABLE:
        return None
    return Known(said["openid"], said["unionid"]) if now.timestamp() < said["until"] else None
