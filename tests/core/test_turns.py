"""Writers get their turn in the order they came, and whoever gives up waiting holds nobody up."""

import threading
import time

import pytest

import core.db
from core import deadline
from core.db import keep, transaction
from core.errors import Unavailable
from core.turns import Turns


def queue_up(turns, names, seconds=10):
    """Have some wait one after the other; give the order they came in, and their threads."""
    came, threads = [], []

    def wait(name):
        if turns.take(seconds):
            came.append(name)
            turns.leave()

    for name in names:
        threads.append(threading.Thread(target=wait, args=(name,)))
        threads[-1].start()
        while len(turns._waiting) < len(threads):
            time.sleep(0.001)
    return came, threads


def test_first_come_first_served():
    turns = Turns()
    assert turns.take(0)
    came, threads = queue_up(turns, range(20))

    turns.leave()
    for thread in threads:
        thread.join()

    assert came == list(range(20))
    assert turns.take(0)


def test_whoever_gives_up_is_passed_over():
    turns = Turns()
    assert turns.take(0)

    assert not turns.take(0.01)
    turns.leave()

    assert turns.take(0)


def test_a_turn_that_comes_at_the_last_moment_is_not_lost(monkeypatch):
    turns = Turns()
    assert turns.take(0)

    class Slow(threading.Event):
        def wait(self, _seconds=None):
            turns.leave()
            return False

    monkeypatch.setattr(threading, "Event", Slow)
    assert turns.take(0)


@pytest.fixture
def lite(settings, fresh_url):
    before = core.db._engine, core.db._readers, core.db._writers
    yield core.db.connect(fresh_url("sqlite"))
    core.db.engine().dispose()
    core.db._engine, core.db._readers, core.db._writers = before


def test_a_writer_whose_time_is_up_is_told_so_and_leaves_nothing_behind(lite):
    begun, over = threading.Event(), threading.Event()

    def hold():
        with transaction():
            begun.set()
            over.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait(10)
    with deadline.running(0.05), pytest.raises(Unavailable):
        keep(lambda: None)
    over.set()
    thread.join()

    assert keep(lambda: "in again") == "in again"
    assert deadline.left() == deadline.allowed()
