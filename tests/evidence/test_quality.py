"""Warnings about photographs that will be hard to read."""

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from core.imaging import quality

SIZE = (1600, 1200)


@pytest.fixture(scope="module")
def page():
    """A printed page, photographed: lines of small marks on paper."""
    image = Image.new("RGB", SIZE, "#f4f1ea")
    draw = ImageDraw.Draw(image)
    for top in range(60, 1140, 28):
        for left in range(60, 1540, 18):
            draw.line((left, top, left + 10, top + (left * top) % 13), fill="#222", width=2)
    return image


def test_says_nothing_of_a_good_photograph(page):
    assert quality.judge(page, SIZE) == []


@pytest.mark.parametrize("radius", [4, 6, 10])
def test_notices_blur(page, radius):
    assert quality.judge(page.filter(ImageFilter.GaussianBlur(radius)), SIZE) == ["photo_blurred"]


def test_does_not_mind_a_page_with_little_on_it(page):
    sheet = Image.new("RGB", (1600, 1200), "#ddd")
    sheet.paste(page.crop((60, 60, 600, 160)), (200, 300))

    assert quality.judge(sheet, SIZE) == []
    assert quality.judge(sheet.filter(ImageFilter.GaussianBlur(4)), SIZE) == ["photo_blurred"]


def test_notices_darkness(page):
    assert "photo_dark" in quality.judge(ImageEnhance.Brightness(page).enhance(0.15), SIZE)


def test_notices_too_few_pixels(page):
    assert "photo_small" in quality.judge(page.resize((400, 300)), (400, 300))


def test_does_not_call_an_empty_page_blurred():
    assert quality.judge(Image.new("RGB", SIZE, "white"), SIZE) == []


def test_bears_a_picture_of_one_pixel_or_two():
    chequered = Image.new("RGB", (2, 1), "white")
    chequered.putpixel((0, 0), (0, 0, 0))

    assert quality.judge(Image.new("RGB", (1, 1), "white"), (1, 1)) == ["photo_small"]
    assert "photo_small" in quality.judge(chequered, (2, 1))
