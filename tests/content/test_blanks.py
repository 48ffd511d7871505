"""Forms to fill in: on a screen, on paper, with one's own name on request; nothing is kept."""

import io

import pytest
from pypdf import PdfReader

from accounts import queries as people
from content import blanks, guards, shown
from content.blanks import library
from content.citations import found_in
from content.kinds import Kind
from content.laws import titles
from content.reach import handing
from content.reach.handing import Handed, Sheet
from content.said import Said
from core.errors import Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE, Actor, ActorKind
from tests import make
from tests.content.newsroom import EDITOR, NOW

KNOWN = {"name": "王小明", "phone": "13800000001"}


def read(data):
    return PdfReader(io.BytesIO(data))


@pytest.mark.parametrize("code", ["application", "authorisation", "criminal_notice", "objection"])
def test_every_field_of_a_form_can_be_filled_in(code):
    blank = blanks.find(code)

    pdf = read(blanks.as_pdf(blank))

    fields = pdf.get_fields()
    asked = [one for part in blank.parts for one in part.fields]
    assert list(fields) == [one.name for one in asked]
    assert [one["/TU"] for one in fields.values()] == [one.label for one in asked]
    assert {one["/V"] for one in fields.values()} == {""}
    boxes = [(number, note["/Rect"]) for number, page in enumerate(pdf.pages) for note in page["/Annots"]]
    assert len(boxes) == len(asked)
    for _, (left, bottom, right, top) in boxes:
        assert 0 < left < right < 596
        assert 0 < bottom < top < 843
    words = "".join(page.extract_text() for page in pdf.pages)
    assert all(line in words for line in (blank.title, "12348", "依据"))
    assert len(pdf.pages) == 1


def test_what_the_account_knows_is_written_and_looks_written():
    pdf = read(blanks.as_pdf(blanks.find("application"), KNOWN | {"address": "不该有"}))

    fields = pdf.get_fields()
    assert {name: one["/V"] for name, one in fields.items() if one["/V"]} == {"name": "王小明", "phone": "13800000001"}
    looks = {note["/T"]: note["/AP"]["/N"] for note in (one.get_object() for one in pdf.pages[0]["/Annots"])}
    assert (len(looks["name"].get_data()) > 100, looks["address"].get_data()) == (True, b"")
    assert "/Font" in looks["name"]["/Resources"]


def test_a_value_is_one_short_line():
    pdf = read(blanks.as_pdf(blanks.find("objection"), {"name": "长" * 300 + "\n)Tj /x", "phone": ""}))

    assert pdf.get_fields()["name"]["/V"] == "长" * 200
    assert pdf.get_fields()["phone"]["/V"] == ""


def test_a_form_may_have_two_pages():
    one = blanks.find("objection")
    tall = [
        library.Part("一", [library.Field("facts", "经过", lines=31)]),
        library.Part("二", [library.Field("name", "姓名", source="name")]),
    ]
    long = library.Blank("long", "长表", one.edition, "法", "用", "交", [], tall, ["签名"])

    pdf = read(blanks.as_pdf(long, KNOWN))

    assert len(pdf.pages) == 2
    assert pdf.pages[1]["/Annots"][0].get_object()["/V"] == "王小明"


def test_forms_say_the_day_of_their_wording_and_cite_laws_we_know(desk):
    for blank in blanks.blanks().values():
        assert blank.edition.year >= 2026
        assert found_in(blank.law, titles())
    with pytest.raises(NotFound, match="form_unknown"):
        blanks.find("nothing")
    assert blanks.find("criminal_notice").known == []


def test_an_account_gives_its_own_words_to_whoever_it_belongs_to(unit):
    person = make.person("13800000001", "person-1")
    citizen = Actor(id=person.id, kind=ActorKind.CITIZEN)

    assert people.own_words(citizen) == {"name": person.name or "", "phone": "13800000001"}
    for stranger, refusal in (
        (ANYONE, NotSignedIn),
        (EDITOR, Forbidden),
        (Actor(id="x", kind=ActorKind.CITIZEN), NotSignedIn),
    ):
        with pytest.raises(refusal):
            people.own_words(stranger)


def test_pages_name_forms_there_are_and_forms_are_counted_when_handed_out(desk):
    fields = {"file": "form:application", "other": "form:nothing"}
    said = Said("申请表怎么填？", "一步一步填。", "看", fields, ("everyone",))

    assert shown.known(fields) == {"form:application"}
    assert shown.addresses(fields) == {"file": "/forms/application"}
    assert "guard_no_form" in [one.code for one in guards.examine(Kind.FORM, said, cites=False)]
    row = handing.note(EDITOR, Handed(Sheet.FORM, "criminal_notice", "430211", 12, NOW.date()), now=NOW)
    assert (row.title, row.kind) == ("刑事法律援助告知书", "form")
