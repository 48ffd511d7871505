"""A form set as PDF whose fields can be filled in by any reader, some of them filled in already.

The template says where it left room for each field; a second setting writes the values at just these places, and what
it wrote there is how the field looks until somebody types. Nothing is kept: values come in and go out.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from content.blanks.library import Blank

TEMPLATE = Path(__file__).parents[1] / "papers" / "blank.typ"
MULTILINE, PRINTED = 1 << 12, 4
LONGEST = 200
SIZE = 11


def as_pdf(blank: Blank, values: Mapping[str, str] | None = None) -> bytes:
    """Set a form, empty or with what is known: values by the name of what the account knows."""
    written = _written(blank)
    room = json.loads(_room(written))
    sources = {one.name: one.source for part in blank.parts for one in part.fields}
    known = {name: " ".join((values or {}).get(source, "").split())[:LONGEST] for name, source in sources.items()}
    writer = PdfWriter(clone_from=io.BytesIO(_sheet(written)))
    looks = _looks(writer, written, room, known) if any(known.values()) else {}
    _add_fields(writer, room, known, looks)
    writer.add_metadata({"/Title": blank.title, "/Author": "如法"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _written(blank: Blank) -> str:
    said = {
        **{name: getattr(blank, name) for name in ("title", "law", "hand_in", "notes", "sign")},
        "edition": f"{blank.edition:%Y年%-m月%-d日}",
        "parts": [
            {
                "title": part.title,
                "text": part.text,
                "fields": [
                    {"name": one.name, "label": one.label, "lines": one.lines, "half": one.half} for one in part.fields
                ],
            }
            for part in blank.parts
        ],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=32)
def _sheet(written: str) -> bytes:
    return _typeset(written, "")


@lru_cache(maxsize=32)
def _room(written: str) -> str:
    """Ask the template where it left room for each field: page, left, top, width, height, in points."""
    return typst.query(str(TEMPLATE), "<field>", field="value", sys_inputs={"form": written, "values": ""})


def _typeset(written: str, values: str) -> bytes:
    made = typst.compile(str(TEMPLATE), sys_inputs={"form": written, "values": values})
    assert isinstance(made, bytes)  # noqa: S101  # one file in, one file out; its types cannot say so
    return made


def _looks(
    writer: PdfWriter, written: str, room: Sequence[Mapping[str, Any]], known: Mapping[str, str]
) -> dict[int, tuple[bytes, PdfObject]]:
    """Set the values alone, and give for each page what was drawn and what it is drawn with."""
    placed = [{**one, "text": known[one["name"]]} for one in room if known[one["name"]]]
    pages = PdfReader(io.BytesIO(_typeset(written, json.dumps(placed, ensure_ascii=False)))).pages
    found = {}
    for number, page in enumerate(pages, start=1):
        contents = page.get_contents()
        drawn = contents.get_data() if contents is not None else b""
        drawn_with = page["/Resources"].get_object()
        assert drawn_with is not None  # noqa: S101  # a page that was set has what it is set with
        found[number] = drawn, drawn_with.clone(writer)
    return found


def _add_fields(
    writer: PdfWriter,
    room: Sequence[Mapping[str, Any]],
    known: Mapping[str, str],
    looks: Mapping[int, tuple[bytes, PdfObject]],
) -> None:
    fields = ArrayObject()
    for one in room:
        page = writer.pages[one["page"] - 1]
        top = float(page.mediabox.height)
        corners = (one["x"], top - one["y"] - one["height"], one["x"] + one["width"], top - one["y"])
        box = ArrayObject([FloatObject(round(corner, 2)) for corner in corners])
        field = _field(one, box, known[one["name"]])
        drawn, drawn_with = looks[one["page"]] if known[one["name"]] else (b"", DictionaryObject())
        look = writer._add_object(_look(drawn, drawn_with, box))  # noqa: SLF001  # the library's own way to add
        field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): look})
        reference = writer._add_object(field)  # noqa: SLF001
        fields.append(reference)
        page.setdefault(NameObject("/Annots"), ArrayObject()).append(reference)
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(  # noqa: SLF001
        {
            NameObject("/Fields"): fields,
            NameObject("/NeedAppearances"): BooleanObject(value=False),
            NameObject("/DA"): TextStringObject(f"/Song {SIZE} Tf 0 g"),
            NameObject("/DR"): DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/Song"): _song()})}
            ),
        }
    )


def _field(one: Mapping[str, Any], box: ArrayObject, value: str) -> DictionaryObject:
    said = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Widget"),
        "/FT": NameObject("/Tx"),
        "/T": TextStringObject(one["name"]),
        "/TU": TextStringObject(one["label"]),
        "/V": TextStringObject(value),
        "/F": NumberObject(PRINTED),
        "/Ff": NumberObject(MULTILINE if one["lines"] > 1 else 0),
        "/DA": TextStringObject(f"/Song {SIZE} Tf 0 g"),
        "/Rect": box,
    }
    return DictionaryObject({NameObject(name): item for name, item in said.items()})


def _look(drawn: bytes, drawn_with: PdfObject, box: ArrayObject) -> DecodedStreamObject:
    """Cut how a field looks out of the page its value was set on: the same place, nothing beside it."""
    look = DecodedStreamObject()
    look.set_data(drawn)
    look[NameObject("/Type")], look[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    look[NameObject("/BBox")], look[NameObject("/Resources")] = box, drawn_with
    return look


def _song() -> DictionaryObject:
    """Name the font readers bring along for Chinese (PDF 32000-1, 9.7.5.2): none is carried for typing."""
    system = {"/Registry": TextStringObject("Adobe"), "/Ordering": TextStringObject("GB1")}
    below = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType0"),
            NameObject("/BaseFont"): NameObject("/STSong-Light"),
            NameObject("/CIDSystemInfo"): DictionaryObject(
                {NameObject(name): item for name, item in system.items()} | {NameObject("/Supplement"): NumberObject(2)}
            ),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/STSong-Light"),
            NameObject("/Encoding"): NameObject("/UniGB-UCS2-H"),
            NameObject("/DescendantFonts"): ArrayObject([below]),
        }
    )
