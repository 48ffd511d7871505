"""Files people hand in: whose they are, how many, and what they are attached to."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from applications import uploads
from applications.models.evidence import Evidence, Upload
from applications.models.pledge import Pledge
from applications.uploads import Purpose, Quota, Variant
from core.audit import AuditEntry
from core.crypto import fingerprint
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected, TooMany
from core.identity import ANYONE, Actor, ActorKind
from core.outbox import Errand
from tests.evidence import people, samples

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def citizen(unit, now):
    return people.person("citizen", now)


@pytest.fixture
def neighbour(unit, now):
    return people.person("neighbour", now)


@pytest.fixture
def send(now):
    """Send a file as somebody."""

    def send(actor, data=samples.PNG_SMALL, purpose=Purpose.EVIDENCE, name="身份证.png"):
        return uploads.record(actor, uploads.prepare(actor, purpose, data), name, now=now)

    return send


def test_are_stored_before_their_row(citizen, send, store):
    upload = send(citizen)

    master = store.get(upload.master_key)
    assert Image.open(io.BytesIO(master)).format == "JPEG"
    assert (upload.size, upload.sha256) == (len(master), fingerprint(master))
    assert Image.open(io.BytesIO(store.get(upload.thumbnail_key))).format == "JPEG"
    assert (upload.owner_id, upload.purpose, upload.attached_at) == ("citizen", "evidence", None)
    assert upload.id in upload.master_key
    assert "身份证" not in upload.master_key


def test_are_nobody_elses_business(citizen, neighbour, reviewer, send):
    upload = send(citizen)
    session().flush()

    assert uploads.find(citizen, upload.id) is upload
    for stranger in neighbour, reviewer:
        with pytest.raises(NotFound):
            uploads.find(stranger, upload.id)
        with pytest.raises(NotFound):
            uploads.look(stranger, upload.id, Variant.MASTER)
    for use in uploads.find, lambda actor, token: uploads.look(actor, token, Variant.MASTER):
        with pytest.raises(NotSignedIn):
            use(ANYONE, upload.id)
    assert session().scalars(select(Upload).where(uploads.visible_to(ANYONE))).all() == []


def test_of_a_case_are_seen_by_its_county_and_that_is_recorded(citizen, reviewer, send, now):
    upload = send(citizen)
    people.draft(citizen, "draft", now)
    uploads.attach(citizen, upload.id, "draft", item="id_card", now=now)
    with pytest.raises(NotFound):
        uploads.find(reviewer, upload.id)

    people.application(citizen, "draft", now)
    uploads.hand_over("draft", "case-of-draft")

    opened = uploads.look(reviewer, upload.id, Variant.MASTER)
    assert (opened.key, opened.is_foreign) == (upload.master_key, True)
    assert not uploads.look(citizen, upload.id, Variant.MASTER).is_foreign
    uploads.note_opened(reviewer, upload.id, now=now)
    assert "evidence.opened" in {entry.act for entry in session().info["audit"]}
    elsewhere = Actor(id="x", kind=ActorKind.STAFF, region="430281", permissions=reviewer.permissions)
    with pytest.raises(NotFound):
        uploads.find(elsewhere, upload.id)
    with pytest.raises(Forbidden):
        uploads.note_opened(citizen, upload.id, now=now)


def test_that_sign_a_pledge_are_seen_with_the_case(citizen, reviewer, send, now):
    upload = send(citizen, samples.drawing(), Purpose.SIGNATURE)
    people.draft(citizen, "draft", now)
    case = people.application(citizen, "draft", now)
    uploads.claim_signature(citizen, upload.id, now=now)
    said = {"acknowledged": [], "signed": {}, "template": "x", "template_version": "1", "method": "drawn"}
    session().add(
        Pledge(
            draft_id="draft",
            application_id=case.id,
            person_id=citizen.id,
            signature_upload_id=upload.id,
            signed_at=now,
            sha256="0" * 64,
            **said,
        )
    )
    session().flush()

    assert uploads.find(reviewer, upload.id) is upload
    with pytest.raises(NotFound):
        uploads.look(reviewer, upload.id, Variant.THUMBNAIL)
    with pytest.raises(Conflict):
        uploads.claim_signature(citizen, upload.id, now=now)
    with pytest.raises(Conflict):
        uploads.remove(citizen, upload.id, now=now)


def test_have_a_thumbnail_under_a_name_of_ours(citizen, send):
    upload = send(citizen)
    session().flush()

    opened = uploads.look(citizen, upload.id, Variant.THUMBNAIL)

    assert opened.key == upload.thumbnail_key
    assert opened.file_name == f"rufa-{upload.id[:8]}-small.jpg"


def test_keep_the_senders_name_for_show_only():
    assert uploads.shown_name("../../etc/passwd") == "passwd"
    assert uploads.shown_name("C:\\x\\身份证 正面\u202egpj.exe.jpg") == "身份证 正面gpj.exe.jpg"
    assert uploads.shown_name("a\0b\nc" + "x" * 300) == "abc" + "x" * 117


def test_are_so_many_a_day(citizen, neighbour, send, now):
    send(citizen)
    session().flush()

    uploads.allow(neighbour, now=now, quota=Quota(files_a_day=1))
    uploads.allow(citizen, now=now, quota=Quota(files_a_day=2))
    for small in Quota(files_a_day=1), Quota(bytes_a_day=100):
        with pytest.raises(TooMany) as refused:
            uploads.allow(citizen, now=now, quota=small)
        assert refused.value.code == "upload_quota"
    uploads.allow(citizen, now=now + uploads.A_DAY, quota=Quota(files_a_day=1))


def test_are_so_many_a_case(citizen, send, now, monkeypatch):
    monkeypatch.setattr(uploads, "QUOTA", Quota(files_a_case=1))
    people.draft(citizen, "draft", now)
    uploads.attach(citizen, send(citizen).id, "draft", item="id_card", now=now)

    with pytest.raises(Rejected) as rejected:
        uploads.attach(citizen, send(citizen).id, "draft", item="id_card", now=now)

    assert rejected.value.problems[0].code == "evidence_too_many"


def test_stand_in_the_order_they_came(citizen, send, now):
    people.draft(citizen, "draft", now)
    sent = [send(citizen) for _ in range(3)]
    for upload in sent:
        uploads.attach(citizen, upload.id, "draft", item="id_card", now=now)
    session().expire_all()

    rows = uploads.of_draft("draft")

    assert [(row.position, row.upload.id) for row in rows] == [(n, one.id) for n, one in enumerate(sent, start=1)]
    assert uploads.of_application("none") == []


def test_are_attached_once_by_their_owner_to_their_own_draft(citizen, neighbour, send, now):
    people.draft(citizen, "mine", now)
    people.draft(neighbour, "theirs", now)
    mine, theirs = send(citizen), send(neighbour)
    signature = send(citizen, samples.drawing(), Purpose.SIGNATURE)
    uploads.attach(citizen, mine.id, "mine", item="id_card", now=now)

    for upload, draft in ((theirs, "mine"), (mine, "theirs"), (signature, "mine"), (mine, "none")):
        with pytest.raises(NotFound):
            uploads.attach(citizen, upload.id, draft, item="id_card", now=now)
    with pytest.raises(Conflict) as refused:
        uploads.attach(citizen, mine.id, "mine", item="id_card", now=now)
    assert refused.value.code == "evidence_attached"


def test_are_not_added_to_a_draft_that_is_handed_in(citizen, send, now):
    people.draft(citizen, "draft", now, submitted_at=now)

    with pytest.raises(Conflict):
        uploads.attach(citizen, send(citizen).id, "draft", item="id_card", now=now)


def test_supply_what_was_asked_for(citizen, neighbour, send, now):
    people.draft(citizen, "draft", now)
    case = people.application(citizen, "draft", now, state="supplement_required")

    evidence = uploads.supply(citizen, send(citizen).id, case.id, item="income", now=now)

    assert (evidence.application_id, evidence.item, evidence.draft_id) == (case.id, "income", None)
    with pytest.raises(NotFound):
        uploads.supply(neighbour, send(neighbour).id, case.id, item="income", now=now)
    case.state = "under_review"
    with pytest.raises(Conflict):
        uploads.supply(citizen, send(citizen).id, case.id, item="income", now=now)


def test_can_be_taken_back_until_they_are_handed_in(citizen, neighbour, send, now):
    people.draft(citizen, "draft", now)
    loose, attached, handed_in = send(citizen), send(citizen), send(citizen)
    for upload in attached, handed_in:
        uploads.attach(citizen, upload.id, "draft", item="id_card", now=now)
    people.application(citizen, "draft", now)
    session().flush()
    row = session().scalars(select(Evidence).where(Evidence.upload_id == handed_in.id)).one()
    row.application_id = "case-of-draft"

    with pytest.raises(NotFound):
        uploads.remove(neighbour, loose.id, now=now)
    for upload in loose, attached:
        uploads.remove(citizen, upload.id, now=now)
        with pytest.raises(NotFound):
            uploads.find(citizen, upload.id)
    with pytest.raises(Conflict):
        uploads.remove(citizen, handed_in.id, now=now)

    errands = session().scalars(select(Errand).where(Errand.kind == "evidence.removed")).all()
    assert {key for errand in errands for key in errand.payload["keys"]} == {
        key for upload in (loose, attached) for key in (upload.master_key, upload.thumbnail_key)
    }


@pytest.mark.parametrize("use", [uploads.allow, uploads.record, uploads.prepare, uploads.attach, uploads.remove])
def test_are_for_people_who_signed_in(use, unit):
    with pytest.raises(NotSignedIn):
        use(ANYONE)


def test_are_recorded_without_a_word_about_them(citizen, send):
    send(citizen)

    (entry,) = session().info["audit"]
    assert isinstance(entry, AuditEntry)
    assert (entry.act, entry.details) == ("evidence.received", {"purpose": "evidence"})


def test_that_get_no_row_are_taken_away(citizen, store):
    for data, purpose in ((samples.PNG_SMALL, Purpose.EVIDENCE), (samples.drawing(), Purpose.SIGNATURE)):
        uploads.discard(uploads.prepare(citizen, purpose, data))

    assert list(store.stored()) == []
