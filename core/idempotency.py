"""The same key and input give the same answer, also when meanwhile full or closed (TRUST R2, FEATURES E08).

The key is claimed first, in the transaction of the work: who comes second with the same key waits for the
first at the unique constraint, fails there, is done over by `core.db.keep`, and finds the answer.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CursorResult, Index, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from core import settings
from core.crypto import Sealed, blind_index
from core.db import Model, session
from core.errors import Conflict, Malformed

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
TAG = "$"
KINDS: dict[str, Any] = {"datetime": datetime, "date": date, "time": time}


class Answered(Model):
    """What was answered to a key. Both input (hashed with a key) and answer (sealed) may be personal."""

    __tablename__ = "idempotency"
    __table_args__ = (Index("ix_idempotency_created_at", "created_at"),)

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    operation: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(Sealed("idempotency.answer"))
    created_at: Mapped[datetime]


def digest(operation: str, variables: object) -> str:
    """Hash what is asked. Keyed, for a plain hash of an identity number can be guessed."""
    return blind_index(f"{operation}\0{_write(variables, sort_keys=True)}", "idempotency.digest")


def judged(key: object) -> str:
    """Give the key back where it is fit to be one."""
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise Malformed("idempotency_key_malformed", shortest=16, longest=64)
    return key


def claim(owner: str, key: str, *, operation: str, digest: str, now: datetime) -> Any:
    """Give what was answered to this key, or claim it and give nothing."""
    held = session().get(Answered, (owner, key))
    if held is not None and held.created_at <= now - _term():
        session().expunge(held)
        session().execute(delete(Answered).where(Answered.owner == owner, Answered.key == key))
        held = None
    if held is None:
        session().add(Answered(owner=owner, key=key, operation=operation, digest=digest, created_at=now))
        session().flush()
        return None
    if held.digest != digest:
        raise Conflict("idempotency_key_reused")
    return None if held.answer is None else json.loads(held.answer, object_hook=_read)


def remember(owner: str, key: str, answer: object) -> None:
    """Keep what was answered to a claimed key."""
    claimed = session().get_one(Answered, (owner, key))
    claimed.answer = _write(answer)


def release(owner: str, key: str) -> None:
    """Give a claimed key back: the answer is not worth keeping."""
    session().delete(session().get_one(Answered, (owner, key)))


def sweep(*, now: datetime) -> int:
    """Forget what is older than the term; give how many."""
    gone = session().execute(delete(Answered).where(Answered.created_at <= now - _term()))
    assert isinstance(gone, CursorResult)  # noqa: S101  # a delete gives one; mypy cannot know
    return gone.rowcount


def _term() -> timedelta:
    return timedelta(hours=settings.current().idempotency_hours)


def _write(value: object, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"), default=_tagged)


def _tagged(value: object) -> dict[str, Any]:
    for name, kind in KINDS.items():
        if isinstance(value, kind):
            return {TAG: [name, value.isoformat()]}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _read(found: dict[str, Any]) -> Any:
    if found.keys() == {TAG}:
        name, text = found[TAG]
        return KINDS[name].fromisoformat(text)
    return found
