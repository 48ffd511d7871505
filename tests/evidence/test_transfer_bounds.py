"""Files on their way take a little room, for a while, and are nobody else's business."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from applications import sweeping, transfers, uploads
from applications.models.transfer import Transfer, TransferChunk
from applications.sweeping import Swept
from applications.transfers import PLACES
from applications.uploads import Purpose
from core.crypto import fingerprint
from core.db import keep, reading, session
from core.errors import NotFound, NotSignedIn, TooMany
from core.identity import ANYONE
from tests.evidence.sending import PHOTO, begin, come_together, count, cut, send, standing, wish, written_at


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
