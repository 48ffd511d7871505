"""What we hold about somebody in this slice, for them to take away (FEATURES G08, PIPL 45)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from accounts import consents, throttle
from accounts.models import Person, SignIn, WechatAccount
from core import audit, outbox, sms
from core.db import session
from core.errors import NotSignedIn
from core.identity import Actor, Audience, open_to

WORDS = "您账户里的全部信息刚被下载了一份。不是您本人操作，请登录后在“账户”里让所有设备都退出，或拨打 12348。"
DEVICE = ("device", "via", "created_at", "last_used_at", "ended_at")
AGREED = ("purpose", "edition", "words", "given_at", "withdrawn_at")


@open_to(Audience.CITIZEN)
def begin(actor: Actor, *, now: datetime) -> None:
    """Count and record that somebody takes everything away: it is much work, and worth a thief's while.

    The number is told: whoever holds a telephone, or a sign-in, for a moment carries nothing off unseen.
    """
    throttle.count("takeout", str(actor.id), now=now)
    audit.record(actor, "accounts.taken_out", f"person:{actor.id}", now=now)
    outbox.put("accounts.taken_out", due_at=now, person_id=actor.id)


def tell(person_id: str) -> None:
    """Text that everything was taken away; the words name no matter (P1)."""
    person = session().get_one(Person, person_id)
    if person.disabled_at is None:
        sms.send(person.phone, WORDS)


@open_to(Audience.CITIZEN)
def mine(actor: Actor) -> dict[str, Any]:
    """Give all of it, as it is kept."""
    person = session().get(Person, actor.id)
    if person is None:
        raise NotSignedIn
    devices = session().scalars(select(SignIn).where(SignIn.person_id == person.id).order_by(SignIn.created_at))
    wechat = session().get(WechatAccount, person.id)
    return {
        "account": {"phone": person.phone, "name": person.name, "created_at": person.created_at},
        "wechat_bound_at": wechat.bound_at if wechat else None,
        "devices": [{field: getattr(one, field) for field in DEVICE} for one in devices],
        "consents": [{field: getattr(one, field) for field in AGREED} for one in consents.mine(actor)],
    }
