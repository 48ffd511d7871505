"""Photographs of places for everybody to see: two widths, each as JPEG and as WebP, pixels and nothing else.

Runs in the child.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from core.imaging.photo import jpeg, opened, target, upright
from core.imaging.refusing import Refused

WIDE, SMALL = 800, 320  # widths: for a page, for a telephone
SMALLEST = 480  # less shows nothing
TALLEST = 2  # times as high as wide at the most
QUALITY, WEBP_QUALITY = 80, 75
LONGEST = WIDE * TALLEST


def make(data: bytes, kind: str) -> tuple[dict[str, Any], list[bytes]]:
    """Make the wide one and the small one: JPEG, WebP, JPEG, WebP."""
    source = opened(data, kind)
    whole = upright(source, target(source.size, 2 * LONGEST))
    if min(whole.size) < SMALLEST:
        raise Refused("photo_too_small", pixels=SMALLEST)
    if whole.height > whole.width * TALLEST:
        raise Refused("photo_too_tall")
    wide = _to_width(whole, min(WIDE, whole.width))
    small = _to_width(whole, SMALL)
    head = {"width": wide.width, "height": wide.height}
    return head, [part for one in (wide, small) for part in (jpeg(one, QUALITY), _webp(one))]


def _to_width(image: Image.Image, width: int) -> Image.Image:
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=WEBP_QUALITY, method=4)
    return out.getvalue()
