import sqlite3
import time

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from core.db import keep, looking, reading, session, transaction
from core.errors import Unavailable
from core.rows import Rows
from core.unit import Unit
from tests import postgresql
from tests.core.seats import Seat, take, taken


def test_the_embedded_database_says_when_it_is_locked(connected, fresh_url, impatient):
    url = fresh_url("sqlite")
    Seat.__table__.create(connected(url))
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()

    with pytest.raises(Unavailable) as refused:
        keep(lambda: take(1))
    assert time.monotonic() - began < 2
    assert refused.value.retry_after

    assert taken() == []  # whoever reads is not kept waiting
    other.execute("ROLLBACK")
    other.close()
    keep(lambda: take(1))
    assert taken() == [1]


def test_a_full_disk_is_a_clean_refusal(connected, fresh_url):
    engine = connected(fresh_url("sqlite"))
    with transaction():
        session().execute(text("CREATE TABLE heap (words TEXT)"))
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")

    with pytest.raises(Unavailable):
        keep(lambda: session().execute(text("INSERT INTO heap VALUES (:words)"), {"words": "x" * 100_000}))

    with reading():
        assert session().scalar(text("SELECT count(*) FROM heap")) == 0
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    keep(lambda: session().execute(text("INSERT INTO heap VALUES (:words)"), {"words": "x" * 100_000}))


def test_a_statement_without_end_is_stopped(place, impatient):
    endless = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "postgresql": "SELECT pg_sleep(30)",
    }
    began = time.monotonic()

    with pytest.raises(Unavailable), reading():
        session().execute(text(endless[place.dialect.name]))

    assert time.monotonic() - began < 3
    assert taken() == []


def test_a_frozen_database_is_a_refusal_and_comes_back(connected, cluster, impatient):
    Seat.__table__.create(connected(cluster.url))
    keep(lambda: take(1))

    cluster.freeze()
    began = time.monotonic()
    for _ in range(2):  # once on a connection that was open, once on a new one
        with pytest.raises(Unavailable):
            keep(lambda: take(2))
    took = time.monotonic() - began
    cluster.thaw()

    assert took < 6
    keep(lambda: take(2))
    assert taken() == [1, 2]


def test_a_database_that_is_gone_is_a_refusal(connected, cluster):
    connected(cluster.url)
    with reading():
        session().execute(text("SELECT 1"))
    cluster.stop()

    for _ in range(2):
        with pytest.raises(Unavailable), reading():
            session().execute(text("SELECT 1"))


def test_when_everybody_is_busy_the_next_is_told(connected, fresh_url, impatient):
    if not postgresql.find():
        pytest.skip("no PostgreSQL")
    engine = connected(fresh_url("postgresql"), pool_size=1)
    engine.pool._timeout = 0.2
    with engine.connect(), pytest.raises(Unavailable), reading():
        session().execute(text("SELECT 1"))


def test_a_connection_that_dies_meanwhile_hides_no_fault(connected, fresh_url):
    if not postgresql.find():
        pytest.skip("no PostgreSQL")
    url = fresh_url("postgresql")
    connected(url)

    def dies():
        with transaction():
            pid = session().scalar(text("SELECT pg_backend_pid()"))
            postgresql.admin(f"SELECT pg_terminate_backend({pid})", url)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dies()
    with reading():
        assert session().scalar(text("SELECT 1")) == 1


def test_statements_kept_ready_meet_a_frozen_database_too(connected, cluster, impatient):
    seats = Rows(select(Seat.place))
    Seat.__table__.create(connected(cluster.url))
    keep(lambda: take(1))

    cluster.freeze()
    for _ in range(2):
        with pytest.raises(Unavailable), reading():
            seats.all()
    cluster.thaw()

    with reading():
        assert [row.place for row in seats.all()] == [1]


def test_a_database_that_goes_while_a_unit_of_work_ends_is_a_clean_refusal(place, monkeypatch):
    def gone(_unit: Unit) -> None:
        raise OperationalError("ROLLBACK", None, Exception("gone"))

    with monkeypatch.context() as patched, pytest.raises(Unavailable), looking():
        patched.setattr(Unit, "close", gone)

    with reading():
        assert session().scalar(text("SELECT 1")) == 1
