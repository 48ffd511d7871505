"""The ledger of consent: what somebody agreed to, in which words, and when they took it back (G08, PIPL 14, 15).

What an office does by law needs no consent and stands not here (PIPL 13); a pledge is another thing altogether.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select, update

from accounts.models import Consent
from core import audit
from core.db import session
from core.identity import Actor, Audience, open_to


class Purpose(StrEnum):
    """What there is to agree to."""

    ACCESS_NEEDS = "access_needs"


class Agreed(NamedTuple):
    """To what, and the words that were shown, with their edition."""

    purpose: Purpose
    edition: str
    words: str


@open_to(Audience.CITIZEN)
def give(actor: Actor, agreed: Agreed, *, now: datetime) -> None:
    """Write down that somebody agrees; where they do so already, in the same words, nothing changes."""
    standing = (Consent.person_id == actor.id, Consent.purpose == agreed.purpose, Consent.withdrawn_at.is_(None))
    if session().scalar(select(Consent.id).where(*standing, Consent.edition == agreed.edition)) is not None:
        return
    session().execute(update(Consent).where(*standing).values(withdrawn_at=now))
    session().add(Consent(person_id=actor.id, **agreed._asdict(), given_at=now))
    audit.record(actor, "consent.given", f"person:{actor.id}", now=now, purpose=agreed.purpose, edition=agreed.edition)


@open_to(Audience.CITIZEN)
def withdraw(actor: Actor, purpose: Purpose, *, now: datetime) -> bool:
    """Write down that somebody does not agree any more. Say whether they did until now."""
    standing = (Consent.person_id == actor.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
    ended = session().scalars(update(Consent).where(*standing).values(withdrawn_at=now).returning(Consent.id)).all()
    if ended:
        audit.record(actor, "consent.withdrawn", f"person:{actor.id}", now=now, purpose=purpose)
    return bool(ended)


@open_to(Audience.CITIZEN)
def mine(actor: Actor) -> Sequence[Consent]:
    """List what one agreed to, the latest first, with what was taken back."""
    latest = select(Consent).where(Consent.person_id == actor.id).order_by(Consent.given_at.desc(), Consent.id)
    return session().scalars(latest).all()
