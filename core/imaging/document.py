"""PDF papers written anew: pages and what is drawn on them, nothing that acts (TRUST U1, U2). Runs in the child."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from core.imaging import limits
from core.imaging.bare_jpeg import without_metadata
from core.imaging.refusing import Refused

ACTS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoToR", "/GoToE"}
)
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/Launch"})
ACTIVE_NOTES = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
FORGOTTEN = ("/AA", "/A", "/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/StructParents", "/B", "/PA")


def make(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Refuse what is locked or active; copy the pages into a fresh document."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refused("pdf_locked")
    _refuse_active(reader.trailer["/Root"])
    pages = len(reader.pages)
    if not pages:
        raise Refused("file_damaged")
    if pages > limits.PDF_PAGES:
        raise Refused("pdf_too_long", pages=limits.PDF_PAGES)
    writer = PdfWriter()
    for page in reader.pages:
        _strip(page)
        writer.add_page(page)
    writer.metadata = None
    _bare_pictures(writer)
    out = io.BytesIO()
    writer.write(out)
    _refuse_active(PdfReader(io.BytesIO(out.getvalue())).trailer["/Root"])
    return {"pages": pages, "warnings": []}, [out.getvalue()]


def _refuse_active(root: Any) -> None:
    for node in _walk(root):
        if not ACTIVE_KEYS.isdisjoint(node) or _named(node, "/S") in ACTS or _named(node, "/Subtype") in ACTIVE_NOTES:
            raise Refused("pdf_active")


def _named(node: DictionaryObject, key: str) -> str:
    value = node.get(key)
    return str(value.get_object() if isinstance(value, IndirectObject) else value)


def _walk(root: Any) -> Iterator[DictionaryObject]:
    """Visit every dictionary that can be reached, once."""
    waiting: list[Any] = [root]
    seen: set[tuple[int, int]] = set()
    steps = 0
    while waiting:
        node = waiting.pop()
        steps += 1
        if steps > limits.PDF_OBJECTS * 20 or len(seen) > limits.PDF_OBJECTS:
            raise Refused("file_too_heavy")
        if isinstance(node, IndirectObject):
            name = (node.idnum, node.generation)
            if name in seen:
                continue
            seen.add(name)
            node = node.get_object()
        if isinstance(node, DictionaryObject):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, ArrayObject):
            waiting.extend(node)


def _strip(page: DictionaryObject) -> None:
    """Take actions and notes about the making away; what is drawn stays (stamps, ink, marks)."""
    for name in FORGOTTEN:
        page.pop(name, None)
    for note in page.get("/Annots", None) or ():
        drawn = note.get_object()
        for name in (*FORGOTTEN, "/Parent", "/Popup", "/URI", "/Dest"):
            drawn.pop(name, None)


def _bare_pictures(writer: PdfWriter) -> None:
    """Take EXIF, with its position, out of the photographs inside."""
    for node in _walk(writer.root_object):
        node.pop("/Metadata", None)
        if isinstance(node, StreamObject) and node.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            node._data = without_metadata(node._data)  # noqa: SLF001  # the raw stream has no public setter
