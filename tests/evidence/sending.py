"""Sending a file chunk by chunk, without a face."""

import os

from sqlalchemy import func, select

from applications import transfers, uploads
from applications.transfers import SMALLEST_CHUNK, Wish
from applications.uploads import Purpose
from core.crypto import fingerprint
from core.db import keep, reading, session
from tests.evidence import samples

PHOTO = samples.PNG_SMALL + b"\0" * 40_000  # three chunks; what follows a picture is left behind


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
