"""Questions that say where somebody is: never by GET, as addresses of pages are logged on the way (FEATURES C19)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Resolver = TypeVar("Resolver", bound=Callable[..., Any])


def private(resolve: Resolver) -> Resolver:
    """Mark a resolver whose arguments nobody on the way may read."""
    resolve.private = True  # type: ignore[attr-defined]
    return resolve
