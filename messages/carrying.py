"""Carrying messages: one way after the other, each step its own errand; nothing is held while a network is waited for.

WeChat where its owner allowed one, else a text; e-mail besides where it was asked for. Where no way is left, whoever
left the message hears of it, and may have somebody ring up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from accounts import phone, wechat
from core import mail, outbox, quiet, settings, sms
from core.calendar import CHINA
from core.db import fresh_id, keep, session
from core.errors import NotFound, Unavailable
from core.jobs import handles, recurs
from core.wechat import client
from core.wechat.faults import Declined, WechatFault
from messages import subscriptions, ways
from messages.models import Delivery, Message, Preference
from messages.telling import CARRY
from messages.ways import Kind, State, Way

PUSHES = (Way.WECHAT, Way.SMS)  # one of them is enough
IN_ORDER = (*PUSHES, Way.EMAIL)
SUBJECT = "您有一条新消息"
READ = "\n\n查看：{address}"
STUCK = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Step:
    """One try of one way."""

    message: str
    delivery: str
    way: Way
    to: str = field(repr=False)
    text: str = field(repr=False)
    is_last_try: bool
    notice: client.Notice | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    state: State
    why: str = ""


@handles(CARRY, alone=True)
def carry(payload: dict[str, Any], *, now: datetime) -> None:
    """Take one step with a message. A way that does not answer is tried again later, as errands are."""
    step = keep(lambda: _begin(payload["message"], now))
    if step is None:
        return
    try:
        outcome = _try(step, now)
    except Unavailable as away:
        if not step.is_last_try:
            raise
        outcome = Outcome(State.LOST, away.code)
    keep(lambda: _settle(step, outcome, now))


def _begin(message_id: str, now: datetime) -> Step | None:
    """Say what to try now, if anything; whatever is over is settled."""
    found = _waiting(message_id)
    if found is None:
        return None
    if found.good_until is not None and now > found.good_until:
        _close(found, State.LATE, now)
        return None
    said, kind = ways.agreed(), Kind(found.kind)
    if said.kinds[kind].quiet and quiet.is_quiet(now, said.quiet):
        _go_on(found, quiet.waking(now, said.quiet), "morning")
        return None
    tried = _tried(found)
    under_way = next((one for one in tried.values() if one.state == State.WAITING), None) or _next(found, tried, now)
    if under_way is None:
        _finish(found, tried, now)
        return None
    under_way.tries += 1
    return _step(found, under_way, said.most_tries(kind, Way(under_way.way)))


def _waiting(message_id: str) -> Message | None:
    found = session().get(Message, message_id, with_for_update=True, populate_existing=True)
    return found if found is not None and found.state == State.WAITING else None


def _tried(found: Message) -> dict[Way, Delivery]:
    rows = session().scalars(select(Delivery).where(Delivery.message_id == found.id))
    return {Way(row.way): row for row in rows}


def _next(found: Message, tried: dict[Way, Delivery], now: datetime) -> Delivery | None:
    """Begin the next way: one of the pushes is enough, e-mail goes besides."""
    is_reached = any(way in PUSHES and one.state == State.HANDED_OVER for way, one in tried.items())
    for way in IN_ORDER:
        if way in tried or (is_reached and way in PUSHES) or not _is_open(found, way, now):
            continue
        made = Delivery(
            id=fresh_id(), message_id=found.id, way=way.value, state=State.WAITING.value, tries=0, begun_at=now
        )
        session().add(made)
        return made
    return None


def _is_open(found: Message, way: Way, now: datetime) -> bool:
    """Say whether a way leads to them; a message by WeChat is taken off what they allowed."""
    wanted = session().get(Preference, found.person_id) if found.person_id else None
    push = found.push or {}
    if way is Way.SMS:
        return phone.is_mobile(push["phone"]) and (wanted is None or wanted.by_sms)
    if way is Way.EMAIL:
        return mail.is_on() and bool(_mailbox(found, wanted))
    template = ways.agreed().kinds[Kind(found.kind)].template
    if found.person_id is None or not (wanted is None or wanted.by_wechat) or not _is_set(template):
        return False
    return wechat.openid_of(found.person_id) is not None and subscriptions.spend(found.person_id, template, now=now)


def _is_set(template: str) -> bool:
    given = settings.current()
    return bool(given.wechat_app_id) and template in given.wechat_templates


def _mailbox(found: Message, wanted: Preference | None) -> str:
    if found.push and found.push["email"]:
        return str(found.push["email"])
    if wanted is None or not wanted.by_email or wanted.email_confirmed_at is None:
        return ""
    return wanted.email or ""


def _step(found: Message, under_way: Delivery, most: int) -> Step:
    way, push = Way(under_way.way), found.push or {}
    to, text, notice = push["phone"], push["text"], None
    if way is Way.EMAIL:
        to = _mailbox(found, session().get(Preference, found.person_id) if found.person_id else None)
        text += READ.format(address=f"{settings.current().public_url}/messages") if found.person_id else ""
    if way is Way.WECHAT:
        to, notice = "", _notice(found, push)
    return Step(found.id, under_way.id, way, to, text, under_way.tries >= most, notice)


def _notice(found: Message, push: dict[str, Any]) -> client.Notice:
    name = ways.agreed().kinds[Kind(found.kind)].template
    template = ways.agreed().templates[name]
    when = datetime.fromisoformat(push["when"]) if push["when"] else found.created_at
    fields = template.filled(moment=_said(found.created_at), when=_said(when))
    openid = wechat.openid_of(found.person_id or "") or ""
    return client.Notice(openid, settings.current().wechat_templates[name], template.page, fields)


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y年%m月%d日 %H:%M}"


def _try(step: Step, now: datetime) -> Outcome:
    """Ask whoever carries it. `Unavailable` leaves: it may be tried again."""
    try:
        if step.notice is not None:
            client.wechat().send(step.notice, now=now)
        elif step.way is Way.EMAIL:
            mail.send(mail.Mail(step.to, SUBJECT, step.text))
        else:
            sms.send(step.to, step.text)
    except Declined as no:
        return Outcome(State.DECLINED, str(no.number))
    except WechatFault as no:
        return Outcome(State.LOST, str(no.number))
    except (mail.Undeliverable, NotFound) as no:
        return Outcome(State.LOST, no.code)
    return Outcome(State.HANDED_OVER)


def _settle(step: Step, outcome: Outcome, now: datetime) -> None:
    row = session().get_one(Delivery, step.delivery, with_for_update=True, populate_existing=True)
    if row.state != State.WAITING:
        return
    row.state, row.why, row.settled_at = outcome.state.value, outcome.why, now
    found = session().get_one(Message, step.message, with_for_update=True)
    if step.notice is not None and found.person_id:
        subscriptions.settle(found.person_id, ways.agreed().kinds[Kind(found.kind)].template, outcome.state, now=now)
    if outcome.state is State.HANDED_OVER and not found.via:
        found.via = step.way.value
    _go_on(found, now, step.way.value)


def _go_on(found: Message, due_at: datetime, after: str) -> None:
    """Leave the next step to an errand of its own, with tries of its own."""
    outbox.put(CARRY, due_at=due_at, key=f"{CARRY}:{found.id}:{after}:{fresh_id()[:6]}", message=found.id)


def _finish(found: Message, tried: dict[Way, Delivery], now: datetime) -> None:
    is_reached = any(one.state == State.HANDED_OVER for one in tried.values())
    _close(found, State.HANDED_OVER if is_reached else State.LOST, now)


def _close(found: Message, state: State, now: datetime) -> None:
    """Settle it; whoever left it hears where nobody was reached. What pushed it is forgotten."""
    push = found.push or {}
    found.state, found.settled_at, found.push = state.value, now, None
    if state is State.LOST and push.get("unreached"):
        outbox.put(push["unreached"], due_at=now, key=f"{push['unreached']}:{found.id}", **push["told"])


@recurs("message.stuck", every=timedelta(hours=1))
def find_stuck(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Settle what waits for ever because its errand was given up: somebody may have to ring up."""
    waits = (Message.state == State.WAITING.value, Message.created_at < now - STUCK)
    for found in session().scalars(select(Message).where(*waits).limit(500)).all():
        _finish(found, _tried(found), now)
