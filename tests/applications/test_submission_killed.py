"""kill -9 in the middle of handing in, ten times: what was acknowledged is there whole, and nothing twice (R5)."""

import os
import signal
import time
from collections import Counter

import pytest

import core.db
from applications import drafts, submission, uploads
from applications.models.application import Application
from applications.models.draft import Draft
from applications.models.event import CaseEvent
from applications.models.evidence import Evidence, Upload
from applications.models.letter import Letter
from core import audit
from core.db import keep, reading, session
from core.outbox import Errand
from locator import queries as places
from migrations.tables import every_table
from tests import postgresql
from tests.applications.conftest import WAGES, make_citizen, make_divisions

KILLS = 10
WAITING = 60  # drafts: more than can be handed in before the last kill


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, settings, fresh_url):
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")
    before = core.db._engine, core.db._readers, core.db._writers
    made = fresh_url(request.param)
    engine = core.db.connect(made)
    every_table().create_all(engine)
    yield made
    core.db.engine().dispose()
    core.db._engine, core.db._readers, core.db._writers = before
    places.forget()


def prepare(now):
    make_divisions()
    citizen = make_citizen("13800000001", now)
    first = drafts.start(citizen, drafts.Start(), now=now)
    for step, given in WAGES.items():
        drafts.save_step(citizen, first.id, step, given, base_version=first.version, now=now)
    told = {"owner_id": citizen.id, "answers": first.answers, "changed_in": {}, "steps_done": [], "channel": "portal"}
    moments = {"created_at": now, "saved_at": now, "expires_at": first.expires_at}
    file = {"owner_id": citizen.id, "purpose": "evidence", "name": "x", "media_type": "image/jpeg", "size": 1}
    for number in range(WAITING):
        draft = Draft(**told, **moments)
        key = f"uploads/{number}.jpg"
        upload = Upload(**file, sha256="a" * 64, warnings=[], master_key=key, created_at=now)
        session().add_all([draft, upload])
        session().flush()
        uploads.attach(citizen, upload.id, draft.id, item="identity_document", now=now)
    session().delete(first)
    session().flush()
    return citizen


def hand_in_all(url, citizen, now, tell):
    """Hand in whatever waits, one after the other, and tell of each once it is kept."""
    core.db.connect(url)
    with reading() as current:
        waiting = [row.id for row in current.query(Draft).filter(Draft.submitted_at.is_(None))]
    for draft_id in waiting:
        made = keep(lambda draft_id=draft_id: submission.submit(citizen, draft_id, channel="portal", now=now).reference)
        os.write(tell, f"{draft_id} {made}\n".encode())


def hand_in_until_killed(url, citizen, now, patience):
    """Let a process hand in; kill it `patience` seconds after its first word. Give all that it told."""
    core.db.engine().dispose()
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            hand_in_all(url, citizen, now, tell)
        finally:
            os._exit(0)
    os.close(tell)
    heard = os.read(listen, 80)
    time.sleep(patience)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(listen, 4096):
        heard += more
    os.close(listen)
    return [tuple(line.split()) for line in heard.decode().splitlines()]


def test_keeps_whole_what_was_acknowledged_and_nothing_twice(url, now):
    citizen = keep(lambda: prepare(now))
    told = []
    for number in range(KILLS):
        told += hand_in_until_killed(url, citizen, now, number * 0.004)

    core.db.connect(url)
    with reading() as current:
        made = {row.draft_id: row.reference for row in current.query(Application)}
        assert made.items() >= dict(told).items()
        assert len(told) >= KILLS
        whole = [row.id for row in current.query(Application)]
        assert Counter(row.application_id for row in current.query(CaseEvent)) == Counter(whole)
        assert Counter(row.application_id for row in current.query(Letter)) == Counter(whole)
        papers = current.query(Evidence).filter(Evidence.application_id.is_not(None))
        assert Counter(row.application_id for row in papers) == Counter(whole)
        errands = current.query(Errand).filter_by(kind="application.submitted")
        assert Counter(row.payload["application_id"] for row in errands) == Counter(whole)
        assert current.query(Draft).filter(Draft.submitted_at.is_not(None)).count() == len(whole)
        assert audit.verify().broken_at is None
