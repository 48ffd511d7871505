"""PDF papers: refused where they act or are locked, else written anew."""

import io

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from core import imaging
from core.errors import Rejected
from core.imaging import limits
from tests.evidence import samples

pytestmark = pytest.mark.usefixtures("here")


def refusal(data):
    with pytest.raises(Rejected) as rejected:
        imaging.remake(data)
    return rejected.value.problems[0].code


def root_entry(name, value):
    return lambda writer: writer.root_object.__setitem__(NameObject(name), value)


def annotated(subtype, **entries):
    return lambda writer: samples.note(writer, subtype, **entries)


def locked(writer):
    writer.encrypt("secret")


def with_page_action(writer):
    opened = DictionaryObject({NameObject("/O"): samples.action("/JavaScript", JS="app.alert(1)")})
    writer.pages[0][NameObject("/AA")] = opened


ACTIVE = {
    "script on opening": root_entry("/OpenAction", samples.action("/JavaScript", JS="app.alert(1)")),
    "program on opening": root_entry("/OpenAction", samples.action("/Launch", F="cmd.exe")),
    "script by name": root_entry(
        "/Names", DictionaryObject({NameObject("/JavaScript"): samples.action("/JavaScript", JS="app.alert(1)")})
    ),
    "attachment": lambda writer: writer.add_attachment("x.exe", b"MZ"),
    "page action": with_page_action,
    "form that is a program": root_entry(
        "/AcroForm", DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    ),
    "button that sends": annotated("/Widget", A=samples.action("/SubmitForm", F="http://example.test")),
    "pinned file": annotated("/FileAttachment"),
    "film": annotated("/Movie"),
    "screen": annotated("/RichMedia"),
}


@pytest.mark.parametrize("change", ACTIVE.values(), ids=ACTIVE)
def test_that_acts_is_refused(change):
    assert refusal(samples.pdf(change=change)) == "pdf_active"


def test_hides_nothing_behind_escaped_names():
    plain = samples.pdf(change=ACTIVE["script on opening"])

    assert refusal(plain.replace(b"/JavaScript", b"/J#61vaScri#70t")) == "pdf_active"


def test_that_is_locked_is_refused():
    assert refusal(samples.pdf(change=locked)) == "pdf_locked"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        samples.pdf()[:200],
        b"%PDF-1.7\n" + b"[" * 100_000,
    ],
    ids=["head alone", "no pages", "half", "deep"],
)
def test_that_is_damaged_is_refused(data):
    assert refusal(data) == "file_damaged"


def test_that_is_too_long_is_refused():
    assert refusal(samples.pdf(pages=51)) == "pdf_too_long"


def test_that_has_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "PDF_OBJECTS", 2)

    assert refusal(samples.pdf(pages=3)) == "file_too_heavy"


def test_without_pages_is_refused():
    assert refusal(samples.pdf(pages=0)) == "file_damaged"


def test_is_written_anew_without_notes_about_its_making():
    def change(writer):
        writer.add_metadata({"/Author": "CANARY", "/Title": "CANARY"})
        writer.pages[0][NameObject("/PieceInfo")] = TextStringObject("CANARY")

    made = imaging.remake(samples.pdf(pages=3, change=change))

    assert (made.media_type, made.pages, made.thumbnail, made.width) == ("application/pdf", 3, None, None)
    assert b"CANARY" not in made.master
    assert len(PdfReader(io.BytesIO(made.master)).pages) == 3


def test_keeps_what_was_drawn_and_forgets_where_links_lead():
    def change(writer):
        box = ArrayObject([NumberObject(n) for n in (0, 0, 50, 50)])
        samples.note(writer, "/Ink", Rect=box, Contents=TextStringObject("signed"))
        samples.note(writer, "/Link", Rect=box, A=samples.action("/URI", URI="http://example.test/"))

    made = imaging.remake(samples.pdf(change=change))

    notes = [note.get_object() for note in PdfReader(io.BytesIO(made.master)).pages[0]["/Annots"]]
    assert [note["/Subtype"] for note in notes] == ["/Ink", "/Link"]
    assert "/A" not in notes[1]
    assert b"example.test" not in made.master


def test_forgets_where_its_photographs_were_taken():
    inner = samples.jpeg(exif=samples.exif(), comment=b"CANARY-COMMENT")

    made = imaging.remake(samples.pdf(change=lambda writer: samples.picture_in(writer, inner)))

    assert b"CANARY" not in made.master
    assert b"Exif" not in made.master
    picture = PdfReader(io.BytesIO(made.master)).pages[0]["/Resources"]["/XObject"]["/Im0"]
    assert picture._data.startswith(b"\xff\xd8\xff")
