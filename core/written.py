"""Functions that are written by the program: where a loop is taken all the time, it knows beforehand what it meets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def function(name: str, source: str, known: dict[str, Any]) -> Callable[..., Any]:
    """Give the function of this name. Its source is ours alone: no text from outside may ever be part of it."""
    space = dict(known)
    exec(compile(source, f"<{name}>", "exec"), space)  # noqa: S102  # see above
    made: Callable[..., Any] = space[name]
    return made
