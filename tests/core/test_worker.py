"""The commands that carry out errands, within the process of the test: an errand tells them to stop."""

import dataclasses
import os
import signal
import uuid
import warnings

import pytest
from celery.signals import after_task_publish
from click.testing import CliRunner
from sqlalchemy import delete, select
from sqlalchemy.orm import sessionmaker

import core.db
from core import jobs, outbox, relay, worker


def tell_to_stop(*_, **__):
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def kept(engine, monkeypatch):
    """Really kept errands, one of which stops whoever carries it out; signals are put back afterwards."""
    monkeypatch.setattr(jobs, "_carriers", {})
    monkeypatch.setattr(jobs, "_periods", {})
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    readers = sessionmaker(engine.execution_options(rufa_access="read"), expire_on_commit=False)
    writers = sessionmaker(engine.execution_options(rufa_access="write"), expire_on_commit=False)
    core.db.use(readers, writers)
    jobs.handles("thing.happened")(tell_to_stop)
    with core.db.transaction():
        outbox.put("thing.happened", due_at=jobs.clock())
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)
    with core.db.transaction() as current:
        current.execute(delete(outbox.Errand))


def done():
    with core.db.reading() as current:
        return current.scalar(select(outbox.Errand.done_at)) is not None


@pytest.fixture
def by_celery(settings, monkeypatch):
    given = dataclasses.replace(settings, errands="celery", celery_broker_url="memory://")
    monkeypatch.setattr("core.settings._settings", given)
    monkeypatch.setattr("celery.worker.state.should_stop", None)  # Celery remembers that it was told to
    return given


def test_the_worker_carries_out_what_is_in_the_table_until_told_to_stop(kept):
    result = CliRunner().invoke(worker.work)

    assert result.exit_code == 0
    assert done()


def test_the_worker_carries_out_what_the_broker_delivers_until_told_to_stop(kept, by_celery, monkeypatch):
    monkeypatch.setattr(relay, "QUEUE", f"rufa-test-{uuid.uuid4().hex}")
    mine = jobs.claim(jobs.clock())
    relay.Relay(relay.application(by_celery)).hand_over(mine, now=jobs.clock())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Celery's own start
        CliRunner().invoke(worker.work)

    assert done()


def test_the_relay_hands_over_until_told_to_stop(kept, by_celery, monkeypatch):
    monkeypatch.setattr(relay, "QUEUE", f"rufa-test-{uuid.uuid4().hex}")
    after_task_publish.connect(tell_to_stop, sender=relay.TASK)
    try:
        result = CliRunner().invoke(worker.hand_over)
    finally:
        after_task_publish.disconnect(tell_to_stop, sender=relay.TASK)

    assert result.exit_code == 0
    assert not done()
    assert jobs.claim(jobs.clock()) is None  # it is with the broker
    assert jobs.claim(jobs.clock() + relay.LEASE)


def test_the_relay_is_refused_where_the_table_carries(settings):
    result = CliRunner().invoke(worker.hand_over)

    assert result.exit_code == 1
    assert "RUFA_ERRANDS" in result.output
