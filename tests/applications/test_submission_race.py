"""Two taps at once, really at once, in a database that really keeps things."""

import threading

from applications import drafts, queries, submission, uploads
from applications.models.application import Application
from applications.models.evidence import Upload
from applications.models.letter import Letter
from core.db import keep, reading, session
from core.outbox import Errand
from tests.applications.conftest import WAGES, make_citizen, make_divisions


def prepare(now):
    make_divisions()
    citizen = make_citizen("13800000001", now)
    draft = drafts.start(citizen, drafts.Start(), now=now)
    for step, given in WAGES.items():
        drafts.save_step(citizen, draft.id, step, given, base_version=draft.version, now=now)
    told = {"name": "x", "media_type": "image/jpeg", "size": 1, "sha256": "a" * 64, "warnings": []}
    upload = Upload(owner_id=citizen.id, purpose="evidence", master_key="uploads/x.jpg", created_at=now, **told)
    session().add(upload)
    session().flush()
    uploads.attach(citizen, upload.id, draft.id, item="identity_document", now=now)
    return citizen, draft.id


def together(tasks):
    """Run tasks at the same moment; give what they came to."""
    outcomes, gate = [None] * len(tasks), threading.Barrier(len(tasks))

    def run(place, task):
        gate.wait()
        try:
            outcomes[place] = task()
        except Exception as fault:  # noqa: BLE001  # the test looks at it
            outcomes[place] = fault

    threads = [threading.Thread(target=run, args=(place, task)) for place, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_taps_make_one_application(kept, now):
    citizen, draft_id = keep(lambda: prepare(now))

    def tap():
        return keep(lambda: submission.submit(citizen, draft_id, channel="portal", now=now).reference)

    references = together([tap] * 4)

    assert len(set(references)) == 1, references
    with reading() as current:
        assert current.query(Application).count() == 1
        assert current.query(Letter).count() == 1
        assert current.query(Errand).filter_by(kind="application.submitted").count() == 1


def test_two_devices_lose_nothing(kept, now):
    citizen, draft_id = keep(lambda: prepare(now))

    def save(step, given):
        return lambda: keep(lambda: drafts.save_step(citizen, draft_id, step, given, base_version=1, now=now).problems)

    outcomes = together(
        [
            save("contact", {"phone": ["13900000009"], "phone_owner": ["FAMILY"]}),
            save("story", {"story": ["另一件事"], "happened_on": [], "wanted": ["好好说"]}),
        ]
    )

    assert outcomes == [(), ()]
    with reading():
        answers = queries.draft(citizen, draft_id).answers
        assert (answers["phone"], answers["story"]) == ("13900000009", "另一件事")
