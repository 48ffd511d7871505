"""Errands by Celery, through a broker."""

import dataclasses
import os
import threading
import warnings

import pytest
import redis
from sqlalchemy import delete, select
from sqlalchemy.orm import sessionmaker

import core.db
from core import jobs, outbox, relay
from core.errors import Unavailable

pytest.importorskip("celery")
from celery.contrib.testing.worker import start_worker

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


def redis_answers():
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=1) as client:
            return client.ping()
    except redis.ConnectionError:
        return False


@pytest.fixture(params=[REDIS if redis_answers() else "memory://"], ids=lambda url: url.split(":")[0])
def broker(request):
    """Redis over a real socket where one answers, else a broker within the process, which is slow to look."""
    return request.param


@pytest.fixture
def kept(engine, monkeypatch):
    monkeypatch.setattr(jobs, "_carriers", {})
    monkeypatch.setattr(jobs, "_periods", {})
    readers = sessionmaker(engine.execution_options(rufa_access="read"), expire_on_commit=False)
    writers = sessionmaker(engine.execution_options(rufa_access="write"), expire_on_commit=False)
    core.db.use(readers, writers)
    yield
    core.db.use(readers, writers)
    with core.db.transaction() as current:
        current.execute(delete(outbox.Errand))


@pytest.fixture
def celery(settings, broker):
    made = relay.application(dataclasses.replace(settings, errands="celery", celery_broker_url=broker))
    made.conf.task_default_queue = f"rufa-test-{os.getpid()}"
    yield made
    with made.connection_for_write() as connection:
        made.amqp.queues[made.conf.task_default_queue](connection).delete()
    made.close()


def put(number):
    with core.db.transaction():
        for one in range(number):
            outbox.put("thing.happened", due_at=jobs.clock(), key=f"thing:{one}", number=one)


def test_celery_carries_out_what_the_relay_hands_over(kept, celery):
    done, all_done = [], threading.Event()

    @jobs.handles("thing.happened")
    def note(payload, *, now):
        done.append(payload["number"])
        if len(done) == 3:
            all_done.set()

    put(3)
    handing = relay.Relay(celery).worker(poll=0.01)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the test worker, none of ours
        with start_worker(celery, pool="solo", perform_ping_check=False, loglevel="ERROR"):
            handing.start()
            assert all_done.wait(20)
            handing.stop()

    assert sorted(done) == [0, 1, 2]
    with core.db.reading() as current:
        assert all(current.scalars(select(outbox.Errand.done_at)))


def test_a_message_delivered_twice_is_done_once(kept, celery):
    done = []
    jobs.handles("thing.happened")(lambda payload, **_: done.append(payload["number"]))
    put(1)
    mine = jobs.claim(jobs.clock(), lease=relay.LEASE)
    for _ in range(2):
        celery.tasks[relay.TASK].apply((mine.id, mine.until.isoformat()))

    assert done == [0]


def test_where_the_broker_is_away_the_errand_is_given_back(kept, settings):
    nowhere = dataclasses.replace(settings, errands="celery", celery_broker_url="redis://127.0.0.1:1/0")
    put(1)
    now = jobs.clock()
    mine = jobs.claim(now)

    with pytest.raises(Unavailable, match="errands_broker_away"):
        relay.Relay(relay.application(nowhere)).hand_over(mine, now=now)

    again = jobs.claim(now)
    assert again.id == mine.id
    with core.db.reading() as current:
        assert current.scalar(select(outbox.Errand.attempts)) == 1
