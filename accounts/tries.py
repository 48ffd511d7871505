"""How often is too often, where nothing may be written: counters in the memory of the process.

For what is read by everybody and must go on while the database refuses writes. With several processes an allowance
is that much larger; so this is for what a long secret guards already. The figures stand in `limits.toml`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from accounts import throttle
from core import settings
from core.errors import TooMany

MOST_REMEMBERED = 20_000


class Tries:
    """Counts tries; the one that was quiet for longest is forgotten first."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        """Start with none."""
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], tuple[int, datetime]] = OrderedDict()

    def count(self, name: str, subject: str, *, now: datetime) -> None:
        """Count one try of an address, or of something else. Raises `TooMany` with the seconds to wait."""
        limit = throttle.limits(settings.current().rules_dir)[name]
        with self._lock:
            hits, ends_at = self._known.pop((name, subject), (0, now))
            if ends_at <= now:
                hits, ends_at = 0, now + timedelta(seconds=limit.seconds)
            self._known[name, subject] = hits + 1, ends_at
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        if hits >= limit.allowed(is_shared=throttle.is_trusted_site(subject)):
            wait = max(1, round((ends_at - now).total_seconds()))
            raise TooMany(f"too_often_{name}", retry_after=wait, seconds=wait, minutes=-(-wait // 60))

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._known.clear()
