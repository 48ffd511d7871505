"""A file that arrives chunk by chunk: each step may be done again, nothing is taken in twice, nothing is left over."""

import pytest

from applications import transfers, uploads
from applications.models.draft import Draft
from applications.models.evidence import Evidence, Upload
from applications.models.transfer import Transfer, TransferChunk
from applications.transfers import SMALLEST_CHUNK
from applications.uploads import Purpose
from core.crypto import fingerprint
from core.db import keep, reading, session
from core.errors import Conflict, Malformed, NotFound, Rejected
from core.imaging import limits
from locator import queries as places
from tests.applications.conftest import VILLAGE, make_divisions
from tests.evidence import people
from tests.evidence.sending import PHOTO, begin, come_together, count, cut, send, standing

ITEM = "identity_document"


@pytest.fixture
def draft(citizen, now):
    keep(make_divisions)
    places.forget()
    keep(lambda: people.draft(citizen, "draft", now, answers={"region": VILLAGE}))
    return "draft"


def test_says_which_chunks_are_missing(citizen, store, now):
    transfer = begin(citizen, now)
    send(citizen, transfer, 1, now, store)

    found = standing(citizen, transfer, now)

    assert (found.chunks, found.missing, found.transfer.chunk_size) == (3, [0, 2], SMALLEST_CHUNK)
    assert [found.size_of(number) for number in range(3)] == [len(chunk) for chunk in cut(PHOTO)]


def test_becomes_an_upload_like_any_other(citizen, store, now):
    transfer = begin(citizen, now, name="../\u202e身份证.png")

    token, _ = come_together(citizen, transfer, now, store)

    with reading():
        upload = uploads.find(citizen, token)
        assert (upload.name, upload.media_type, upload.width) == ("身份证.png", "image/jpeg", 64)
    found = standing(citizen, transfer, now)
    assert (found.missing, found.stored, found.transfer.upload_id) == ([], (), token)


def test_stands_where_it_was_meant_for(citizen, draft, store, now):
    transfer = begin(citizen, now, draft_id=draft, item=ITEM)

    token, _ = come_together(citizen, transfer, now, store)

    with reading():
        (paper,) = uploads.of_draft(draft)
        assert (paper.upload_id, paper.item) == (token, ITEM)


def test_is_not_begun_for_a_paper_that_is_on_no_list(citizen, neighbour, draft, now):
    with pytest.raises(Malformed, match="evidence_item_unknown"):
        begin(citizen, now, draft_id=draft, item="banner")
    with pytest.raises(NotFound):
        begin(neighbour, now, draft_id=draft, item=ITEM)
    assert count(Transfer) == 0


def test_keeps_nothing_where_its_draft_was_handed_in_meanwhile(citizen, draft, store, now):
    transfer = begin(citizen, now, draft_id=draft, item=ITEM)
    for number in range(3):
        send(citizen, transfer, number, now, store)
    keep(lambda: hand_in(draft, now))
    prepared = uploads.prepare(citizen, Purpose.EVIDENCE, PHOTO)

    with pytest.raises(Conflict, match="draft_handed_in"):
        keep(lambda: transfers.finish(citizen, transfer, prepared, now=now))

    assert (count(Upload), count(Evidence)) == (0, 0)
    assert standing(citizen, transfer, now).missing == []


def hand_in(draft, now):
    session().get_one(Draft, draft).submitted_at = now


def test_each_step_may_be_done_again(citizen, store, now):
    transfer = begin(citizen, now)
    assert send(citizen, transfer, 0, now, store)
    assert send(citizen, transfer, 0, now, store) is None
    token, _ = come_together(citizen, transfer, now, store)
    other = uploads.prepare(citizen, Purpose.EVIDENCE, PHOTO)

    assert keep(lambda: transfers.finish(citizen, transfer, other, now=now)) == token
    assert send(citizen, transfer, 0, now, store) is None
    assert keep(lambda: transfers.cancel(citizen, transfer, now=now)) == []
    assert standing(citizen, transfer, now).transfer.upload_id == token
    assert (count(Upload), count(TransferChunk)) == (1, 0)


def test_a_chunk_that_comes_twice_at_once_is_written_once(citizen, store, now):
    transfer, chunk = begin(citizen, now), cut(PHOTO)[0]

    for _ in range(2):
        assert keep(lambda: transfers.note(citizen, transfer, 0, fingerprint(chunk), now=now))

    assert count(TransferChunk) == 1


def test_a_chunk_that_comes_after_all_is_over_is_not_needed(citizen, store, now):
    transfer = begin(citizen, now)
    come_together(citizen, transfer, now, store)

    assert not keep(lambda: transfers.note(citizen, transfer, 0, fingerprint(cut(PHOTO)[0]), now=now))
    assert count(TransferChunk) == 0


def test_another_chunk_by_the_same_number_is_refused(citizen, store, now):
    transfer = begin(citizen, now)
    send(citizen, transfer, 0, now, store)
    other = b"x" * SMALLEST_CHUNK

    with pytest.raises(Conflict, match="chunk_differs"), reading():
        transfers.awaited(citizen, transfer, 0, other, now=now)
    with pytest.raises(Conflict, match="chunk_differs"):
        keep(lambda: transfers.note(citizen, transfer, 0, fingerprint(other), now=now))


@pytest.mark.parametrize(("number", "data"), [(3, b"x"), (-1, b"x"), (0, b"x"), (2, b"x" * SMALLEST_CHUNK)])
def test_what_is_no_chunk_of_the_file_is_refused(citizen, store, now, number, data):
    transfer = begin(citizen, now)

    with pytest.raises(Malformed), reading():
        transfers.awaited(citizen, transfer, number, data, now=now)


def test_does_not_come_together_before_all_is_there(citizen, store, now):
    transfer = begin(citizen, now)
    send(citizen, transfer, 0, now, store)

    with pytest.raises(Conflict) as refused:
        transfers.whole(citizen, standing(citizen, transfer, now))

    assert (refused.value.code, refused.value.params) == ("chunks_missing", {"chunks": 2})


def test_a_file_that_is_not_what_was_announced_is_refused(citizen, store, now):
    transfer = begin(citizen, now, sha256=fingerprint(b"another"))
    for number in range(3):
        send(citizen, transfer, number, now, store)

    with pytest.raises(Rejected) as refused:
        transfers.whole(citizen, standing(citizen, transfer, now))

    assert [one.code for one in refused.value.problems] == ["file_changed_on_the_way"]


@pytest.mark.parametrize(
    ("more", "expected"), [({"size": 0}, "file_empty"), ({"size": limits.FILE_BYTES + 1}, "file_too_big")]
)
def test_a_file_that_would_be_refused_is_not_begun(citizen, now, more, expected):
    with pytest.raises(Rejected) as refused:
        begin(citizen, now, **more)

    assert [one.code for one in refused.value.problems] == [expected]


@pytest.mark.parametrize("more", [{"sha256": "x"}, {"draft_id": "draft"}, {"item": ITEM}])
def test_what_does_not_fit_together_is_refused(citizen, now, more):
    with pytest.raises(Malformed, match="transfer_malformed"):
        begin(citizen, now, **more)
