from datetime import timedelta

import pytest

from applications import drafts, expiry, queries, uploads
from applications.models.draft import Draft
from applications.models.evidence import Evidence, Upload
from core import sms
from core.db import session
from core.outbox import Errand


@pytest.fixture
def upload(citizen, now):
    """A file the citizen sent."""
    told = {"name": "x", "media_type": "image/jpeg", "size": 1, "sha256": "0" * 64, "warnings": []}
    made = Upload(owner_id=citizen.id, purpose="evidence", master_key="uploads/x.jpg", created_at=now, **told)
    session().add(made)
    session().flush()
    return made


def test_is_announced_a_week_before(citizen, draft, now):
    almost = draft.expires_at - timedelta(days=6)

    expiry.look({}, now=almost)
    expiry.look({}, now=almost)

    kinds = [errand.kind for errand in session().query(Errand)]
    assert kinds.count("draft.expiring") == 1
    assert draft.warned_at == almost


def test_sends_no_text_to_a_telephone_that_is_not_safe(citizen, draft, now):
    draft.answers = {"safe_to_text": "NO"}
    almost = draft.expires_at - timedelta(days=6)

    expiry.look({}, now=almost)

    assert draft.warned_at == almost
    assert session().query(Errand).count() == 0


def test_goes_on_until_none_is_left(citizen, now, monkeypatch):
    monkeypatch.setattr(expiry, "AT_ONCE", 2)
    for number in range(5):
        made = drafts.start(citizen, drafts.Start(), now=now)
        made.answers = {"matter": f"M{number}"}
        session().flush()

    for left in (3, 1, 0):
        session().query(Errand).delete()
        expiry.look({}, now=made.expires_at)

        assert session().query(Draft).filter_by(discarded_at=None).count() == left
        assert session().query(Errand).filter_by(kind="draft.expiry").count() == bool(left)


def test_says_that_something_goes_and_not_what(citizen, now):
    texts = sms.Memory()
    sms.use(texts)

    expiry.warn({"person_id": citizen.id}, now=now)
    expiry.warn({"person_id": "nobody"}, now=now)
    sms.use(None)

    assert [one.phone for one in texts.outgoing] == ["13800000001"]
    assert "援助" not in texts.outgoing[0].text


def test_goes_after_ninety_days_with_its_files(citizen, draft, upload, now):
    draft.answers = {"area": "WORK"}
    uploads.attach(citizen, upload.id, draft.id, item="identity_document", now=now)

    expiry.look({}, now=draft.expires_at + timedelta(hours=1))

    assert draft.answers == {}
    assert draft.discarded_at is not None
    assert session().query(Evidence).count() == 0
    assert upload.attached_at is None  # the sweep takes it


def test_is_not_listed_once_it_has_expired(citizen, draft, now):
    assert queries.open_drafts(citizen, now=now) == [draft]
    assert queries.open_drafts(citizen, now=draft.expires_at) == []
