"""Pictures for pages: three widths, each as AVIF, WebP and JPEG, pixels and nothing else (PERFORMANCE E).

Runs in the child.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from core.imaging.photo import opened, target, upright

WIDTHS = (1600, 800, 320)
EFFORT: dict[str, dict[str, int]] = {
    "AVIF": {"quality": 55, "speed": 8},
    "WEBP": {"quality": 78, "method": 2},
    "JPEG": {"quality": 80},
}


def make(data: bytes, kind: str) -> tuple[dict[str, Any], list[bytes]]:
    """Make each width from the wider one, in each format; none is wider than what came."""
    source = opened(data, kind)
    step = upright(source, target(source.size, WIDTHS[0]))
    head = {"width": step.width, "height": step.height}
    made = []
    for width in WIDTHS:
        step = _to_width(step, width)
        made += [_written(step, format_) for format_ in EFFORT]
    return head, made


def _to_width(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _written(image: Image.Image, format_: str) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **EFFORT[format_])
    return out.getvalue()
