import time

import pytest
from sqlalchemy import func, literal_column, select, text
from sqlalchemy.exc import DBAPIError

import core.db
from core.db import keep, looking, session
from core.errors import Unavailable
from core.rows import Rows
from tests import postgresql
from tests.core.seats import Seat, take, taken

PLACES = Rows(select(Seat.place).order_by(Seat.place))
MYSELF = Rows(select(func.pg_backend_pid().label("number")))
PREPARED = Rows(select(literal_column("count(*)").label("number")).select_from(text("pg_prepared_statements")))
ENDLESS = {
    "sqlite": "SELECT (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n)",
    "postgresql": "(SELECT pg_sleep(30)::text)",
}


def server(place):
    if place.dialect.name != "postgresql":
        pytest.skip("there is no server to go away")


def test_rows_need_no_session(place):
    keep(lambda: take(1))

    with looking():
        assert PLACES.all() == [(1,)]
        assert core.db._current.get()._session is None


def test_a_session_that_comes_later_goes_on_with_the_same_connection(place):
    keep(lambda: take(1))

    with looking():
        assert PLACES.all() == [(1,)]
        assert session().scalars(select(Seat.place)).all() == [1]
        assert session().connection().connection.driver_connection is core.db.wire().driver
        assert PLACES.all() == [(1,)]

    assert taken() == [1]


def test_rows_see_what_waits_to_be_written(place):
    def add():
        session().add(Seat(place=1, taken_at=None))
        return PLACES.all()

    assert keep(add) == [(1,)]


def test_what_only_looks_keeps_nothing(place):
    def write():
        with looking():
            PLACES.all()
            take(1)

    if place.dialect.name == "sqlite":
        write()
    else:
        with pytest.raises(DBAPIError, match="read-only"):
            write()

    assert taken() == []
    keep(lambda: take(2))  # and the connection writes as ever
    assert taken() == [2]


def test_statements_stay_prepared_from_one_unit_of_work_to_the_next(place):
    server(place)

    for _ in range(7):
        with looking():
            PLACES.all()

    with looking():
        assert PREPARED.all()[0].number >= 1


def test_a_fault_is_told_as_always_and_the_next_look_is_well(place):
    with pytest.raises((DBAPIError, Unavailable)), looking():
        Rows(select(literal_column("nothing").label("x")).select_from(Seat)).all()

    assert taken() == []


def test_a_look_without_end_is_stopped(place, impatient):
    began = time.monotonic()

    with pytest.raises(Unavailable), looking():
        Rows(select(literal_column(f"({ENDLESS[place.dialect.name]})").label("x"))).all()

    assert time.monotonic() - began < 3
    assert taken() == []


def test_a_server_that_hangs_up_is_a_refusal_and_the_next_look_is_well(place):
    server(place)

    def look():
        with looking():
            number = MYSELF.all()[0].number
            with place.connect() as other:
                other.execute(select(func.pg_terminate_backend(number)))
            PLACES.all()

    with pytest.raises(Unavailable):
        look()

    assert taken() == []


def test_nobody_there_is_a_refusal(connected):
    if not postgresql.find():
        pytest.skip("no PostgreSQL")
    connected("postgresql://nobody@127.0.0.1:9/nothing")

    with pytest.raises(Unavailable), looking():
        PLACES.all()


def test_whoever_only_looks_goes_on_after_something_failed(place):
    keep(lambda: take(1))

    with looking():
        assert core.db.once("kept", lambda: 1) == 1
        with pytest.raises(DBAPIError):
            session().execute(text("SELECT nothing FROM nowhere"))
        core.db.begin_anew()

        assert PLACES.all() == [(1,)]
        assert core.db.once("kept", lambda: 2) == 2
        with pytest.raises(DBAPIError):
            Rows(select(literal_column("nothing")).select_from(text("nowhere"))).all()
        core.db.begin_anew()
        assert session().scalars(select(Seat.place)).all() == [1]


def test_what_writes_does_not_begin_anew(place):
    def work():
        take(1)
        core.db.begin_anew()

    with pytest.raises(RuntimeError, match="kept whole"):
        keep(work)

    assert taken() == []
