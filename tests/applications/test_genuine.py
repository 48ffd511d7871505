"""Is this paper ours? Yes with its kind and day, or no; and no as soon as anything that is kept was changed."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from accounts.models import Throttle
from accounts.tries import Tries
from api import execution
from api.viewer import Viewer
from applications import drafts, genuine, letter_texts, letters, signing
from applications.genuine import Genuine
from applications.letters import LetterKind
from applications.models.letter import Letter
from applications.models.pledge import Pledge
from applications.pledge import SignatureMethod
from applications.signing import Wish
from core import storage
from core.db import keep, session
from core.errors import TooMany
from core.identity import ANYONE
from core.references import code_of_hash
from tests import make
from tests.applications.conftest import WAGES
from tests.applications.test_signing import drawn
from tests.applications.test_signing import keep as seal

COURT = "203.0.113.7"
CHANGED = {
    "letter": {
        "application_id": None,
        "kind": "grant",
        "template_version": "1999-01",
        "number": "（430211）法援〔2026〕收字第9号",
        "title": "给予法律援助决定书",
        "content": "a:k1.AAAA",
        "sha256": "0" * 64,
        "issued_at": "2026-11-23 01:30:01.000000",
    },
    "pledge": {
        "draft_id": None,
        "application_id": None,
        "person_id": None,
        "template": "other",
        "template_version": "1999-01",
        "acknowledged": '["item"]',
        "method": "typed",
        "signature_upload_id": "another",
        "signed": "a:k1.AAAA",
        "signed_at": "2026-11-23 01:30:01.000000",
        "sha256": "0" * 64,
        "previous": "0" * 64,
        "withdrawn_at": "2026-11-23 01:30:01.000000",
    },
}


@pytest.fixture(autouse=True)
def tries(monkeypatch):
    monkeypatch.setattr(genuine, "tries", Tries())


@pytest.fixture
def receipt(unit, now):
    return issue(make.application(make.person()), now)


@pytest.fixture
def pledged(citizen, draft, fill, now):
    """A copy of a pledge that was drawn, handed in with a case."""
    fill(citizen, draft, WAGES | {"verification": {"verification": ["PLEDGE"]}})
    shown = signing.edition_of(drafts.situation(draft, now=now))
    wish = Wish(shown.version, shown.codes, SignatureMethod.DRAWN, "李芳", drawn(citizen, now).id)
    made = signing.sign(citizen, draft.id, wish, now=now)
    case = make.application(citizen, region="430121")
    made.application_id = case.id
    seal()
    copy = letters.issue(case, LetterKind.PLEDGE, letter_texts.pledge(made.signed, made.sha256), now=now)
    session().flush()
    return copy


def issue(case, now):
    blocks = letter_texts.receipt(case.reference, (), decide_by=now.date(), has_pledge=False)
    made = letters.issue(case, LetterKind.RECEIPT, blocks, now=now)
    session().flush()
    return made


def look(code, now, **more):
    return genuine.check(ANYONE, code, address=COURT, now=now, **more)


def test_knows_a_paper_by_its_code_its_hash_and_its_address(receipt, now):
    code = code_of_hash(receipt.sha256)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    for said in code, typed, receipt.sha256, receipt.sha256.upper(), f"https://x.example/verify/{receipt.sha256}/":
        assert look(said, now) == Genuine("法律援助申请材料接收凭证", now.date(), is_demo=True)


@pytest.mark.parametrize(
    "said", ["", "7K3M-Q9PX", "AAAA-AAAA-AAAA-AAAA", "0" * 64, "x" * 64, "UUUU-UUUU-UUUU-UUUU", "法"]
)
def test_knows_no_other(receipt, now, said):
    assert look(said, now) is None


def test_compares_the_name_and_never_says_it(receipt, now):
    assert look(receipt.sha256, now, name=" 张 三丰 ") is not None
    assert look(receipt.sha256, now, name="张三") is None


def test_a_name_is_not_guessed(receipt, now):
    for _ in range(20):
        look(receipt.sha256, now, name="张三")

    with pytest.raises(TooMany) as refused:
        look(receipt.sha256, now, name="张三丰")
    assert refused.value.retry_after
    assert look(receipt.sha256, now)  # whoever only scans it is not locked out
    assert look(receipt.sha256, now + timedelta(hours=1), name="张三丰")


def test_a_court_that_checks_all_day_is_never_turned_away_and_a_guesser_is(receipt, now):
    for _ in range(60):
        look("AAAA-AAAA-AAAA-AAAA", now)

    with pytest.raises(TooMany):
        look("AAAA-AAAA-AAAA-AAAA", now)
    assert all(look(receipt.sha256, now) for _ in range(100))


def test_remembers_no_more_than_it_may(now):
    few = Tries(most=2)
    for subject in "abc":
        few.count("paper_name", subject, now=now)

    assert [subject for _, subject in few._known] == ["b", "c"]
    few.forget()
    assert not few._known


def test_finds_whatever_was_changed_of_a_letter(receipt, now):
    printed, receipt_id = receipt.sha256, receipt.id
    other = make.application(make.person("13800000002", "c-2"), reference="FY-B")
    for column, value in CHANGED["letter"].items():
        with changed(Letter, receipt_id, column, value or other.id):
            assert look(printed, now) is None, column
            assert letters.verify() == [receipt_id], column
    assert look(printed, now)


def test_finds_whatever_was_changed_of_a_pledge(pledged, neighbour, now):
    (made_id,), printed = session().query(Pledge.id).one(), pledged.sha256
    other = make.application(neighbour, reference="FY-B")
    others = {"person_id": neighbour.id, "draft_id": other.draft_id, "application_id": other.id}
    for column, value in CHANGED["pledge"].items():
        with changed(Pledge, made_id, column, value or others[column]):
            assert look(printed, now) is None, column
            assert len(signing.verify()) == (column != "application_id"), column  # sound, and another's
    assert look(printed, now)


def test_finds_a_drawing_that_was_changed(pledged, now):
    storage.current().put("uploads/drawing.png", b"another", "image/png")

    assert look(pledged.sha256, now) is None


def test_a_paper_made_up_beside_a_rewritten_row_does_not_fit(receipt, now):
    printed = receipt.sha256
    receipt.content = {**receipt.content, "addressee": "别人"}
    receipt.sha256 = letters.fingerprint(letters.canonical(receipt.content))
    session().flush()

    assert look(printed, now) is None


def test_every_column_is_tried():
    for model, free in (Letter, {"id"}), (Pledge, {"id"}):
        assert {one.name for one in model.__table__.columns} - free == set(CHANGED[model.__tablename__])


def test_answers_at_the_door_and_writes_nothing(db, now, count_statements):
    sha256 = keep(lambda: issue(make.application(make.person()), now).sha256)
    viewer = Viewer(actor=ANYONE, now=now, address=COURT, channel="portal")

    with count_statements() as sent:
        found = execution.run(viewer, "VerifyPaper", code=sha256, name="张三丰")["verifyPaper"]
    assert found == {"title": "法律援助申请材料接收凭证", "issuedOn": now.date(), "isDemo": True}
    assert len(sent) <= 2
    assert execution.run(viewer, "PaperCheck", code=code_of_hash(sha256))["verifyPaper"] == found
    assert execution.run(viewer, "VerifyPaper", code="nothing")["verifyPaper"] is None
    assert keep(lambda: session().query(Throttle).count()) == 0


@contextmanager
def changed(model, row_id, column, value):
    """Change a stored value behind the back of the house, and put it back."""
    name = model.__tablename__
    with session().begin_nested() as point:
        told = {"value": value, "id": row_id}
        session().execute(text(f"UPDATE {name} SET {column} = :value WHERE id = :id"), told)  # noqa: S608  # names of ours
        session().expire_all()
        yield
        point.rollback()
    session().expire_all()
