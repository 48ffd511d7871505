"""Errands with real commits: two workers, a process that is killed, a worker that is told to stop."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import sessionmaker

import core.db
from core import jobs, outbox
from core.errors import Unavailable

ROOT = Path(__file__).parents[2]


@pytest.fixture
def kept(engine, monkeypatch):
    """A database whose transactions are really kept; errands are taken out afterwards."""
    monkeypatch.setattr(jobs, "_carriers", {})
    monkeypatch.setattr(jobs, "_periods", {})
    readers = sessionmaker(engine.execution_options(rufa_access="read"), expire_on_commit=False)
    writers = sessionmaker(engine.execution_options(rufa_access="write"), expire_on_commit=False)
    core.db.use(readers, writers)
    forget()
    yield engine
    core.db.use(readers, writers)
    forget()


def forget():
    with core.db.transaction() as current:
        current.execute(delete(outbox.Errand))


def put(now, number):
    with core.db.transaction():
        for one in range(number):
            outbox.put("thing.happened", due_at=now, key=f"thing:{one}", number=one)


def test_two_workers_never_both_do_one(kept, now):
    done = []
    jobs.handles("thing.happened")(lambda payload, **_: done.append(payload["number"]))
    put(now, 24)
    workers = [threading.Thread(target=jobs.run_due, args=(now,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    assert sorted(done) == list(range(24))


def test_only_one_of_two_who_hold_the_same_errand_keeps_it(kept, now):
    meet = threading.Barrier(2, timeout=10)
    kept_by = []

    def write(payload, *, now):
        outbox.put("never.handled", due_at=now, key="written-once")

    jobs.handles("thing.happened")(write)
    put(now, 1)
    mine = jobs.claim(now)

    def deliver():
        meet.wait()
        kept_by.append(jobs.carry_out(mine, now=now))

    twice = [threading.Thread(target=deliver) for _ in range(2)]
    for one in twice:
        one.start()
    for one in twice:
        one.join(20)

    assert sorted(kept_by) == [False, True]


def test_a_worker_finishes_what_it_has_begun_and_takes_on_no_more(kept):
    begun, go_on, done = threading.Event(), threading.Event(), []

    def handler(payload, *, now):
        begun.set()
        go_on.wait(10)
        done.append(payload["number"])

    jobs.handles("thing.happened")(handler)
    put(jobs.clock(), 2)
    worker = jobs.Worker(poll=0.01)
    worker.start()
    assert begun.wait(10)
    worker.finish()
    go_on.set()
    worker.stop()

    assert done in ([0], [1])


def test_a_worker_outlives_trouble(kept):
    carried = threading.Event()
    troubles = iter([Unavailable(), ValueError()])

    def carry(mine, *, now):
        for trouble in troubles:
            raise trouble
        carried.set()

    put(jobs.clock(), 3)
    worker = jobs.Worker(carry=carry, poll=0.01, rest=0.01)
    worker.start()
    assert carried.wait(10)
    worker.stop()


def test_a_worker_that_was_never_started_can_be_stopped():
    jobs.Worker().stop()


KILLED = """
    import os, signal, sys
    from datetime import datetime, timezone
    import core.db, core.settings
    from core import jobs, outbox

    jobs._periods.clear()
    core.settings.use(core.settings.load({}))
    core.db.connect(sys.argv[1])

    @jobs.handles("thing.happened")
    def die(payload, *, now):
        outbox.put("half.done", due_at=now, key="half-done")
        core.db.session().flush()
        os.kill(os.getpid(), signal.SIGKILL)

    jobs.run_due(datetime(2026, 11, 23, 1, 30, tzinfo=timezone.utc))
"""


def test_a_process_killed_half_way_leaves_nothing_and_another_does_it(kept, now):
    put(now, 1)
    url = kept.url.render_as_string(hide_password=False).replace("+psycopg", "")
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), url], cwd=ROOT, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL
    with core.db.reading() as current:
        assert current.scalars(select(outbox.Errand.key)).all() == ["thing:0"]

    done = []
    jobs.handles("thing.happened")(lambda payload, **_: done.append(payload["number"]))
    assert jobs.run_due(now) == 0  # the lease of the dead
    assert jobs.run_due(now + jobs.LEASE) == 1
    assert done == [0]


def test_the_worker_command_stops_when_told(tmp_path):
    environ = {**os.environ, "RUFA_DATA_DIR": str(tmp_path), "FLASK_APP": "wsgi"}
    flask = [sys.executable, "-m", "flask"]
    subprocess.run([*flask, "migrate"], cwd=ROOT, env=environ, timeout=60, check=True, capture_output=True)
    process = subprocess.Popen([*flask, "worker"], cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if "errands.started" in line:
            break
    process.terminate()
    said = process.communicate(timeout=30)[1]

    assert "errands.finished" in said
    assert process.returncode == 0
