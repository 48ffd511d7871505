"""A disk that is full refuses cleanly, acknowledges nothing, and needs nobody to recover (TRUST R8)."""

from datetime import UTC, datetime, timedelta

import pytest

from applications import sweeping
from core.db import reading
from tests.evidence import samples
from tests.faults import judge

TOMORROW = timedelta(days=1, hours=1)
FULL = 4096  # bytes: the log, the database and every picture are larger than this
PHONE = "13800000401"


@pytest.fixture
def served(house):
    house.start()
    (house.user,) = house.sign_in(PHONE)
    return house


def code_of(answer):
    return answer.json()["errors"][0]["extensions"]["code"]


def test_refuses_a_file_and_takes_it_when_there_is_room_again(served):
    served.fill_the_disk(FULL)
    refused = [served.send(served.user, samples.jpeg()) for _ in range(3)]

    assert [answer.status_code for answer in refused] == [503] * 3
    assert [code_of(answer) for answer in refused] == ["storage_unavailable"] * 3
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    with reading():
        assert judge.stray() == (set(), set())

    served.empty_the_disk()
    assert served.send(served.user, samples.jpeg()).status_code == 201
    with reading():
        assert judge.stray() == (set(), set())


def test_keeps_showing_pages_though_no_log_can_be_written(served):
    served.fill_the_disk(0)

    assert served.answers("/")
    assert served.answers("/help")
    assert served.answers("/readyz")


def test_the_embedded_database_refuses_too_and_leaves_no_file_after_the_sweep(served):
    if "sqlite" not in served.database_url:
        pytest.skip("PostgreSQL's disk is its own")
    with reading():
        before = judge.stray()
    served.fill_the_disk(FULL)

    refused = served.adapter.do("SendCode", {"phone": "13800000402"})
    small = served.send(served.user, samples.PNG_SMALL)

    assert (refused.status_code, small.status_code) == (503, 503)
    assert code_of(refused) == "read_only"
    served.empty_the_disk()
    sweeping.sweep(now=datetime.now(UTC) + TOMORROW)  # the file of a row that may have been kept is left to the sweep
    with reading():
        assert judge.stray() == before == (set(), set())
    assert served.send(served.user, samples.PNG_SMALL).status_code == 201
