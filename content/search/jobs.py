"""What is done by itself for the search."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from content.search import missing
from core.jobs import recurs


@recurs("search_misses.forgotten", every=timedelta(days=1))
def forget_misses(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget what people looked for in vain, and nobody has looked for since."""
    missing.forget(now=now)
