import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

import core.db
from core.db import keep, reading, session, transaction
from core.errors import Refusal, Unavailable
from tests.core.seats import Seat, take, taken


def test_keeps_the_whole_of_it(place):
    keep(lambda: (take(1), take(2)))

    assert taken() == [1, 2]


def test_keeps_nothing_of_what_failed(place):
    def half():
        take(1)
        raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        keep(half)

    assert taken() == []


def test_keeps_nothing_where_it_was_refused(place):
    def refused():
        take(1)
        raise Refusal("round_full")

    with pytest.raises(Refusal):
        keep(refused)

    assert taken() == []


def test_looks_again_where_somebody_was_quicker(place):
    keep(lambda: take(1))

    def next_seat():
        seen = [1] if not tries else sorted(session().scalars(select(Seat.place)))
        tries.append(len(seen))
        take(1 if len(tries) == 1 else seen[-1] + 1)

    tries = []
    keep(next_seat)

    assert taken() == [1, 2]
    assert len(tries) == 2


def test_looks_again_once_only(place):
    with pytest.raises(IntegrityError):
        keep(lambda: take(3))


def test_of_two_at_once_one_is_first_and_the_other_sees_it(place):
    ready, answers = threading.Barrier(2), []

    def work():
        number = len(session().scalars(select(Seat.place)).all())
        take(number)
        return number

    def book():
        ready.wait(5)
        answers.append(keep(work))

    threads = [threading.Thread(target=book) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [0, 1]
    assert taken() == [0, 1]


def test_what_only_reads_cannot_write_on_postgresql(place):
    if place.dialect.name == "sqlite":
        pytest.skip("SQLite reads in a deferred transaction")

    with pytest.raises(Exception, match="read-only"), reading():
        take(1)


def test_units_of_work_do_not_nest(place):
    with pytest.raises(RuntimeError, match="do not nest"), transaction(), reading():
        pass


def test_there_is_no_session_outside():
    with pytest.raises(RuntimeError, match="no unit of work"):
        session()


@pytest.mark.parametrize("opened", [transaction, reading])
def test_connects_first(monkeypatch, opened):
    for name in ("_engine", "_readers", "_writers"):
        monkeypatch.setattr(core.db, name, None)

    with pytest.raises(RuntimeError), opened():
        pass
    with pytest.raises(RuntimeError):
        core.db.engine()


def test_does_last_things_once_before_the_commit(place):
    done = []

    def last():
        done.append(len(session().scalars(select(Seat.place)).all()))

    with transaction():
        core.db.before_commit(last)
        take(1)
        core.db.before_commit(last)

    assert done == [1]


def test_a_moment_comes_back_in_utc(place, now):
    with transaction():
        session().execute(insert(Seat).values(place=1, taken_at=now.astimezone(ZoneInfo("Asia/Shanghai"))))
        session().execute(insert(Seat).values(place=2, taken_at=None))

    with reading():
        assert session().scalars(select(Seat.taken_at).order_by(Seat.place)).all() == [now, None]


def test_a_moment_needs_a_zone(place):
    with pytest.raises(Exception, match="zone"), transaction():
        session().execute(insert(Seat).values(place=1, taken_at=datetime(2026, 11, 23)))  # noqa: DTZ001


def test_an_error_quotes_no_values(place):
    with pytest.raises(IntegrityError) as fault, transaction():
        session().execute(text("INSERT INTO seat_of_the_test (place) VALUES (:place)"), {"place": 77_123})

    assert "[SQL parameters hidden" in str(fault.value)


class Deadlock(Exception):
    sqlstate = "40P01"


def deadlocked(times):
    """Give work that meets a deadlock so many times."""
    left = [Deadlock()] * times

    def work():
        if left:
            raise OperationalError("UPDATE", {}, left.pop())
        return "done"

    return work


def test_a_deadlock_is_tried_again(place):
    assert keep(deadlocked(1)) == "done"


def test_a_second_deadlock_is_a_refusal(place):
    with pytest.raises(Unavailable):
        keep(deadlocked(2))


def test_seconds_only_go_forward():
    assert core.db.monotonic() <= core.db.monotonic()


def test_ids_cannot_be_guessed():
    assert len({core.db.fresh_id() for _ in range(100)}) == 100
    assert {len(core.db.fresh_id()) for _ in range(100)} == {22}


def test_what_only_looks_reads_once_and_what_writes_sees_what_it_wrote(place, count_statements):
    def seats():
        return core.db.once("seats", lambda: session().scalars(select(Seat.place)).all())

    keep(lambda: take(1))

    with reading(), count_statements() as sent:
        assert seats() == seats() == [1]
    with transaction():
        before = seats()
        take(2)

        assert (before, seats()) == ([1], [1, 2])
    assert len(sent) == 1
