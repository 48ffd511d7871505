"""Somebody of the staff beside a person who signs: shown by a code they say, good for an hour or two (FEATURES A17).

The person signs by themselves, on whatever device; staff never act in their name. What is kept with the signature is
who sat beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from accounts.models import StaffMember, WitnessCode
from core import audit, references
from core.crypto import blind_index
from core.db import session
from core.identity import Actor, Permission, open_to

LIFE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Witness:
    """Who sat beside somebody who signed."""

    staff_id: str
    name: str
    work_number: str


@open_to(Permission.APPOINTMENTS_ATTEND, Permission.APPLICATIONS_RECEIVE)
def issue(actor: Actor, subject: str, *, now: datetime) -> str:
    """Give a code to say to whoever signs: `7K3M-Q9Q2`. `subject` is where one is: `appointment:<id>`.

    It has forty bits and lives for two hours: there is nothing to be won by guessing.
    """
    code = references.short_code()
    session().add(WitnessCode(code_index=_index(code), staff_id=actor.id, expires_at=now + LIFE))
    audit.record(actor, "witness.issued", subject, now=now)
    return code


def of(code: str, *, now: datetime) -> Witness | None:
    """Say whose code it is, as people type it; nobody's where it is wrong or too old."""
    live = (WitnessCode.code_index == _index(references.tidy(code)), WitnessCode.expires_at > now)
    rows = select(StaffMember).join(WitnessCode, WitnessCode.staff_id == StaffMember.id).where(*live)
    found = session().scalar(rows.where(StaffMember.disabled_at.is_(None)))
    return Witness(found.id, found.name, found.work_number) if found else None


def _index(code: str) -> str:
    return blind_index(code, "witness_code.code")
