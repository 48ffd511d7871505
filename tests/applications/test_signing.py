from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from accounts import jobs as account_jobs
from accounts import witness
from accounts.models import StaffMember, WitnessCode
from applications import drafts, letter_texts, pledge, signing
from applications.models.evidence import Upload
from applications.models.pledge import Pledge
from applications.pledge import SignatureMethod
from applications.signing import Wish
from core import storage
from core.audit import AuditEntry
from core.crypto import fingerprint
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Actor, ActorKind, Permission
from tests.applications.conftest import WAGES

PICTURE = b"a drawn signature"


@pytest.fixture
def ready(citizen, draft, fill):
    return fill(citizen, draft, WAGES | {"verification": {"verification": ["PLEDGE"]}})


@pytest.fixture
def wish(ready, now):
    shown = signing.edition_of(drafts.situation(ready, now=now))
    return Wish(shown.version, shown.codes, SignatureMethod.TYPED, "李芳")


def drawn(actor, now):
    storage.current().put("uploads/drawing.png", PICTURE, "image/png")
    upload = Upload(
        owner_id=actor.id,
        purpose="signature",
        name="signature.png",
        media_type="image/png",
        size=len(PICTURE),
        sha256=fingerprint(PICTURE),
        warnings=[],
        master_key="uploads/drawing.png",
        created_at=now,
    )
    session().add(upload)
    session().flush()
    return upload


def keep():
    for work in session().info.pop("before_commit"):
        work()
    session().flush()


def test_freezes_what_was_shown_and_what_was_stated(citizen, ready, wish, now):
    made = signing.sign(citizen, ready.id, wish, now=now)

    assert [clause["code"] for clause in made.signed["text"]["clauses"]] == [
        "item",
        "basis",
        "proof",
        "check",
        "consequences",
        "scope",
    ]
    assert {row["field"] for row in made.signed["statement"]} >= {"exemptions", "registry"}
    assert made.signed["applicant"]["id_number"] == "11010519491231002X"
    assert made.sha256 == pledge.digest(made.signed)


def test_says_all_that_is_wrong_at_once(citizen, ready, wish, now):
    empty = Wish("1999-01", {"item"}, SignatureMethod.DRAWN, " ")

    with pytest.raises(Rejected) as rejected:
        signing.sign(citizen, ready.id, empty, now=now)

    assert rejected.value.problems == (
        Problem("pledge_outdated", "version"),
        Problem("pledge_clauses_open", "acknowledged"),
        Problem("pledge_unsigned", "name"),
        Problem("pledge_not_drawn", "drawing"),
    )


@pytest.mark.parametrize(("name", "codes"), [("李四", ["pledge_name_differs"]), ("长" * 41, None)])
def test_wants_ones_own_name(citizen, ready, wish, now, name, codes):
    with pytest.raises(Rejected) as rejected:
        signing.sign(citizen, ready.id, replace(wish, name=name), now=now)

    found = [one.code for one in rejected.value.problems]
    assert found == (codes or ["pledge_name_too_long", "pledge_name_differs"])


def test_stands_until_what_was_stated_changes(citizen, ready, wish, fill, now):
    made = signing.sign(citizen, ready.id, wish, now=now)
    session().flush()
    assert signing.current(ready.id, drafts.situation(ready, now=now)) is made

    fill(citizen, ready, {"circumstances": {"circumstances": ["DISASTER"]}})

    assert signing.current(ready.id, drafts.situation(ready, now=now)) is None


def test_signing_again_withdraws_the_one_before(citizen, ready, wish, now):
    first = signing.sign(citizen, ready.id, wish, now=now)
    session().flush()
    second = signing.sign(citizen, ready.id, wish, now=now.replace(hour=3))
    session().flush()

    assert first.withdrawn_at is not None
    assert second.previous == first.sha256
    assert session().get(Pledge, first.id) is first


def staff(now):
    may = frozenset({Permission.APPOINTMENTS_ATTEND})
    told = {"password_hash": "-", "totp_secret": "-", "region": "430211", "created_at": now}
    session().add(StaffMember(id="zhou", username="zhou", name="周敏", work_number="YS7", **told))
    session().flush()
    return Actor("zhou", ActorKind.STAFF, may, "430211", "周敏")


def test_who_sat_beside_stands_in_what_was_signed(citizen, ready, wish, now):
    code = witness.issue(staff(now), "appointment:1", now=now)
    session().flush()
    made = signing.sign(citizen, ready.id, replace(wish, witness=code.lower().replace("-", " ")), now=now)

    assert made.signed["signature"]["witness"] == "周敏"
    assert "周敏（工作证号 YS7）" in str(letter_texts.pledge(made.signed, made.sha256))
    keep()
    assert signing.verify() == []
    (entry,) = session().query(AuditEntry).filter_by(act="pledge.signed")
    assert entry.details["witness"] == "zhou"
    alone = signing.sign(citizen, ready.id, wish, now=now)
    assert alone.signed["signature"]["witness"] is None
    assert "见证" not in str(letter_texts.pledge(alone.signed, alone.sha256))


def test_a_thumb_print_counts_as_much_where_somebody_sat_beside(citizen, ready, wish, now):
    thumb = replace(wish, method=SignatureMethod.THUMBPRINT)
    upload = drawn(citizen, now)
    upload.purpose = "evidence"
    code = witness.issue(staff(now), "appointment:1", now=now)
    session().flush()
    for wrong, codes in (
        (thumb, ["pledge_not_drawn", "pledge_thumb_alone"]),
        (replace(thumb, drawing=upload.id, witness="7K3M-Q9Q2"), ["witness_code_unknown"]),
    ):
        with pytest.raises(Rejected) as rejected:
            signing.sign(citizen, ready.id, wrong, now=now)
        assert [one.code for one in rejected.value.problems] == codes

    made = signing.sign(citizen, ready.id, replace(thumb, drawing=upload.id, witness=code), now=now)
    session().flush()
    assert (made.method, made.signed["signature"]["drawing_sha256"]) == ("thumbprint", upload.sha256)
    assert "按手印" in str(letter_texts.pledge(made.signed, made.sha256))
    keep()
    assert signing.verify() == []


@pytest.mark.parametrize("end", ["late", "left", "swept"])
def test_the_code_of_who_sits_beside_ends(citizen, ready, wish, now, end):
    code = witness.issue(staff(now), "appointment:1", now=now)
    session().flush()
    late = now + (timedelta(hours=2) if end != "left" else timedelta())
    if end == "left":
        session().get(StaffMember, "zhou").disabled_at = now
        session().flush()
    if end == "swept":
        account_jobs.sweep({}, now=late + timedelta(seconds=1))
        assert session().query(WitnessCode).count() == 0
    with pytest.raises(Rejected) as rejected:
        signing.sign(citizen, ready.id, replace(wish, witness=code), now=late)
    assert [one.code for one in rejected.value.problems] == ["witness_code_unknown"]


def test_only_staff_sit_beside(citizen, now):
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (Actor("s", ActorKind.STAFF), Forbidden)):
        with pytest.raises(refusal):
            witness.issue(stranger, "appointment:1", now=now)


def test_is_ones_own_choice(citizen, ready, wish, fill, now):
    fill(citizen, ready, {"verification": {"verification": ["DATA_SHARING"]}})

    with pytest.raises(Conflict) as refused:
        signing.sign(citizen, ready.id, wish, now=now)

    assert refused.value.code == "pledge_not_chosen"


def test_keeps_a_drawing_as_part_of_what_was_signed(citizen, ready, wish, now):
    upload = drawn(citizen, now)

    made = signing.sign(citizen, ready.id, replace(wish, method=SignatureMethod.DRAWN, drawing=upload.id), now=now)
    keep()

    assert made.signed["signature"]["drawing_sha256"] == fingerprint(PICTURE)
    assert signing.verify() == []
    storage.current().put("uploads/drawing.png", b"another", "image/png")
    assert signing.verify() == [signing.Unsound(made.id, "drawing")]


def test_finds_a_changed_document(citizen, ready, wish, now):
    made = signing.sign(citizen, ready.id, wish, now=now)
    keep()
    assert signing.verify() == []

    made.signed = {**made.signed, "signed_at": "2020-01-01"}
    session().flush()

    assert signing.verify() == [signing.Unsound(made.id, "document")]


def test_finds_a_document_nobody_can_open(citizen, ready, wish, now):
    torn = signing.sign(citizen, ready.id, wish, now=now).id
    keep()

    session().execute(text("UPDATE pledge SET signed = 'torn'"))
    session().expire_all()

    assert signing.verify() == [signing.Unsound(torn, "document")]


def test_finds_that_a_drawing_is_gone(citizen, ready, wish, now):
    upload = drawn(citizen, now)
    made = signing.sign(citizen, ready.id, replace(wish, method=SignatureMethod.DRAWN, drawing=upload.id), now=now)
    keep()

    storage.current().delete("uploads/drawing.png")

    assert signing.verify() == [signing.Unsound(made.id, "drawing")]


def test_cannot_be_signed_once_the_draft_is_handed_in(citizen, ready, wish, now):
    ready.submitted_at = now

    with pytest.raises(Conflict) as refused:
        signing.sign(citizen, ready.id, wish, now=now)

    assert refused.value.code == "draft_handed_in"


def test_finds_a_document_changed_with_its_hash(citizen, ready, wish, now):
    made = signing.sign(citizen, ready.id, wish, now=now)
    keep()

    made.signed = {**made.signed, "signed_at": "2020-01-01"}
    made.sha256 = pledge.digest(made.signed)
    session().flush()

    assert signing.verify() == [signing.Unsound(made.id, "audit")]


def test_is_sealed_at_rest(citizen, ready, wish, now):
    signing.sign(citizen, ready.id, wish, now=now)
    session().flush()

    (kept,) = session().scalars(text("SELECT signed FROM pledge")).all()
    assert "李芳" not in kept
    assert "11010519491231002X" not in kept


def test_is_nobody_elses_business(neighbour, reviewer, ready, wish, now):
    with pytest.raises(NotFound):
        signing.sign(neighbour, ready.id, wish, now=now)
    with pytest.raises(NotSignedIn):
        signing.sign(ANYONE, ready.id, wish, now=now)


def test_knows_old_editions_and_where_they_hold():
    shown = pledge.edition_for("430211", date(2026, 11, 23))

    assert pledge.edition(shown.template, shown.version) is shown
    assert pledge.edition("pledge-hunan", "1999") is None
    with pytest.raises(LookupError):
        pledge.edition_for("110101", date(2026, 11, 23))
