"""Pictures for pages: three widths and a cut for lists, as AVIF, WebP and JPEG, nothing but pixels (PERFORMANCE E).

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


ACROSS, DOWN = {"l": 0.0, "c": 0.5, "r": 1.0}, {"t": 0.0, "m": 0.5, "b": 1.0}
COVER = (640, 360)  # what lists show


def make(data: bytes, kind: str, focus: str) -> tuple[dict[str, Any], list[bytes]]:
    """Make each width from the wider one, in each format; none is wider than what came. The last is the cut."""
    source = opened(data, kind)
    step = upright(source, target(source.size, WIDTHS[0]))
    head = {"width": step.width, "height": step.height}
    made, cut = [], cover(step, focus)
    for width in WIDTHS:
        step = _to_width(step, width)
        made += [written(step, format_) for format_ in EFFORT]
    return head, [*made, *(written(cut, format_) for format_ in EFFORT)]


def cover(image: Image.Image, focus: str) -> Image.Image:
    """Cut a picture to the shape of lists, keeping in sight what matters: `focus` says across and down (`lt`, `cm`)."""
    width = min(image.width, round(image.height * COVER[0] / COVER[1]))
    height = min(image.height, max(1, round(width * COVER[1] / COVER[0])))
    left = round((image.width - width) * ACROSS[focus[0]])
    top = round((image.height - height) * DOWN[focus[1]])
    cut = image.crop((left, top, left + width, top + height))
    return cut if cut.width <= COVER[0] else cut.resize(COVER, Image.Resampling.LANCZOS)


def _to_width(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def written(image: Image.Image, format_: str) -> bytes:
    """Write a picture in a format."""
    out = io.BytesIO()
    image.save(out, format_, **EFFORT[format_])
    return out.getvalue()
