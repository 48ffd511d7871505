"""Drafts nobody goes on with: a word a week before, then everything in them is forgotten (FEATURES A09, TRUST P6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from accounts.queries import phone_of
from applications import drafts, questions
from applications.models.draft import Draft
from core import audit, outbox, sms
from core.db import session
from core.identity import SYSTEM
from core.jobs import handles, recurs

WARNED_BEFORE = timedelta(days=7)
AT_ONCE = 500  # in one unit of work; what is left over is an errand of its own
WORDS = "您在网上保存的内容几天后会自动删除，需要的话请登录看一看。"


@recurs("draft.expiry", every=timedelta(days=1))
def look(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Warn about drafts that go within a week, and empty those whose time is over, batch by batch."""
    lying = (Draft.submitted_at.is_(None), Draft.discarded_at.is_(None))
    soon = (*lying, Draft.warned_at.is_(None), Draft.expires_at > now, Draft.expires_at <= now + WARNED_BEFORE)
    warned = session().scalars(select(Draft).where(*soon).order_by(Draft.expires_at).limit(AT_ONCE)).all()
    for draft in warned:
        draft.warned_at = now
        if draft.answers.get("safe_to_text") != questions.NO:
            outbox.put("draft.expiring", due_at=now, person_id=draft.owner_id)
    over = select(Draft).where(*lying, Draft.expires_at <= now).order_by(Draft.expires_at).limit(AT_ONCE)
    emptied = session().scalars(over).all()
    for draft in emptied:
        drafts.forget(draft, now=now)
        audit.record(SYSTEM, "draft.expired", f"draft:{draft.id}", now=now)
    if AT_ONCE in (len(warned), len(emptied)):
        outbox.put("draft.expiry", due_at=now)
    session().flush()


@handles("draft.expiring")
def warn(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Say that something goes, not what."""
    number = phone_of(payload["person_id"])
    if number:
        sms.send(number, WORDS)
