"""A drawn signature, cleaned: black ink on nothing, trimmed to its strokes (FEATURES A17). Runs in the child."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageChops, ImageOps, ImageStat

from core.imaging import limits
from core.imaging.photo import opened
from core.imaging.refusing import Refused

LARGEST = (900, 300)
MARGIN = 8
FAINT = 48  # weaker than this of 255 is no ink
LEAST_INK = 24  # pixels: a slip of the finger is no signature


def make(data: bytes, kind: str) -> tuple[dict[str, Any], list[bytes]]:
    """Find the ink, trim, and write a small PNG with a transparent ground."""
    drawing = opened(data, kind)
    if drawing.width * drawing.height > limits.SIGNATURE_PIXELS:
        raise Refused("image_too_large", megapixels=limits.SIGNATURE_PIXELS // 1_000_000)
    ink = _ink(drawing)
    strokes = ink.point(lambda value: 255 if value >= FAINT else 0)
    box = strokes.getbbox()
    if box is None or strokes.histogram()[255] < LEAST_INK:
        raise Refused("signature_empty")
    ink = ImageChops.multiply(ink, strokes).crop(box)
    ink = ImageOps.expand(ink, MARGIN, 0)
    ink.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    fresh = Image.merge("LA", (Image.new("L", ink.size, 0), ink))
    out = io.BytesIO()
    fresh.save(out, "PNG", optimize=True)
    return {"width": fresh.width, "height": fresh.height, "warnings": []}, [out.getvalue()]


def _ink(drawing: Image.Image) -> Image.Image:
    """Give how much ink lies on each pixel, whatever the colours of pen and paper."""
    clear = drawing.convert("RGBA")
    alpha = clear.getchannel("A")
    if ImageStat.Stat(alpha).extrema[0][0] == 0:
        return alpha  # a see-through canvas: whatever was drawn is ink
    page = Image.new("RGB", clear.size, "white")
    page.paste(clear, mask=alpha)
    grey = page.convert("L")
    dark_paper = ImageStat.Stat(grey).median[0] < 128  # noqa: PLR2004  # half of 255
    return grey if dark_paper else ImageOps.invert(grey)
