"""How well a photograph will read, measured at once, so that nobody is asked for it again weeks later (FEATURES A23).

Gentle: these are warnings with how to do better, never a refusal.
"""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageStat

LOOKED_AT = 1000  # longest side of what is measured
SMALLEST_SIDE = 600  # pixels; below, print on an A4 page cannot be read
DARK = 60.0  # mean brightness of 255
SHARP = 60.0  # variance of the Laplacian; a page full of print in focus has hundreds
SHARP_SHARE = 0.12  # of the variance of brightness, for pages with little on them; in focus it is above 1
FLAT = 2.0  # standard deviation of brightness; below, there is nothing that could be sharp
LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def judge(image: Image.Image, taken_at: tuple[int, int]) -> list[str]:
    """Name what will make the photograph hard to read."""
    found = []
    if min(taken_at) < SMALLEST_SIDE:
        found.append("photo_small")
    grey = image.convert("L")
    grey.thumbnail((LOOKED_AT, LOOKED_AT), Image.Resampling.BILINEAR)
    light = ImageStat.Stat(grey)
    if light.mean[0] < DARK:
        found.append("photo_dark")
    if light.stddev[0] >= FLAT and sharpness(grey) < min(SHARP, SHARP_SHARE * light.var[0]):
        found.append("photo_blurred")
    return found


def sharpness(grey: Image.Image) -> float:
    """Measure the edges: the variance of the Laplacian."""
    if min(grey.size) < 3:  # noqa: PLR2004  # the kernel's size
        return SHARP
    edges = grey.filter(LAPLACIAN).crop((1, 1, grey.width - 1, grey.height - 1))
    return float(ImageStat.Stat(edges).var[0])
