"""Units of work that wait are committed together on SQLite; each undoes its own, and nothing is promised before."""

import sqlite3
import threading
import time

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

import core.db
from core import deadline, readonly, turns
from core.db import keep, session, transaction
from core.errors import Refusal, Unavailable
from tests.core.seats import Seat, take, taken


def wait_until(condition):
    ends = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.001)


@pytest.fixture
def lite(settings, fresh_url):
    before = core.db._engine, core.db._readers, core.db._writers
    engine = core.db.connect(fresh_url("sqlite"))
    Seat.__table__.create(engine)
    readonly.watch(None, switched=False)
    yield engine
    readonly.watch(None, switched=False)
    core.db.engine().dispose()
    core.db._engine, core.db._readers, core.db._writers = before


@pytest.fixture
def commits(lite, monkeypatch):
    """Count what is committed, on a disk where sharing pays and nobody is hurried."""
    counted = []
    event.listen(lite, "commit", counted.append)
    monkeypatch.setattr(turns, "WORTH", 1e6)
    monkeypatch.setattr(turns, "LONGEST", 10.0)
    keep(lambda: session().execute(text("SELECT 1")))
    counted.clear()
    return counted


def all_at_once(*works):
    """Have some wait while one has the turn, then work one after the other; give what became of each."""
    begun, told = threading.Event(), {}
    took_turns = core.db._writers.kw["bind"].get_execution_options()["rufa_turns"]

    def hold():
        if not begun.is_set():  # it may have to be done over
            begun.set()
            wait_until(lambda: len(took_turns._waiting) == len(works))

    def run(number, work):
        try:
            told[number] = keep(work)
        except (Refusal, IntegrityError) as fault:
            told[number] = fault

    threads = [threading.Thread(target=run, args=("first", hold))]
    threads[0].start()
    begun.wait(10)
    for number, work in enumerate(works):
        threads.append(threading.Thread(target=run, args=(number, work)))
        threads[-1].start()
        wait_until(lambda number=number: len(took_turns._waiting) > number or not threads[0].is_alive())
    for thread in threads:
        thread.join(20)
    return [told[number] for number in range(len(works))]


def test_what_waits_is_committed_together_and_whoever_fails_undoes_their_own_alone(commits):
    def refused():
        take(1)
        raise Refusal("round_full")

    told = all_at_once(lambda: take(0), refused, lambda: take(2), lambda: take(7))

    assert len(commits) == 2  # the one with the others, and whoever looked again
    assert told[0] is told[2] is None
    assert told[1].code == "round_full"
    assert "places" in str(told[3])
    assert taken() == [0, 2]


def test_what_a_neighbours_fault_undid_is_done_over(commits, lite):
    def spoil():
        """Do what SQLite does when the disk is full in the middle of a statement: undo everybody's."""
        take(1)
        session().connection().connection.driver_connection.execute("ROLLBACK")

    told = all_at_once(lambda: take(0), spoil)

    assert told[0] is None
    assert isinstance(told[1], Unavailable)
    assert taken() == [0]


def no_room():
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    return OperationalError("COMMIT", None, cause)


def test_a_full_disk_is_seen_though_undoing_fails_for_it(lite):
    def work():
        take(1)
        with session().begin_nested():
            session().connection().connection.driver_connection.execute("ROLLBACK")  # as SQLite does
            raise no_room()

    with pytest.raises(Unavailable) as refused:
        keep(work)

    assert refused.value.code == "read_only"
    assert taken() == []
    keep(lambda: take(2))


def test_a_commit_the_disk_refuses_makes_everybody_read_only(commits, lite):
    def refuse(_connection):
        raise no_room()

    event.listen(lite, "commit", refuse)
    told = all_at_once(lambda: take(0), lambda: take(1))
    event.remove(lite, "commit", refuse)

    assert [one.code for one in told] == ["read_only", "read_only"]
    assert taken() == []
    keep(lambda: take(2))
    assert taken() == [2]


def test_a_commit_that_finds_a_constraint_broken_is_tried_once_more(commits, lite):
    tries = []

    def refuse(_connection):
        tries.append(1)
        raise IntegrityError("COMMIT", None, sqlite3.IntegrityError("FOREIGN KEY constraint failed"))

    event.listen(lite, "commit", refuse)
    with pytest.raises(IntegrityError):
        keep(lambda: take(0))
    event.remove(lite, "commit", refuse)

    assert len(tries) == 2
    assert taken() == []


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


def test_an_errand_shares_with_nobody(commits):
    with deadline.running(deadline.allowed() + 60):
        keep(lambda: take(0))

    assert len(commits) == 1
