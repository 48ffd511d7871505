from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from core import db, idempotency
from core.errors import Conflict, Malformed

KEY = "a-key-of-the-right-length"


def leave(run, viewer, key=KEY, **given):
    return run(viewer, "Leave", input=given, idempotencyKey=key)["leave"]


def test_gives_the_same_answer_to_the_same_key(door, viewer, now):
    first = leave(door, viewer, name="one", at=now)
    later = leave(door, replace(viewer, now=now + timedelta(hours=23)), name="one", at=now)

    assert later == first
    assert list(later) == list(first)
    assert door(viewer, "Kept") == {"kept": 1}


def test_gives_the_same_answer_also_when_meanwhile_full(door, viewer, neighbour):
    first = leave(door, viewer, name="one", place="last")
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        leave(door, neighbour, name="one", place="last")

    assert leave(door, viewer, name="one", place="last") == first


def test_refuses_a_key_that_was_used_for_something_else(door, viewer):
    leave(door, viewer, name="one")

    with pytest.raises(Conflict) as refused:
        leave(door, viewer, name="two")

    assert refused.value.code == "idempotency_key_reused"


def test_keeps_the_keys_of_people_apart(door, viewer, neighbour, stranger):
    answers = {leave(door, somebody, name="one")["reference"] for somebody in (viewer, neighbour, stranger)}

    assert len(answers) == 3


def test_forgets_after_a_day(door, viewer, now):
    first = leave(door, viewer, name="one")
    later = leave(door, replace(viewer, now=now + timedelta(hours=24)), name="two")

    assert later["reference"] != first["reference"]


def test_does_not_remember_what_was_refused(door, viewer):
    with pytest.raises(Conflict):
        leave(door, viewer, name="full")

    assert leave(door, viewer, name="one")["reference"]


def test_does_not_remember_problems(door, viewer):
    assert leave(door, viewer, name=" ")["problems"]

    assert leave(door, viewer, name="one")["reference"]


def test_keeps_what_was_done_but_not_the_answer_where_an_action_keeps_and_has_problems(door, viewer):
    """A wrong code is counted, and may be right next time."""
    assert [leave(door, viewer, name="hesitant")["problems"][0]["code"] for _ in range(2)] == ["code_wrong"] * 2

    assert door(viewer, "Kept") == {"kept": 2}


def test_never_stores_a_secret(door, viewer):
    first = door(viewer, "Whisper", k=KEY)

    assert door(viewer, "Whisper", k=KEY) != first
    with db.reading() as current:
        assert current.scalars(select(idempotency.Answered)).all() == []


@pytest.mark.parametrize(
    "key", ["short", "a" * 65, "spaces are not allowed", "汉字汉字汉字汉字汉字汉字汉字汉字", None, 7]
)
def test_refuses_a_key_like(door, viewer, key):
    with pytest.raises(Malformed) as refused:
        leave(door, viewer, key=key, name="one")

    assert refused.value.code == "idempotency_key_malformed"


def test_seals_answers_and_hashes_input_with_a_key(door, viewer):
    answer = leave(door, viewer, name="one")

    with db.reading() as current:
        stored, digest = current.connection().exec_driver_sql("SELECT answer, digest FROM idempotency").one()
    assert answer["reference"] not in stored
    assert digest != idempotency.digest("Leave", {"input": {"name": "two"}})


def test_sweeps_what_is_old(door, viewer, now):
    leave(door, viewer, name="one")

    swept = [db.keep(lambda at=at: idempotency.sweep(now=at)) for at in (now, now + timedelta(hours=25))]

    assert swept == [0, 1]


def test_is_kept_once_when_the_same_key_comes_twelve_times_at_once(live, viewer):
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: leave(live, viewer, name="one")["reference"], range(12)))

    assert len(set(answers)) == 1
    assert live(viewer, "Kept") == {"kept": 1}


def test_is_kept_for_one_when_two_want_the_last_place_again_and_again(live, viewer, neighbour):
    def attempt(number):
        somebody = (viewer, neighbour)[number % 2]
        try:
            return leave(live, somebody, name="one", place="last")["reference"]
        except Exception as lost:  # noqa: BLE001  # the small contract does not look before it takes
            return type(lost).__name__

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(attempt, range(8)))

    assert len(answers - {"IntegrityError"}) == 1
    assert live(viewer, "Kept") == {"kept": 1}
