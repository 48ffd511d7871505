"""What a file is, by its first bytes: names and declared types are whatever the sender likes. Pure."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of file we take."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    AVIF = "avif"
    PDF = "pdf"


AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
BRANDS_END = 64  # compatible brands stand in the first box
PDF_LEAD = b"\xef\xbb\xbf\t\n\x0c\r "  # what may stand before a PDF's first mark


def kind_of(data: bytes) -> Kind | None:
    """Name the kind of a file, or nothing where we do not take it."""
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[4:8] == b"ftyp":
        return _of_brand(data)
    if data[:16].lstrip(PDF_LEAD).startswith(b"%PDF-"):
        return Kind.PDF
    return None


def _of_brand(data: bytes) -> Kind | None:
    """Tell HEIC from AVIF: both may call themselves pictures of the common kind, and say more further on."""
    size = min(int.from_bytes(data[:4], "big"), BRANDS_END, len(data))
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
    if brands & AVIF_BRANDS:
        return Kind.AVIF
    return Kind.HEIC if data[8:12] in HEIC_BRANDS else None
