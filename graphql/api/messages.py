"""The message catalogue: a sentence for every code, written once for every face (FEATURES E04)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "messages"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Message:
    """What a person is told: what is the matter, what to do next, and whether trying again helps."""

    text: str
    remedy: str = ""
    retryable: bool = False


class _Figures(dict[str, Any]):
    """Figures for a sentence; one that is missing leaves a gap, not a crash."""

    def __missing__(self, name: str) -> str:
        return "…"


@functools.cache
def catalogue() -> Mapping[str, Message]:
    """Read every `messages/*.toml` once."""
    entries: dict[str, Message] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if code in entries:
                raise ValueError(f"{path.name}: {code} already has a sentence")
            entries[code] = Message(**entry)
    return entries


def message(code: str, params: Mapping[str, Any] | None = None) -> Message:
    """Give the sentence for a code with its figures filled in."""
    found = catalogue().get(code) or catalogue()[UNKNOWN]
    if not params:
        return found
    figures = _Figures(params)
    return Message(found.text.format_map(figures), found.remedy.format_map(figures), found.retryable)


def in_words(code: str) -> dict[str, str]:
    """Put a code into words, for faces that do not look up messages themselves."""
    said = message(code)
    return {"message": said.text, "remedy": said.remedy}
