import io

import pytest
from pypdf import PdfReader

from applications import letter_texts, letters, pledge
from applications.letters import LetterKind
from core.crypto import canonical, fingerprint
from core.db import session
from core.errors import NotFound
from core.identity import ANYONE
from core.references import code_of_hash
from tests import make


@pytest.fixture
def citizen(unit):
    return make.person()


@pytest.fixture
def case(citizen):
    return make.application(citizen)


def pdf_text(letter):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(letters.as_pdf(letter))).pages)


def receipt(case, now, papers=()):
    blocks = letter_texts.receipt(case.reference, papers, decide_by=now.date(), has_pledge=True)
    return letters.issue(case, LetterKind.RECEIPT, blocks, now=now)


def test_lists_each_file_with_its_hash(case, now):
    papers = [letter_texts.Paper("身份证件", "身份证.jpg", "ab" * 32)]

    said = pdf_text(receipt(case, now, papers))

    assert case.reference in said
    assert "身份证.jpg" in said
    assert "abababab abababab" in said.replace("\n", " ")
    assert "诚信承诺书" in said


def test_says_so_where_there_are_no_files(case, now):
    assert "暂时没有附件" in pdf_text(receipt(case, now))


def test_sets_what_people_write_as_text_and_nothing_else(case, now):
    case.applicant_name = '#read("/etc/passwd") $x^2$ *b* \\ "'

    said = pdf_text(receipt(case, now))

    assert '#read("/etc/passwd")' in said
    assert "root:" not in said


def test_keeps_rare_characters(case, now):
    case.applicant_name = "𦰡溪"

    assert "溪" in pdf_text(receipt(case, now))


def test_says_the_same_whenever_it_is_asked_for(case, now):
    letter = receipt(case, now)

    assert letter.sha256 == fingerprint(canonical(letter.content))
    assert letters.as_pdf(letter) == letters.as_pdf(letter)


def test_is_tagged_for_screen_readers(case, now):
    catalogue = PdfReader(io.BytesIO(letters.as_pdf(receipt(case, now)))).root_object

    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"].startswith("zh")


def test_is_nobody_elses_business(citizen, case, now):
    letter = receipt(case, now)
    neighbour = make.person("13800000002", "citizen-2")

    session().flush()

    assert letters.find(citizen, letter.id) is letter
    assert letters.find(make.staff(), letter.id) is letter
    for stranger in neighbour, make.staff(region="430104"), ANYONE:
        with pytest.raises(NotFound):
            letters.find(stranger, letter.id)


def test_has_it_on_record_that_staff_opened_one(citizen, case, now):
    letter = receipt(case, now)
    session().flush()

    assert letters.opened(citizen, letter.id, now=now) is letter
    assert letters.opened(make.staff(), letter.id, now=now) is letter

    (entry,) = (one for one in session().info["audit"] if one.act == "letter.opened")
    assert (entry.actor_id, entry.subject) == ("staff-1", f"application:{case.id}")
    assert entry.details == {"kind": "receipt", "letter": letter.id}


def test_gives_a_copy_of_the_pledge_in_china_time(case, now):
    shown = pledge.edition_for("430211", now.date())
    told = {"name": "李芳", "id_kind": "resident_id", "id_number": "11010519491231002X", "born_on": ""}
    signature = pledge.Signature(pledge.SignatureMethod.TYPED, "李芳")
    rows = [pledge.StatementRow("registry", "是不是低收入人口", "不是")]
    signed = pledge.document(shown, applicant=told, statement=rows, signature=signature, signed_at=now, previous=None)

    said = pdf_text(letters.issue(case, LetterKind.PLEDGE, letter_texts.pledge(signed, "ab" * 32), now=now))

    assert "2026年11月23日9时30分（北京时间）" in said.replace("\n", "").replace(" ", "")
    assert "李芳（输入姓名）" in said
    assert "abababab abababab" in said.replace("\n", " ")
    assert case.reference in said


def test_bears_what_anybody_checks_it_by_and_the_same_for_one_that_was_issued_before(case, now):
    letter = receipt(case, now)

    said = pdf_text(letter)

    code = code_of_hash(letter.sha256)
    assert "/verify 输入 " in said
    assert code in said
    assert "check" not in letter.content
