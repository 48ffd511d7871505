from dataclasses import replace

import pytest

from api import documents
from api.paging import cursor
from core.errors import Conflict, Malformed, NotFound
from core.identity import SYSTEM


def leave(run, viewer, key, **given):
    return run(viewer, "Leave", input=given, idempotencyKey=key)["leave"]


def test_keeps_what_a_mutation_did(door, viewer, keys):
    answer = leave(door, viewer, next(keys), name="one")

    assert answer["problems"] == []
    assert door(viewer, "Kept") == {"kept": 1}


def test_gives_native_values(door, viewer, keys, now):
    answer = leave(door, viewer, next(keys), name="one", at=now)

    assert (answer["at"], answer["on"], answer["clock"]) == (now, now.date(), now.time())


def test_raises_a_refusal_as_it_was_raised_and_keeps_nothing(door, viewer, keys):
    with pytest.raises(Conflict) as refused:
        leave(door, viewer, next(keys), name="full")

    assert refused.value.code == "round_full"
    assert door(viewer, "Kept") == {"kept": 0}


def test_leaves_a_fault_as_it_was_and_keeps_nothing(door, viewer, keys):
    with pytest.raises(ZeroDivisionError) as fault:
        leave(door, viewer, next(keys), name="fault")

    assert any(frame.name == "act" for frame in fault.traceback)
    assert door(viewer, "Kept") == {"kept": 0}


def test_answers_problems_as_data_and_keeps_nothing(door, viewer, keys):
    answer = leave(door, viewer, next(keys), name=" ")

    assert [(problem["code"], problem["field"]) for problem in answer["problems"]] == [("name_missing", "name")]
    assert answer["problems"][0]["message"]
    assert answer["reference"] is None
    assert door(viewer, "Kept") == {"kept": 0}


def test_calls_input_that_does_not_fit_malformed(door, viewer, keys):
    with pytest.raises(Malformed) as refused:
        door(viewer, "Leave", input={"nome": "one"}, idempotencyKey=next(keys))

    assert refused.value.code == "input_malformed"


def test_writes_down_a_reading_that_is_recorded(door, viewer):
    door(viewer, "Whispered")

    assert door(viewer, "Kept") == {"kept": 1}


def test_refuses_a_whole_query_for_one_missing_field(door, viewer):
    with pytest.raises(NotFound):
        door(viewer, "Missing")


def test_pages_on_by_the_cursor(door, viewer):
    page = door(viewer, "Rows", first=2)["rows"]
    rest = door(viewer, "Rows", first=3, after=page["pageInfo"]["endCursor"])["rows"]

    assert [row["name"] for row in page["nodes"] + rest["nodes"]] == list("01234")
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert page["totalCount"] == 5


@pytest.mark.parametrize("first", [0, -1, 101])
def test_refuses_a_page_of(door, viewer, first):
    with pytest.raises(Malformed) as refused:
        door(viewer, "Rows", first=first)

    assert (refused.value.code, refused.value.params["limit"]) == ("page_size", 100)


ODD = ("a\0b", "\ud800", 1 << 31, None, 0.5, ["x"])  # what no database takes, or no key of ours holds


@pytest.mark.parametrize("after", ["x", "é", "e30", "A" * 500, "WzE", "-", *map(cursor, ODD)])
def test_refuses_a_cursor_that_is_not_ours(door, viewer, after):
    with pytest.raises(Malformed) as refused:
        door(viewer, "Rows", first=1, after=after)

    assert refused.value.code == "cursor_unknown"


def test_knows_no_document_that_is_not_there(door, viewer):
    with pytest.raises(documents.UnfitDocument):
        door(viewer, "Nowhere")


def test_lets_the_service_itself_act(door, viewer, keys, now):
    assert leave(door, replace(viewer, actor=SYSTEM), next(keys), name="one")["reference"]


def test_takes_no_characters_that_no_database_takes(door, viewer, keys):
    with pytest.raises(Malformed) as refused:
        leave(door, viewer, next(keys), name="a\0b")

    assert refused.value.code == "characters_malformed"


def test_sends_as_few_statements_as_it_needs(door, viewer, count_statements):
    with count_statements() as sent:
        door(viewer, "Kept")

    assert len(sent) == 1
