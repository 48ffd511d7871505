"""The judge of accidents notices what it is there for."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from applications import drafts, signing, submission, uploads
from applications.models.draft import Draft
from applications.models.event import CaseEvent
from applications.models.evidence import Evidence, Upload
from applications.models.letter import Letter
from applications.models.pledge import Pledge
from applications.pledge import SignatureMethod
from applications.signing import Wish
from core import audit, storage
from core.crypto import fingerprint
from core.db import session
from core.outbox import Errand
from tests.applications.conftest import WAGES, make_citizen, make_divisions
from tests.faults import judge
from tests.faults.judge import Handed

PAGES = WAGES | {"verification": {"verification": ["PLEDGE"]}}


@pytest.fixture
def store(settings, tmp_path):
    made = storage.LocalStore(tmp_path / "files")
    storage.use(made)
    yield made
    storage.use(None)


@pytest.fixture
def handed(unit, store, now):
    """Somebody's draft with a file and a signed pledge, handed in and acknowledged."""
    make_divisions()
    actor = make_citizen("13800000001", now)
    return hand_in(actor, store, now, "first")


def hand_in(actor, store, now, name):
    draft = drafts.start(actor, drafts.Start(), now=now)
    for step, given in PAGES.items():
        drafts.save_step(actor, draft.id, step, given, base_version=draft.version, now=now)
    key = f"{uploads.FOLDER}{name}.master.jpg"
    store.put(key, b"paper", "image/jpeg")
    told = {"name": name, "media_type": "image/jpeg", "size": 5, "sha256": fingerprint(b"paper"), "warnings": []}
    upload = Upload(owner_id=actor.id, purpose="evidence", master_key=key, created_at=now, **told)
    session().add(upload)
    session().flush()
    drafts.attach(actor, draft.id, upload.id, item="identity_document", now=now)
    edition = signing.edition_of(drafts.situation(draft, now=now))
    signing.sign(actor, draft.id, Wish(edition.version, edition.codes, SignatureMethod.TYPED, "李芳"), now=now)
    made = submission.submit(actor, draft.id, channel="portal", now=now)
    audit._seal()  # as a commit would
    return Handed(draft.id, actor.id, is_signed=True, reference=made.reference)


def put_aside(*statements):
    for statement in statements:
        session().execute(statement.execution_options(synchronize_session=False))
    session().expire_all()


def test_finds_nothing_wrong_where_nothing_is(handed):
    assert judge.faults(handed) == []
    assert judge.stray() == (set(), set())


@pytest.mark.parametrize(
    ("accident", "noticed"),
    [
        (delete(Letter).where(Letter.kind == "receipt"), "letters: {'pledge': 1}"),
        (delete(Letter).where(Letter.kind == "pledge"), "letters: {'receipt': 1}"),
        (delete(CaseEvent), "the record of events does not begin with it"),
        (delete(Errand), "nobody will be told"),
        (update(Pledge).values(application_id=None), "the pledge is missing"),
        (update(Evidence).values(application_id=None), "a paper was left behind"),
        (delete(Evidence), "papers are missing"),
        (update(Draft).values(submitted_at=None), "the draft was not handed over"),
    ],
)
def test_notices_what_is_missing(handed, accident, noticed):
    put_aside(accident)

    assert noticed in judge.faults(handed)


def test_notices_another_number(handed):
    handed.reference = "FY-00000-00000-0000"

    assert judge.faults(handed) == ["acknowledged under another number"]


def test_notices_an_application_that_is_lost(handed, store, now):
    other = drafts.start(make_citizen("13800000003", now), drafts.Start(), now=now)
    other.answers = {"matter": "WAGES"}
    session().flush()

    assert judge.faults(Handed(other.id, other.owner_id)) == []
    assert judge.faults(Handed(other.id, other.owner_id, reference="FY-1")) == ["acknowledged, and lost"]


def test_notices_a_draft_that_went_to_nobody(handed, now):
    other = drafts.start(make_citizen("13800000003", now), drafts.Start(), now=now)
    other.submitted_at = now
    put_aside(update(Evidence).values(draft_id=other.id))

    assert judge.faults(Handed(other.id, other.owner_id)) == [
        "handed over to nobody",
        "evidence of no application",
    ]


def test_notices_an_application_too_many(handed, store, now):
    owner = make_citizen("13800000003", now)
    twice = hand_in(owner, store, now + timedelta(seconds=1), "second")
    assert list(judge.faults_of_place([handed, twice])) == []

    put_aside(update(Draft).where(Draft.id == twice.draft_id).values(submitted_at=None))

    assert list(judge.faults_of_place([handed, twice])) == ["2 applications of 1 drafts"]


def test_notices_a_gap_in_the_numbers(handed):
    put_aside(delete(Letter).where(Letter.kind == "receipt"))

    assert "numbers of letters have gaps: receipt" in judge.faults_of_place([handed])


def test_notices_files_that_are_gone_changed_or_left_over(handed, store):
    store.put(f"{uploads.FOLDER}nobody.jpg", b"x", "image/jpeg")
    store.put(f"{uploads.FOLDER}first.master.jpg", b"other", "image/jpeg")
    assert judge.stray() == ({f"{uploads.FOLDER}nobody.jpg"}, set())
    assert judge.faults(handed) == ["a file is gone or changed"]

    store.delete(f"{uploads.FOLDER}first.master.jpg")
    assert judge.stray()[1] == {f"{uploads.FOLDER}first.master.jpg"}
