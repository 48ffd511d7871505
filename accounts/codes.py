"""One-time codes: sent to a telephone, weighed at most five times, good once and for five minutes (TRUST N4–N6)."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from accounts import phone, throttle
from accounts.models import OneTimeCode
from core import audit, outbox
from core.crypto import blind_index
from core.db import fresh_id, session
from core.errors import Problem, checklist
from core.identity import Actor, Audience, open_to

DIGITS = 6
TRIES = 5
LIFE = timedelta(minutes=5)
SEND_AGAIN_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Sent:
    """A code is on its way. `request` is what the answer must name; what is said is the same for every number."""

    request: str
    masked_phone: str
    expires_at: datetime
    send_again_at: datetime


@open_to(Audience.ANYONE)
def send(actor: Actor, number: str, *, address: str, now: datetime) -> Sent:
    """Send a code to a mobile, whether anybody is known by it or not: same words, same work, same time (N4)."""
    mobile = phone.normalise(number)
    with checklist() as check:
        check.require(phone.is_mobile(mobile), "phone_not_mobile", "phone")
    for name in ("code_number_minute", "code_number_hour"):
        throttle.count(name, mobile, now=now)
    throttle.count_address("code_address", address, now=now)
    throttle.count("code_site", throttle.WHOLE_SITE, now=now)

    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    request = fresh_id()
    session().add(
        OneTimeCode(
            id=request,
            phone=mobile,
            code_hash=_hash(request, code),
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    outbox.put(
        "accounts.code_requested",
        due_at=now,
        key=f"accounts.code_requested:{request}",
        phone=mobile,
        code=code,
        good_until=(now + LIFE).timestamp(),
    )
    audit.record(actor, "accounts.code_sent", f"code:{request}", now=now)
    return Sent(request, phone.mask(mobile), now + LIFE, now + SEND_AGAIN_AFTER)


def weigh(actor: Actor, request: str, code: str, *, now: datetime) -> str | Problem:
    """Give the number a code belongs to, or say what to put right. The try is counted before the look (N5).

    The problem is returned, not raised: the count must be kept.
    """
    if not _count_a_try(request, now):
        return Problem(_why_not(request, now), "code")
    row = session().get_one(OneTimeCode, request, populate_existing=True)
    if not hmac.compare_digest(row.code_hash, _hash(request, phone.normalise(code))):
        audit.record(actor, "accounts.code_wrong", f"code:{request}", now=now, tries=row.tries)
        return Problem("code_wrong", "code", {"left": TRIES - row.tries})
    row.used_at = now
    return row.phone


def was_used(request: str, *, now: datetime) -> bool:
    """Say whether a code has opened a door and would still be good."""
    row = session().get(OneTimeCode, request, populate_existing=True)
    return row is not None and row.used_at is not None and row.expires_at > now


def _count_a_try(request: str, now: datetime) -> bool:
    is_alive = OneTimeCode.used_at.is_(None) & (OneTimeCode.expires_at > now)
    counted = (
        update(OneTimeCode)
        .where(OneTimeCode.id == request, is_alive, OneTimeCode.tries < TRIES)
        .values(tries=OneTimeCode.tries + 1)
        .returning(OneTimeCode.id)
        .execution_options(synchronize_session=False)
    )
    return session().scalar(counted) is not None


def _why_not(request: str, now: datetime) -> str:
    row = session().get(OneTimeCode, request, populate_existing=True)
    has_tries_left = row is None or row.tries < TRIES or row.used_at or row.expires_at <= now
    return "code_expired" if has_tries_left else "code_used_up"


def _hash(request: str, code: str) -> str:
    return blind_index(f"{request}:{code}", "one_time_code.code_hash")
