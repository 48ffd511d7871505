"""What is made of files that strangers send, in the child that decodes."""

import io
import zlib

import pytest
from PIL import Image, ImageCms

from core import imaging
from core.errors import Rejected
from tests.evidence import samples

pytestmark = pytest.mark.usefixtures("here")

JPEG, PNG = samples.jpeg(quality=80), samples.png()


def picture(made):
    image = Image.open(io.BytesIO(made.master))
    image.load()
    return image


def refusal(data):
    with pytest.raises(Rejected) as rejected:
        imaging.remake(data)
    (problem,) = rejected.value.problems
    assert problem.field == "file"
    return problem.code


def carries_nothing(data):
    words = (b"CANARY", b"Canary", b"28.2282", b"<script", b"<?php", b"PK\x03\x04", b"Exif\0\0", b"http://ns.adobe")
    image = Image.open(io.BytesIO(data))
    return not any(word in data for word in words) and not image.getexif() and "comment" not in image.info


KEPT = {
    "jpeg": JPEG,
    "png": PNG,
    "webp": samples.saved(samples.photo(), "WEBP"),
    "heic": samples.HEIC,
    "cmyk": samples.saved(samples.photo(mode="CMYK"), "JPEG"),
    "grey": samples.saved(samples.photo(mode="L"), "JPEG"),
    "black and white": samples.saved(samples.photo(mode="1"), "PNG"),
    "sixteen bit": samples.saved(Image.new("I;16", (64, 64), 40000), "PNG"),
    "palette with alpha": samples.saved(samples.photo(mode="P"), "PNG", transparency=0),
    "grey with alpha": samples.saved(samples.photo(mode="LA"), "PNG"),
    "several pictures in a JPEG": samples.saved(
        samples.photo(), "MPO", save_all=True, append_images=[samples.photo((64, 64))]
    ),
    "exif and comment": samples.jpeg(exif=samples.exif(), comment=b"CANARY-COMMENT"),
    "xmp": samples.with_chunk(PNG, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + samples.XMP),
    "script in a text chunk": samples.with_chunk(PNG, b"tEXt", b"Comment\0<?php ?>" + samples.SCRIPT),
    "html behind": JPEG + samples.SCRIPT,
    "zip behind": JPEG + samples.zipped("x.jsp", samples.SCRIPT),
}


@pytest.mark.parametrize("data", KEPT.values(), ids=KEPT)
def test_keeps_a_plain_jpeg_that_carries_nothing(data):
    made = imaging.remake(data)

    assert made.media_type == "image/jpeg"
    assert picture(made).format == "JPEG"
    assert picture(made).size == (made.width, made.height)
    assert carries_nothing(made.master)
    assert carries_nothing(made.thumbnail)
    assert "icc_profile" not in picture(made).info


REFUSED = {
    "nothing": (b"", "file_empty"),
    "one byte": (b"\x89", "file_kind_not_allowed"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg">' + samples.SCRIPT, "file_kind_not_allowed"),
    "html": (b"<html>" + samples.SCRIPT, "file_kind_not_allowed"),
    "gif": (samples.animated("GIF"), "file_kind_not_allowed"),
    "script that is a gif": (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//", "file_kind_not_allowed"),
    "program": (b"\x7fELF" + b"\0" * 300, "file_kind_not_allowed"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (r) file\n", "file_kind_not_allowed"),
    "zip": (samples.zipped("a", b"\0" * 1_000_000), "file_kind_not_allowed"),
    "avif": (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", "file_kind_not_allowed"),
    "avif that says heif": (b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1miaf", "file_kind_not_allowed"),
    "animated png": (samples.animated("PNG"), "image_animated"),
    "animated webp": (samples.animated("WEBP"), "image_animated"),
    "bomb": (samples.png_claiming(30_000, 30_000, 30_000), "image_too_large"),
    "bomb by its head alone": (samples.png_claiming(60_000, 60_000, 1), "image_too_large"),
    "just above the limit": (samples.png_claiming(5_001, 5_000, 1), "image_too_large"),
    "fifty megapixels": (samples.png_claiming(8_165, 6_124, 1), "image_too_large"),
    "heic bomb": (samples.heic_claiming(30_000, 30_000), "image_too_large"),
    "text bomb": (samples.with_chunk(PNG, b"zTXt", b"x\0\0" + zlib.compress(b"A" * 20_000_000, 9)), "file_damaged"),
    "profile bomb": (samples.with_chunk(PNG, b"iCCP", b"x\0\0" + zlib.compress(b"A" * 20_000_000)), "file_damaged"),
    "half a jpeg": (JPEG[: len(JPEG) // 2], "file_damaged"),
    "half a png": (PNG[: len(PNG) // 2], "file_damaged"),
    "half a heic": (samples.HEIC[:600], "file_damaged"),
    "wrong checksum": (PNG[:40] + b"\xff\xff" + PNG[42:], "file_damaged"),
    "too big": (JPEG + b"\0" * 10_000_000, "file_too_big"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_refuses_with_what_to_do(data, code):
    assert refusal(data) == code


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_turns_photographs_upright(orientation, corner):
    image = Image.new("RGB", (120, 80), "blue")
    image.paste("red", (0, 0, 60, 40))

    made = imaging.remake(samples.saved(image, "JPEG", exif=samples.exif(orientation), quality=95))

    upright = picture(made)
    assert upright.size == ((120, 80) if orientation < 5 else (80, 120))
    place = (corner[0] * (upright.width - 1), corner[1] * (upright.height - 1))
    assert upright.getpixel(place)[0] > 200


def test_keeps_colours_of_cmyk():
    image = Image.new("RGB", (64, 64), (200, 40, 40)).convert("CMYK")

    red, green, _blue = picture(imaging.remake(samples.saved(image, "JPEG"))).getpixel((32, 32))

    assert red > 150
    assert green < 90


@pytest.mark.parametrize(
    "profile", [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"nonsense"], ids=["sRGB", "broken"]
)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_brings_colours_to_srgb(profile, mode):
    image = Image.new("RGB", (64, 64), (200, 40, 40)).convert(mode)

    made = picture(imaging.remake(samples.saved(image, "JPEG", quality=95, icc_profile=profile)))

    assert "icc_profile" not in made.info
    assert all(
        abs(a - b) < 6 for a, b in zip(made.getpixel((9, 9)), image.convert("RGB").getpixel((9, 9)), strict=True)
    )


def test_keeps_brightness_of_sixteen_bit():
    made = imaging.remake(samples.saved(Image.new("I;16", (64, 64), 40_000), "PNG"))

    assert abs(picture(made).getpixel((10, 10))[0] - 40_000 // 256) <= 2


def test_puts_what_is_transparent_on_white():
    made = imaging.remake(samples.saved(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG"))

    assert picture(made).getpixel((10, 10)) == (255, 255, 255)


def test_shrinks_a_phone_photograph_and_keeps_it_readable():
    made = imaging.remake(samples.jpeg((4000, 3000), quality=70))

    assert (made.width, made.height) == (2400, 1800)
    assert max(Image.open(io.BytesIO(made.thumbnail)).size) == 320


def test_keeps_a_long_screenshot_as_wide_as_it_reads():
    made = imaging.remake(samples.png((900, 9000)))

    assert (made.width, made.height) == (900, 9000)
    assert Image.open(io.BytesIO(made.thumbnail)).size == (107, 320)


def test_never_enlarges():
    made = imaging.remake(samples.png((20, 10)))

    assert (made.width, made.height) == (20, 10)
    assert "photo_small" in made.warnings
