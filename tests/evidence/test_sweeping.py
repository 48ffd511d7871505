"""What is left over goes: also after the service died in the middle."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from applications import commands, sweeping, uploads
from applications.models.evidence import Upload
from applications.sweeping import Swept
from applications.uploads import Purpose
from core import jobs
from core.db import keep, reading, session
from core.outbox import Errand
from tests.evidence import people, samples

ROOT = Path(__file__).parents[2]
LATER = timedelta(hours=25)


@pytest.fixture
def citizen(db, now):
    return keep(lambda: people.person("citizen", now))


def send(actor, store, now):
    prepared = uploads.prepare(actor, Purpose.EVIDENCE, samples.PNG_SMALL)
    written_at(store, now)
    return keep(lambda: uploads.record(actor, prepared, "x", now=now).id)


def written_at(store, moment):
    for one in store.stored():
        os.utime(store.root / one.key, (moment.timestamp(), moment.timestamp()))


def left():
    with reading():
        return set(session().scalars(select(Upload.id)))


def test_forgets_uploads_nobody_attached_within_a_day(citizen, store, now):
    send(citizen, store, now)
    kept = send(citizen, store, now)
    keep(lambda: people.draft(citizen, "draft", now))
    keep(lambda: uploads.attach(citizen, kept, "draft", item="id_card", now=now))

    assert sweeping.sweep(now=now + timedelta(hours=23)) == Swept(0, 0)
    assert sweeping.sweep(now=now + LATER) == Swept(1, 2)
    assert left() == {kept}
    assert len(list(store.stored())) == 2
    assert sweeping.sweep(now=now + LATER) == Swept(0, 0)


def test_deletes_files_no_row_knows_but_not_young_ones(citizen, store, now):
    uploads.prepare(citizen, Purpose.EVIDENCE, samples.PNG_SMALL)
    written_at(store, now)

    assert sweeping.sweep(now=now + timedelta(minutes=59)) == Swept(0, 0)
    assert sweeping.sweep(now=now + timedelta(hours=1)) == Swept(0, 2)
    assert list(store.stored()) == []


def test_leaves_files_of_others_alone(citizen, store, now):
    store.put("letters/x.pdf", b"x", "application/pdf")
    written_at(store, now)

    assert sweeping.sweep(now=now + LATER) == Swept(0, 0)
    assert [one.key for one in store.stored()] == ["letters/x.pdf"]


DIES = """
import sys, os, signal
from pathlib import Path
from core import storage
place = storage.LocalStore(Path(sys.argv[1]))
place.put("uploads/ab/whole.master.jpg", b"x" * 1000, "image/jpeg")
storage.os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
place.put("uploads/ab/half.master.jpg", b"x" * 1000, "image/jpeg")
"""


def test_leaves_nothing_of_an_upload_that_was_killed(db, store, now):
    died = subprocess.run(
        [sys.executable, "-c", DIES, str(store.root)],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert died.returncode == -9
    assert len(list(store.stored())) == 2
    written_at(store, now)

    assert sweeping.sweep(now=now + LATER) == Swept(0, 2)
    assert list(store.stored()) == []


def test_comes_back_every_hour_by_errand(citizen, store, now):
    uploads.prepare(citizen, Purpose.EVIDENCE, samples.PNG_SMALL)
    written_at(store, now)

    jobs.run_due(now + LATER)

    assert list(store.stored()) == []
    with reading():
        done = session().scalars(select(Errand.kind).where(Errand.done_at.is_not(None))).all()
    assert {"evidence.sweep_due", "evidence.sweep"} <= set(done)


def test_files_of_a_removed_upload_go_right_after(citizen, store, now):
    token = send(citizen, store, now)

    keep(lambda: uploads.remove(citizen, token, now=now))
    jobs.run_due(now)

    assert list(store.stored()) == []


def test_is_a_command_too(citizen, store, now):
    send(citizen, store, now - timedelta(days=400))

    said = CliRunner().invoke(commands.sweep_files)

    assert said.output == "Swept: 1 uploads, 2 files.\n"
