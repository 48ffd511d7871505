"""Several photographs as one paper: each made anew, one to a page, in order (FEATURES A22). Runs in the child."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

from core.imaging import limits
from core.imaging.photo import jpeg, opened, target, upright
from core.imaging.refusing import Refused

LONGEST = 2000  # dots: small print of an A4 page stays readable
QUALITY = 80
SHORT, LONG, MARGIN = 595, 842, 18  # points: A4


def make(data: bytes, sizes: Sequence[int]) -> tuple[dict[str, Any], list[bytes]]:
    """Set the photographs that stand behind each other in the data; one at a time is decoded."""
    writer, at = PdfWriter(), 0
    for size in sizes:
        source = opened(data[at : at + size], "jpeg")
        picture = upright(source, target(source.size, LONGEST))
        _add_page(writer, picture.size, jpeg(picture, QUALITY))
        at += size
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    if out.tell() > limits.FILE_BYTES:
        raise Refused("photos_too_big", megabytes=limits.FILE_MEGABYTES)
    return {"pages": len(sizes)}, [out.getvalue()]


def _add_page(writer: PdfWriter, size: tuple[int, int], picture: bytes) -> None:
    width, height = size
    across, down = (LONG, SHORT) if width > height else (SHORT, LONG)
    share = min((across - 2 * MARGIN) / width, (down - 2 * MARGIN) / height)
    drawn_width, drawn_height = width * share, height * share
    left, bottom = (across - drawn_width) / 2, (down - drawn_height) / 2
    drawing = DecodedStreamObject()
    drawing.set_data(f"q {drawn_width:.2f} 0 0 {drawn_height:.2f} {left:.2f} {bottom:.2f} cm /P Do Q".encode())
    page = writer.add_blank_page(across, down)
    page[NameObject("/Contents")] = writer._add_object(drawing)  # noqa: SLF001  # pypdf's own way to add a stream
    pictures = DictionaryObject({NameObject("/P"): writer._add_object(_image(size, picture))})  # noqa: SLF001
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})


def _image(size: tuple[int, int], picture: bytes) -> StreamObject:
    """Take a JPEG into a document byte for byte."""
    image = StreamObject()
    image._data = picture  # noqa: SLF001  # the raw stream has no public setter
    names = {"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceRGB", "Filter": "DCTDecode"}
    image.update({NameObject(f"/{name}"): NameObject(f"/{value}") for name, value in names.items()})
    figures = {"Width": size[0], "Height": size[1], "BitsPerComponent": 8}
    image.update({NameObject(f"/{name}"): NumberObject(value) for name, value in figures.items()})
    return image
