"""Drawn signatures, cleaned and trimmed."""

import io

import pytest
from PIL import Image

from core import imaging
from core.errors import Rejected
from tests.evidence import samples

pytestmark = pytest.mark.usefixtures("here")


def cleaned(data):
    made = imaging.clean_signature(data)
    image = Image.open(io.BytesIO(made.master))
    image.load()
    assert image.size == (made.width, made.height)
    assert made.media_type == "image/png"
    return image


def refusal(data):
    with pytest.raises(Rejected) as rejected:
        imaging.clean_signature(data)
    (problem,) = rejected.value.problems
    assert problem.field == "signature"
    return problem.code


@pytest.mark.parametrize(
    ("ink", "paper"),
    [("black", (0, 0, 0, 0)), ("black", "white"), ("blue", "white"), ("white", "black"), ("white", (0, 0, 0, 0))],
)
def test_is_black_on_nothing_and_trimmed_to_the_strokes(ink, paper):
    image = cleaned(samples.drawing(ink=ink, paper=paper))

    assert image.mode == "LA"
    assert image.getchannel("L").getextrema() == (0, 0)
    assert image.getchannel("A").getpixel((0, 0)) == 0
    assert image.getchannel("A").getextrema()[1] > 150
    assert 270 <= image.width <= 300
    assert 110 <= image.height <= 140


def test_fits_a_line_on_paper():
    image = cleaned(samples.drawing(strokes=[(0, 0, 800, 400), (0, 400, 800, 0)]))

    assert image.width <= 900
    assert image.height == 300


@pytest.mark.parametrize("paper", ["white", (0, 0, 0, 0), "black"])
def test_is_refused_when_nothing_was_drawn(paper):
    assert refusal(samples.drawing(strokes=[], paper=paper)) == "signature_empty"


def test_is_refused_when_a_finger_slipped():
    dot = Image.new("RGBA", (800, 400), (0, 0, 0, 0))
    dot.putpixel((400, 200), (0, 0, 0, 255))

    assert refusal(samples.saved(dot, "PNG")) == "signature_empty"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 2_000_001, "file_too_big"),
        (samples.jpeg(), "signature_not_drawn"),
        (samples.png_claiming(2_001, 2_000, 1), "image_too_large"),
        (b"<svg>", "file_kind_not_allowed"),
    ],
)
def test_is_a_small_png_drawn_on_our_page(data, code):
    assert refusal(data) == code
