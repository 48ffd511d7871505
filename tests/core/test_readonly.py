"""A switch, or a database that refuses: nothing is written, what is there is read, nobody has to switch back."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import NotSupportedError

from core import readonly
from core.db import keep, looking, reading, session, transaction
from core.errors import Unavailable
from tests.core.seats import take, taken

NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON seat_of_the_test FOR EACH ROW EXECUTE FUNCTION no_room()
"""


@pytest.fixture(autouse=True)
def forgotten():
    readonly.watch(None, switched=False)
    yield
    readonly.watch(None, switched=False)


@pytest.fixture
def refusing(place):
    """A database whose disk is full; it gives what makes room."""
    is_lite = place.dialect.name == "sqlite"

    def say(statement):
        connection = place.raw_connection()
        connection.cursor().execute(statement)
        connection.driver_connection.commit()
        connection.close()

    say("PRAGMA query_only = 1" if is_lite else NO_ROOM)
    return lambda: say("PRAGMA query_only = 0" if is_lite else "DROP TRIGGER full_disk ON seat_of_the_test")


def refused():
    with pytest.raises(Unavailable) as no:
        keep(lambda: take(1))
    return no.value


def test_the_switch_is_a_file_that_comes_and_goes(place, tmp_path):
    flag = tmp_path / readonly.FLAG
    readonly.watch(flag, switched=False)
    keep(lambda: take(1))

    flag.touch()
    assert readonly.is_on()
    assert (refused().code, refused().retry_after) == ("read_only", 60)
    assert taken() == [1]

    flag.unlink()
    keep(lambda: take(2))
    assert not readonly.is_on()


def test_the_switch_is_a_setting(place):
    readonly.watch(None, switched=True)

    assert refused().code == "read_only"
    assert taken() == []


def test_a_database_that_refuses_is_read_on_and_said_for_a_minute(place, refusing, monkeypatch):
    assert not readonly.is_on()
    assert refused().code == "read_only"
    assert readonly.is_on()
    assert refused().code == "read_only"
    assert taken() == []

    later = readonly.time.monotonic() + readonly.SAID_SECONDS
    monkeypatch.setattr(readonly.time, "monotonic", lambda: later)
    assert not readonly.is_on()


def test_a_write_is_tried_again_each_time(place, refusing):
    refused()
    refusing()

    keep(lambda: take(1))
    assert taken() == [1]


def test_knows_a_standby(place):
    fault = NotSupportedError("BEGIN", None, Exception("cannot set transaction read-write mode during recovery"))

    with pytest.raises(Unavailable) as no, transaction():
        raise fault
    assert no.value.code == "read_only"


def test_what_only_looks_is_no_sign_of_it(place):
    fault = NotSupportedError("BEGIN", None, Exception("cannot set transaction read-write mode during recovery"))

    with pytest.raises(NotSupportedError), looking():
        raise fault
    assert not readonly.is_on()


def test_no_other_fault_is_taken_for_it(place):
    with pytest.raises(ZeroDivisionError), transaction():
        raise ZeroDivisionError
    with reading():
        assert session().scalar(text("SELECT 1")) == 1
    assert not readonly.is_on()
