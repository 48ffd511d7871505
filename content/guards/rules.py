"""What the guards look for, as the rules file says it."""

from __future__ import annotations

from typing import Any

from content import rulebook

FILE = "guards.toml"


def rules() -> dict[str, Any]:
    """Give the rules."""
    return rulebook.rules(FILE)
