"""Telling somebody something, in the transaction of what it tells of (FEATURES G03)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core import outbox, quiet
from core.db import fresh_id, session
from messages import ways
from messages.models import Message
from messages.ways import Kind, State

CARRY = "message.carry"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody is told: `text` where others may read it (discreet, TRUST P1), `title` and `body` in their list.

    `key` names the occasion. `phone` and `email` are where it goes besides what a person has bound; without a way it
    only stands in their list. Where every way is used up, an errand `unreached` is left with what it has to be `told`.
    `when` is the moment it is about, for templates that say one.
    """

    kind: Kind
    key: str
    text: str = field(repr=False)
    title: str = field(repr=False)
    body: str = field(repr=False)
    path: str = ""
    person_id: str | None = None
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    when: datetime | None = None
    good_until: datetime | None = None
    unreached: str = ""
    told: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_pushed: bool = True


def tell(note: Note, *, now: datetime) -> None:
    """Leave a message, and an errand that carries it; each occasion is told once."""
    if session().scalar(select(Message.id).where(Message.key == note.key)) is not None:
        return
    made = Message(
        id=fresh_id(),
        key=note.key,
        kind=note.kind.value,
        person_id=note.person_id,
        title=note.title,
        body=note.body,
        path=note.path,
        push=_pushed(note) if note.is_pushed else None,
        state=(State.WAITING if note.is_pushed else State.KEPT).value,
        via="",
        good_until=note.good_until,
        created_at=now,
        settled_at=None if note.is_pushed else now,
    )
    session().add(made)
    if note.is_pushed:
        outbox.put(CARRY, due_at=due(note.kind, now), key=f"{CARRY}:{made.id}", message=made.id)


def due(kind: Kind, now: datetime) -> datetime:
    """Say when a message of a kind may go out: what is not urgent waits for the morning."""
    said = ways.agreed()
    return quiet.waking(now, said.quiet) if said.kinds[kind].quiet else now


def _pushed(note: Note) -> dict[str, Any]:
    return {
        "text": note.text,
        "phone": note.phone,
        "email": note.email,
        "when": note.when.isoformat() if note.when else "",
        "unreached": note.unreached,
        "told": dict(note.told),
    }
