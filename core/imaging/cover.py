"""The cut of a picture lists show, made again when an editor says what matters in it. Runs in the child."""

from __future__ import annotations

from typing import Any

from core.imaging.library import EFFORT, cover, written
from core.imaging.photo import opened


def make(data: bytes, kind: str, focus: str) -> tuple[dict[str, Any], list[bytes]]:
    """Cut it anew, in each format."""
    cut = cover(opened(data, kind).convert("RGB"), focus)
    return {"width": cut.width, "height": cut.height}, [written(cut, format_) for format_ in EFFORT]
