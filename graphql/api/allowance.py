"""How much may be asked in a minute: requests by address, nodes by address, person and site (TRUST G5, FEATURES E03).

Generous by default: a village or a kiosk shares one address. Only this door is counted, never pages or files.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from accounts.throttle import is_trusted_site
from api.viewer import Viewer
from core import db, logs, settings
from core.errors import TooMany

EXTENSION = "rufa.allowance"
NODES_PER_REQUEST = 10
SITE_FACTOR = 100
TRUSTED_FACTOR = 10
PATIENCE = 0.2  # seconds
LEFT_ALONE = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Share:
    """One allowance: what is counted, for whom, and how much a minute."""

    what: str
    whose: str
    limit: int


def install(app: Flask) -> None:
    """Keep the counts in memory, or in Redis where there is one."""
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=settings.current().redis_url or "memory://",
        storage_options=_patience() if settings.current().redis_url else {},
        strategy="fixed-window",
    )
    app.extensions[EXTENSION] = Counter(limiter)


def _patience() -> dict[str, Any]:
    """Wait for Redis but a moment: a counter must never hold up an answer (TRUST R9)."""
    return {
        "wrap_exceptions": True,
        "socket_connect_timeout": PATIENCE,
        "socket_timeout": PATIENCE,
        "retry": Retry(NoBackoff(), 0),
    }


@dataclass(slots=True)
class Counter:
    """What counts, and until when it is left alone because it did not answer."""

    limiter: Limiter
    away_until: float = 0.0


def enter(address: str) -> None:
    """Count a request before anything is read."""
    _take(Share("requests", address, _of(address)), 1)


def spend(viewer: Viewer, nodes: int) -> int:
    """Count the nodes of an answer before it is made; give what is left to this address."""
    points = max(nodes, 1)
    base = settings.current().graphql_requests * NODES_PER_REQUEST
    _take(Share("nodes_site", "site", base * SITE_FACTOR), points)
    if viewer.actor.id is not None:
        _take(Share("nodes_person", f"{viewer.actor.kind}:{viewer.actor.id}", base), points)
    return _take(Share("nodes", viewer.address, _of(viewer.address) * NODES_PER_REQUEST), points)


def _of(address: str) -> int:
    return settings.current().graphql_requests * (TRUSTED_FACTOR if is_trusted_site(address) else 1)


def _take(share: Share, points: int) -> int:
    """Take points from a share; a counter that is away lets people in (sign-in has counters of its own)."""
    counter: Counter = current_app.extensions[EXTENSION]
    if counter.away_until > db.monotonic():
        return share.limit
    item = RateLimitItemPerMinute(share.limit, namespace="door")
    try:
        taken = counter.limiter.limiter.hit(item, share.what, share.whose, cost=points)
        window = counter.limiter.limiter.get_window_stats(item, share.what, share.whose)
    except (StorageError, RedisError) as fault:
        counter.away_until = db.monotonic() + LEFT_ALONE
        logs.get("door").warning("allowance.away", exc_info=fault)
        return share.limit
    if taken:
        return int(window.remaining)
    wait = max(1, int(window.reset_time - time.time()) + 1)
    raise TooMany("rate_limited", retry_after=wait, limit=share.limit, kind=share.what)
