"""What the guards look for, as the rules file says it."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "rules" / "guards.toml"


@functools.cache
def rules() -> dict[str, Any]:
    """Read the rules once."""
    return tomllib.loads(FILE.read_text("utf-8"))
