"""Whose messages are whose."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from core.identity import Actor, ActorKind
from messages.models import Message


def messages_of(actor: Actor) -> ColumnElement[bool]:
    """Say which messages are an actor's own. Every read in this slice starts here."""
    if actor.id is None or actor.kind is not ActorKind.CITIZEN:
        return false()
    return Message.person_id == actor.id
