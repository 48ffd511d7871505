"""Writers get their turn in the order they came, share a commit where that pays, and are answered after it."""

import threading
import time

import pytest

from core import turns
from core.turns import Turns, Undone, Unsure


class Disk:
    """Something to write to that notes what is done, and waits as long as it is told."""

    def __init__(self, commit_seconds=0.0, fault=None):
        self.done, self.commit_seconds, self.fault, self.is_spoilt = [], commit_seconds, fault, False

    def begin(self):
        self.done.append("begin")
        return self

    def is_whole(self):
        return not self.is_spoilt

    def commit(self):
        time.sleep(self.commit_seconds)
        if self.fault:
            raise self.fault
        self.done.append("commit")

    def drop(self):
        self.done.append("drop")


def wait_until(condition):
    ends = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.001)


class Queue:
    """Some who wait one behind the other, and what became of them."""

    def __init__(self, on):
        self.on, self.came, self.answered, self.faults, self.threads = on, [], [], {}, []

    def add(self, name, work=lambda: None, seconds=10, alone=False):
        def wait():
            if self.on.take(seconds, alone=alone):
                self.on.shared()
                work()
                self.came.append(name)
                try:
                    self.on.leave(seconds, alone=alone)
                    self.answered.append(name)
                except (OSError, Undone) as fault:
                    self.faults[name] = fault

        before = len(self.on._waiting)
        self.threads.append(threading.Thread(target=wait))
        self.threads[-1].start()
        wait_until(lambda: len(self.on._waiting) > before)

    def over(self):
        for thread in self.threads:
            thread.join(10)


@pytest.fixture
def quick_disk():
    """A disk that takes its time, but less than some work does."""
    return Disk(0.005)


@pytest.fixture
def slow_disk(monkeypatch):
    """A disk that is known to be slow: sharing a commit pays, however busy this machine is."""
    monkeypatch.setattr(turns, "WORTH", 1e6)
    monkeypatch.setattr(turns, "LONGEST", 10.0)
    return Disk(0.005)


def on_a(disk, **options):
    """Give turns somebody has, at a disk one of whose commits was measured."""
    made = Turns(disk.begin, **options)
    made.take(0)
    made.shared()
    made.leave(1)
    assert made.take(0)
    return made


def test_first_come_first_served(slow_disk):
    queue = Queue(on_a(slow_disk))
    for name in range(20):
        queue.add(name)

    queue.on.leave(1)
    queue.over()

    assert queue.came == list(range(20))
    assert sorted(queue.answered) == queue.came
    assert queue.on.take(0)


def test_several_share_a_commit_and_nobody_is_answered_before_it(slow_disk):
    queue = Queue(on_a(slow_disk))
    answered_early = []
    for name in range(10):
        queue.add(name, lambda: answered_early.extend(queue.answered))

    queue.on.shared()
    queue.on.leave(1)
    queue.over()

    assert slow_disk.done == ["begin", "commit"] * 2
    assert answered_early == []


def test_a_batch_has_an_end(slow_disk):
    queue = Queue(on_a(slow_disk, most=4))
    for name in range(7):
        queue.add(name)

    queue.on.shared()
    queue.on.leave(1)
    queue.over()

    assert slow_disk.done == ["begin", "commit"] * 3


def test_nobody_waits_for_others_where_the_disk_is_quick(quick_disk):
    queue = Queue(on_a(quick_disk))
    for name in range(3):
        queue.add(name, lambda: time.sleep(0.06))

    queue.on.leave(1)
    queue.over()

    assert quick_disk.done == ["begin", "commit"] * 4


def test_whoever_takes_long_shares_with_nobody(slow_disk):
    queue = Queue(on_a(slow_disk))
    queue.add("first")
    queue.add("errand", alone=True)
    queue.add("last")

    queue.on.leave(1)
    queue.over()

    assert slow_disk.done == ["begin", "commit"] * 4
    assert queue.answered == ["first", "errand", "last"]


def test_a_commit_that_fails_is_everybodys(slow_disk):
    queue = Queue(on_a(slow_disk))
    slow_disk.fault = OSError("no room")
    for name in range(3):
        queue.add(name)

    queue.on.shared()
    with pytest.raises(OSError, match="no room"):
        queue.on.leave(1)
    queue.over()

    assert queue.answered == []
    assert {str(fault) for fault in queue.faults.values()} == {"no room"}
    assert len({id(fault) for fault in queue.faults.values()}) == 3
    slow_disk.fault = None
    assert queue.on.take(1)


def test_what_somebody_elses_fault_took_along_is_said_to_be_undone(slow_disk):
    queue = Queue(on_a(slow_disk))
    queue.add("innocent")
    queue.add("culprit", lambda: setattr(slow_disk, "is_spoilt", True))

    queue.on.shared()
    with pytest.raises(Undone):
        queue.on.leave(1)
    queue.over()

    assert {type(fault) for fault in queue.faults.values()} == {Undone}
    assert slow_disk.done == ["begin", "commit", "begin", "drop"]


def test_a_commit_that_does_not_come_is_not_waited_for_for_ever(slow_disk, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    over = threading.Event()
    queue = Queue(on_a(slow_disk))
    queue.add("slow", lambda: over.wait(10))

    queue.on.shared()
    with pytest.raises(Unsure):
        queue.on.leave(0)
    over.set()
    queue.over()

    assert queue.answered == ["slow"]


def test_whoever_could_not_begin_hands_the_turn_on():
    def refuse():
        raise OSError("locked")

    made = Turns(refuse)
    assert made.take(0)
    with pytest.raises(OSError, match="locked"):
        made.shared()
    made.leave(1)

    assert made.take(0)


def test_whoever_gives_up_is_passed_over():
    made = Turns(Disk().begin)
    assert made.take(0)

    assert not made.take(0.01)
    made.leave(1)

    assert made.take(0)


def test_a_turn_that_comes_at_the_last_moment_is_not_lost(monkeypatch):
    made = Turns(Disk().begin)
    assert made.take(0)

    class Slow:
        """A bell that rings just after one has stopped listening."""

        def __init__(self):
            self.rung = False

        def acquire(self, timeout=None):
            if timeout is not None:
                made.leave(1)
                return False
            return self.rung

        def release(self):
            self.rung = True

    monkeypatch.setattr(turns, "_Waiter", lambda alone: type("W", (), {"alone": alone, "bell": Slow()})())
    assert made.take(0)
