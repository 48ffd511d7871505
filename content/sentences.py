"""A text as sentences: what people compare and put together. Joined again, they are the text."""

from __future__ import annotations

import re

END = re.compile(r"[^。！？；!?\n]*(?:[。！？；!?]+[”』」）)】]*|\n+|$)")


def split(text: str) -> list[str]:
    """Cut a text after each sentence and line; `"".join` gives it back."""
    return [piece for piece in END.findall(text) if piece]
