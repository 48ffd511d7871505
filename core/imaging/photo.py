"""Photographs made anew: upright, in sRGB, shrunk, and carrying nothing but pixels (TRUST U2). Runs in the child."""

from __future__ import annotations

import io
import warnings
from typing import Any

import pi_heif
from PIL import Image, ImageCms

from core.imaging import limits, quality
from core.imaging.refusing import Refused

MASTER = 2400  # longest side; letters on a photographed page stay readable
LONG = 3  # longer than this many widths: a screenshot of a chat, whose short side counts
LONG_SHORT_SIDE = 1200
THUMBNAIL = 320
QUALITY = 85
THUMBNAIL_QUALITY = 78
LARGEST_PROFILE = 4 << 20
FORMATS = {"jpeg": ("JPEG",), "png": ("PNG",), "webp": ("WEBP",), "heic": ("HEIF",), "avif": ("AVIF",)}
ORIENTATION = 0x0112
SRGB = ImageCms.createProfile("sRGB")

Image.MAX_IMAGE_PIXELS = limits.PIXELS
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)


def make(data: bytes, kind: str) -> tuple[dict[str, Any], list[bytes]]:
    """Make a master and a thumbnail, and measure how well the photograph will read."""
    source = opened(data, kind)
    taken_at = source.size
    master = upright(source, target(source.size))
    small = master.copy()
    if max(small.size) > LONG * min(small.size):
        small = small.crop((0, 0, min(small.width, small.height * LONG), min(small.height, small.width * LONG)))
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    head = {"width": master.width, "height": master.height, "warnings": quality.judge(master, taken_at)}
    return head, [jpeg(master, QUALITY), jpeg(small, THUMBNAIL_QUALITY)]


def opened(data: bytes, kind: str) -> Image.Image:
    """Open without decoding; refuse by pixels and frames, which the head of the file tells."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS[kind])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("image_too_large", megapixels=limits.MEGAPIXELS) from None
    if kind in ("png", "webp", "avif") and getattr(image, "is_animated", False):
        raise Refused("image_animated")
    return image


def target(size: tuple[int, int], longest: int = MASTER) -> tuple[int, int]:
    """Say how large the re-made image is: never larger than it came."""
    width, height = size
    long, short = max(size), max(min(size), 1)
    share = min(1.0, longest / long)
    if long > LONG * short:
        share = min(1.0, LONG_SHORT_SIDE / short)
    return max(1, round(width * share)), max(1, round(height * share))


def upright(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Shrink first, then turn the small one; give a fresh image with pixels and nothing else."""
    turn = image.getexif().get(ORIENTATION, 1)
    profile = image.info.get("icc_profile")
    image.draft(None, size)  # aspect-aware: a square does nothing for 4:3
    image.load()
    shrunk = _plain(image)
    if shrunk.size != size and shrunk.width >= size[0]:
        shrunk.thumbnail(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    coloured = _on_white(_in_srgb(shrunk, profile))
    if turn in TURNS:
        coloured = coloured.transpose(TURNS[turn])
    fresh = Image.new("RGB", coloured.size, "white")
    fresh.paste(coloured)
    return fresh


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def jpeg(image: Image.Image, quality_: int) -> bytes:
    """Write a JPEG."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality_, optimize=True)
    return out.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """Bring odd modes to one that can be shrunk well: RGB, RGBA, L, LA or CMYK."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK"):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or len(profile) > LARGEST_PROFILE or image.mode not in ("RGB", "CMYK", "L"):
        return image if image.mode in ("RGB", "RGBA", "LA") else image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        turned = None
    return turned or image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    page = Image.new("RGB", clear.size, "white")
    page.paste(clear, mask=clear.getchannel("A"))
    return page
