"""Asking about messages. A stranger's and none look the same (TRUST A2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Subquery, func, select, tuple_

from core.db import session
from core.identity import Actor, Audience, open_to
from messages import policy
from messages.models import Message


@open_to(Audience.CITIZEN)
def mine(actor: Actor, *, first: int, after: tuple[datetime, str] | None = None) -> Sequence[Message]:
    """List one's messages, the newest first: one more than `first` where more follow."""
    wanted = select(Message).where(policy.messages_of(actor))
    if after is not None:
        wanted = wanted.where(tuple_(Message.created_at, Message.id) < tuple_(*after))
    return session().scalars(wanted.order_by(Message.created_at.desc(), Message.id.desc()).limit(first + 1)).all()


def unread(actor: Actor) -> int:
    """Count the messages somebody has not read; a stranger has none."""
    theirs = select(func.count()).select_from(Message).where(policy.messages_of(actor), Message.read_at.is_(None))
    return session().scalar(theirs) or 0


def outcomes() -> Subquery:
    """Say what became of messages, by the keys of their occasions: to be joined by whoever left them."""
    return select(Message.key, Message.state, Message.via).subquery("told")
