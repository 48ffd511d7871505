"""Whose sign-in it is, remembered in Redis for a moment where there is one: it spares each request a look (N8).

Only the database says yes. Redis may repeat it, for citizens (what staff may do is read each time), for half a
minute, while it is the same process that was told: one that started again from an old copy knows nothing. A sign-in
that ends is marked before the commit, and whoever looked just before cannot write over the mark.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from core import db, logs, settings

KEPT = 30  # seconds
ENDED = "-"
ENDED_FOR = 300  # seconds: longer than any unit of work, so that nobody still remembers what they saw before
PATIENCE = 0.2  # seconds: a memory must never hold up an answer (TRUST R9)
LEFT_ALONE = 5.0  # seconds
KEY = "rufa:sign-in:{}"


@dataclass(slots=True)
class Memory:
    """A Redis, and until when it is left alone because it did not answer."""

    client: Redis
    away_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What Redis says of a sign-in: whose it is, if it knows; `run` is the Redis that said so, if any did."""

    run: str = ""
    person_id: str | None = None


def look(sign_in_id: str, *, now: datetime) -> Seen:
    """Ask whose sign-in it is."""
    memory = _memory(settings.current().redis_url)
    if memory is None or memory.away_until > db.monotonic():
        return Seen()
    try:
        with memory.client.pipeline(transaction=False) as asking:
            asking.info("server")
            asking.get(KEY.format(sign_in_id))
            server, found = asking.execute()
    except RedisError as fault:
        _leave_alone(memory, fault)
        return Seen()
    run = str(server["run_id"])
    told, _, rest = (found or "").partition(" ")
    person_id, _, ends = rest.partition(" ")
    if told != run or now >= datetime.fromisoformat(ends):
        return Seen(run)
    return Seen(run, person_id)


def keep(sign_in_id: str, seen: Seen, person_id: str, *, ends_at: datetime) -> None:
    """Remember for a moment what the database said, unless somebody marked it meanwhile."""
    memory = _memory(settings.current().redis_url)
    if memory is None or not seen.run:
        return
    said = f"{seen.run} {person_id} {ends_at.astimezone(UTC).isoformat()}"
    try:
        memory.client.set(KEY.format(sign_in_id), said, nx=True, ex=KEPT)
    except RedisError as fault:
        _leave_alone(memory, fault)


def forget(sign_in_ids: Iterable[str]) -> None:
    """Mark sign-ins that end: from now on the database is asked. Tried even where Redis is left alone."""
    memory = _memory(settings.current().redis_url)
    if memory is None:
        return
    try:
        with memory.client.pipeline(transaction=False) as telling:
            for each in sign_in_ids:
                telling.set(KEY.format(each), ENDED, ex=ENDED_FOR)
            telling.execute()
    except RedisError as fault:
        _leave_alone(memory, fault)


def _leave_alone(memory: Memory, fault: RedisError) -> None:
    memory.away_until = db.monotonic() + LEFT_ALONE
    logs.get("accounts").warning("remembered.away", exc_info=fault)


@functools.cache
def _memory(url: str) -> Memory | None:
    waits: dict[str, Any] = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
    once = Retry(NoBackoff(), 0)
    return Memory(Redis.from_url(url, decode_responses=True, retry=once, **waits)) if url else None
