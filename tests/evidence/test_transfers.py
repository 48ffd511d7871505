"""A file that arrives chunk by chunk: each step may be done again, nothing is taken in twice, nothing is left over."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from applications import sweeping, transfers, uploads
from applications.models.draft import Draft
from applications.models.evidence import Evidence, Upload
from applications.models.transfer import Transfer, TransferChunk
from applications.sweeping import Swept
from applications.transfers import PLACES, SMALLEST_CHUNK, Wish
from applications.uploads import Purpose
from core.crypto import fingerprint
from core.db import keep, reading, session
from core.errors import Conflict, Malformed, NotFound, NotSignedIn, Rejected, TooMany
from core.identity import ANYONE
from core.imaging import limits
from locator import queries as places
from tests.applications.conftest import VILLAGE, make_divisions
from tests.evidence import people, samples

PHOTO = samples.PNG_SMALL + b"\0" * 40_000  # three chunks; what follows a picture is left behind
ITEM = "identity_document"


@pytest.fixture
def citizen(db, now):
    return keep(lambda: people.person("citizen", now))


@pytest.fixture
def neighbour(db, now):
    return keep(lambda: people.person("neighbour", now))


@pytest.fixture
def draft(citizen, now):
    keep(make_divisions)
    places.forget()
    keep(lambda: people.draft(citizen, "draft", now, answers={"region": VILLAGE}))
    return "draft"


def wish(data=PHOTO, **more):
    return Wish(**{"name": "a.png", "size": len(data), "sha256": fingerprint(data), "chunk_size": 1} | more)


def begin(actor, now, data=PHOTO, **more):
    return keep(lambda: transfers.begin(actor, wish(data, **more), now=now).id)


def cut(data):
    return [data[at : at + SMALLEST_CHUNK] for at in range(0, len(data), SMALLEST_CHUNK)]


def send(actor, transfer, number, now, store, data=PHOTO):
    chunk = cut(data)[number]
    with reading():
        key = transfers.awaited(actor, transfer, number, chunk, now=now)
    if key:
        store.put(key, chunk, "application/octet-stream")
        assert keep(lambda: transfers.note(actor, transfer, number, fingerprint(chunk), now=now))
    return key


def standing(actor, transfer, now):
    with reading():
        return transfers.standing(actor, transfer, now=now)


def come_together(actor, transfer, now, store, data=PHOTO):
    for number in range(len(cut(data))):
        send(actor, transfer, number, now, store, data)
    prepared = uploads.prepare(actor, Purpose.EVIDENCE, transfers.whole(actor, standing(actor, transfer, now)))
    return keep(lambda: transfers.finish(actor, transfer, prepared, now=now)), prepared


def count(model):
    with reading():
        return session().scalar(select(func.count()).select_from(model))


def written_at(store, moment):
    for one in store.stored():
        os.utime(store.root / one.key, (moment.timestamp(), moment.timestamp()))


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


def test_one_person_has_a_few_files_on_their_way(citizen, neighbour, store, now):
    first, *_ = [begin(citizen, now) for _ in range(PLACES)]

    with pytest.raises(TooMany, match="transfers_open"):
        begin(citizen, now)
    begin(neighbour, now)
    keep(lambda: transfers.cancel(citizen, first, now=now))
    second = begin(citizen, now)
    come_together(citizen, second, now, store)

    assert begin(citizen, now)


def test_of_two_who_take_the_same_place_the_second_takes_another(citizen, monkeypatch, now):
    begin(citizen, now)
    look = transfers._free_place
    seen = iter([0])  # what somebody sees who looked a moment too early
    monkeypatch.setattr(transfers, "_free_place", lambda actor: next(seen, None) or look(actor))

    begin(citizen, now)

    with reading():
        assert set(session().scalars(select(Transfer.place))) == {0, 1}


def test_a_day_has_its_quota_here_too(citizen, store, now, monkeypatch):
    def enough(_actor, *, now):
        raise TooMany("upload_quota")

    monkeypatch.setattr(uploads, "allow", enough)

    with pytest.raises(TooMany, match="upload_quota"):
        begin(citizen, now)


def test_is_nobody_elses_business(citizen, neighbour, store, now):
    transfer, chunk = begin(citizen, now), cut(PHOTO)[0]
    send(citizen, transfer, 0, now, store)
    prepared = uploads.prepare(neighbour, Purpose.EVIDENCE, PHOTO)

    for ask in (
        lambda: transfers.standing(neighbour, transfer, now=now),
        lambda: transfers.awaited(neighbour, transfer, 0, chunk, now=now),
        lambda: transfers.note(neighbour, transfer, 0, fingerprint(chunk), now=now),
        lambda: transfers.finish(neighbour, transfer, prepared, now=now),
    ):
        with pytest.raises(NotFound):
            keep(ask)
    assert keep(lambda: transfers.cancel(neighbour, transfer, now=now)) == []
    with pytest.raises(NotSignedIn):
        keep(lambda: transfers.begin(ANYONE, wish(), now=now))
    assert standing(citizen, transfer, now).missing == [1, 2]


def test_cancelling_names_what_is_to_be_deleted(citizen, store, now):
    transfer = begin(citizen, now)
    key = send(citizen, transfer, 2, now, store)

    assert keep(lambda: transfers.cancel(citizen, transfer, now=now)) == [key]
    assert keep(lambda: transfers.cancel(citizen, transfer, now=now)) == []
    assert (count(Transfer), count(TransferChunk)) == (0, 0)


def test_what_nobody_finished_goes_after_three_days(citizen, store, now):
    transfer = begin(citizen, now)
    send(citizen, transfer, 0, now, store)
    written_at(store, now)

    assert sweeping.sweep(now=now + timedelta(days=2)) == Swept(0, 0)
    assert sweeping.sweep(now=now + timedelta(days=3)) == Swept(0, 1)
    assert (count(Transfer), count(TransferChunk), list(store.stored())) == (0, 0, [])
    with pytest.raises(NotFound):
        standing(citizen, transfer, now)


def test_its_time_is_up_before_it_is_swept(citizen, now):
    transfer = begin(citizen, now)

    with pytest.raises(NotFound):
        standing(citizen, transfer, now + timedelta(days=3))


def test_a_chunk_no_row_knows_is_swept(citizen, store, now):
    transfer = begin(citizen, now)
    store.put(transfers.key_of(transfer, 0, "x"), b"x", "application/octet-stream")
    written_at(store, now)

    assert sweeping.sweep(now=now + timedelta(minutes=59)) == Swept(0, 0)
    assert sweeping.sweep(now=now + timedelta(hours=1)) == Swept(0, 1)


def test_chunks_somebody_took_away_are_not_found(citizen, store, now, monkeypatch):
    transfer = begin(citizen, now)
    for number in range(3):
        send(citizen, transfer, number, now, store)
    found = standing(citizen, transfer, now)
    monkeypatch.setattr(store, "root", store.root / "elsewhere")

    with pytest.raises(NotFound):
        transfers.whole(citizen, found)
