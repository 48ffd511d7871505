"""Files over HTTP, chunk by chunk: what is sent, what comes back, and what is refused before it costs anything."""

import base64
import hashlib
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from applications import transfers, uploads
from applications.models.evidence import Upload
from applications.models.transfer import Transfer
from core import storage
from core.db import keep, reading, session
from core.errors import Unavailable
from tests.evidence import people, samples

TRANSFERS = "/m/v1/transfers"
KEY = "a-key-of-sixteen-or-more"
PHOTO = samples.PNG_SMALL + b"\0" * 20_000


@pytest.fixture
def instant():
    """The real moment: tokens are judged by the clock at the edge."""
    return datetime.now(UTC)


@pytest.fixture
def phone(client, instant):
    """Give the telephone of somebody who signed in: it begins, sends, asks."""
    headers = keep(lambda: people.bearer(people.person("citizen", instant), instant))
    return Phone(client, headers)


class Phone:
    def __init__(self, client, headers):
        self.client, self.headers = client, headers

    def ask(self, method, path="", headers=None, **more):
        return self.client.open(TRANSFERS + path, method=method, headers=self.headers | (headers or {}), **more)

    def begin(self, key=KEY, **changed):
        said = {"name": "a.png", "bytes": len(PHOTO), "sha256": sha256(PHOTO).hex(), "chunkBytes": 16384} | changed
        return self.ask("POST", json=said, headers={"Idempotency-Key": key})

    def put(self, transfer, number, chunk, digest=None):
        digest = digest or f"sha-256=:{base64.b64encode(sha256(chunk)).decode()}:"
        return self.ask("PUT", f"/{transfer}/chunks/{number}", headers={"Content-Digest": digest}, data=chunk)

    def send(self, transfer):
        return [self.put(transfer, number, PHOTO[number * 16384 :][:16384]) for number in range(2)]


def sha256(data):
    return hashlib.sha256(data).digest()


def code(answer):
    said = answer.json["errors"][0]["extensions"]
    return said["problems"][0]["code"] if "problems" in said else said["code"]


def rows(model):
    with reading():
        return session().scalar(select(func.count()).select_from(model))


def test_a_file_comes_chunk_by_chunk(phone, store):
    begun = phone.begin()
    transfer = begun.json["id"]

    sent = phone.send(transfer)
    finished = phone.ask("POST", f"/{transfer}/finish")

    assert (begun.status_code, begun.headers["Cache-Control"]) == (201, "no-store")
    assert {name: begun.json[name] for name in ("bytes", "chunkBytes", "chunks", "missing", "upload")} == {
        "bytes": len(PHOTO),
        "chunkBytes": 16384,
        "chunks": 2,
        "missing": [0, 1],
        "upload": None,
    }
    assert [one.json for one in sent] == [{"number": 0, "remaining": 1}, {"number": 1, "remaining": 0}]
    assert (finished.status_code, finished.json["missing"]) == (201, [])
    said = finished.json["upload"]
    assert (said["name"], said["mediaType"], said["width"], len(said["token"])) == ("a.png", "image/jpeg", 64, 22)
    assert phone.client.get(said["url"], headers=phone.headers).status_code == 200
    assert list(store.stored(transfers.FOLDER)) == []


def test_whoever_heard_no_answer_asks_again(phone, store):
    first, again = phone.begin(), phone.begin()
    transfer = first.json["id"]
    for _ in range(2):
        phone.send(transfer)
    tokens = {phone.ask("POST", f"/{transfer}/finish").json["upload"]["token"] for _ in range(2)}
    late = phone.put(transfer, 0, PHOTO[:16384])

    assert again.json == first.json
    assert tokens == {phone.ask("GET", f"/{transfer}").json["upload"]["token"]}
    assert late.json == {"number": 0, "remaining": 0}
    assert (rows(Transfer), rows(Upload)) == (1, 1)
    assert len(list(store.stored())) == 2  # the picture, and a small one


def test_another_file_by_the_same_key_is_refused(phone):
    phone.begin()

    answer = phone.begin(name="b.png")

    assert (answer.status_code, code(answer)) == (409, "idempotency_key_reused")


def test_cancelling_leaves_nothing(phone, store):
    transfer = phone.begin().json["id"]
    phone.send(transfer)

    assert [phone.ask("DELETE", f"/{transfer}").status_code for _ in range(2)] == [204, 204]
    assert phone.ask("GET", f"/{transfer}").status_code == 404
    assert (rows(Transfer), list(store.stored())) == (0, [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"{}",
        json.dumps({"name": "a", "bytes": 1}).encode(),
        json.dumps({"name": "a", "bytes": True, "sha256": "0" * 64}).encode(),
        json.dumps({"name": "a", "bytes": 1.5, "sha256": "0" * 64}).encode(),
        json.dumps({"name": "a", "bytes": 1 << 40, "sha256": "0" * 64}).encode(),
        json.dumps({"name": "a\0", "bytes": 1, "sha256": "0" * 64}).encode(),
        json.dumps({"name": "\ud800", "bytes": 1, "sha256": "0" * 64}).encode(),
        json.dumps({"name": "a", "bytes": 1, "sha256": "0" * 64, "draft": 1, "item": "x"}).encode(),
        json.dumps({"name": "a", "bytes": 1, "sha256": "0" * 64, "draft": "d"}).encode(),
        b"[" * 3_000,
    ],
)
def test_what_does_not_fit_is_refused(phone, body):
    answer = phone.ask("POST", data=body, headers={"Idempotency-Key": KEY})

    assert (answer.status_code, code(answer)) == (400, "transfer_malformed")
    assert rows(Transfer) == 0


def test_a_beginning_is_short_and_brings_a_key(phone):
    long = phone.ask("POST", data=b" " * 5_000, headers={"Idempotency-Key": KEY})
    keyless = phone.ask("POST", json={})
    odd = phone.begin(purpose="banner")

    assert (long.status_code, code(long)) == (413, "limit_body")
    assert (keyless.status_code, code(keyless)) == (400, "idempotency_key_malformed")
    assert (odd.status_code, code(odd)) == (400, "purpose_unknown")


def test_a_chunk_says_what_it_is(phone, store):
    transfer = phone.begin().json["id"]
    chunk = PHOTO[:16384]
    other = base64.b64encode(sha256(b"x")).decode()

    for answer, expected in (
        (phone.put(transfer, 0, chunk, digest="x"), (400, "chunk_digest_missing")),
        (phone.put(transfer, 0, chunk, digest=f"sha-256=:{other}:"), (422, "chunk_damaged")),
        (phone.put(transfer, 0, chunk[:-1]), (400, "chunk_size")),
        (phone.put(transfer, 9, chunk), (400, "chunk_unknown")),
        (phone.put(transfer, 0, b"x" * (1 << 20) + b"x"), (413, "limit_body")),
        (phone.put("nothing", 0, chunk), (404, "not_found")),
    ):
        assert (answer.status_code, code(answer)) == expected
    assert list(store.stored()) == []


def test_what_is_no_picture_is_refused_when_it_is_here_and_again(phone, store):
    data = b"<html>" + samples.SCRIPT
    transfer = phone.begin(bytes=len(data), sha256=sha256(data).hex()).json["id"]
    phone.put(transfer, 0, data)

    for _ in range(2):
        answer = phone.ask("POST", f"/{transfer}/finish")
        assert (answer.status_code, code(answer)) == (422, "file_kind_not_allowed")
    assert (rows(Upload), len(list(store.stored()))) == (0, 1)


def test_of_two_who_finish_at_once_both_hear_of_one_file(phone, store, monkeypatch):
    transfer = phone.begin().json["id"]
    phone.send(transfer)
    prepare = uploads.prepare

    def slowly(*given):
        monkeypatch.setattr(uploads, "prepare", prepare)
        made = prepare(*given)
        other.append(phone.ask("POST", f"/{transfer}/finish").json["upload"]["token"])
        return made

    other = []
    monkeypatch.setattr(uploads, "prepare", slowly)

    mine = phone.ask("POST", f"/{transfer}/finish").json["upload"]["token"]

    assert other == [mine]
    assert (rows(Upload), len(list(store.stored()))) == (1, 2)


def test_chunks_taken_away_by_who_was_quicker_are_no_fault(phone, store, monkeypatch):
    transfer = phone.begin().json["id"]
    phone.send(transfer)
    whole = transfers.whole

    def late(actor, found):
        monkeypatch.setattr(transfers, "whole", whole)
        phone.ask("POST", f"/{transfer}/finish")
        return whole(actor, found)

    monkeypatch.setattr(transfers, "whole", late)

    assert phone.ask("POST", f"/{transfer}/finish").json["upload"]["width"] == 64
    assert rows(Upload) == 1


def test_a_chunk_that_comes_while_its_transfer_is_cancelled_is_not_kept(phone, store, monkeypatch):
    transfer = phone.begin().json["id"]
    put = store.put

    def late(*given):
        put(*given)
        phone.ask("DELETE", f"/{transfer}")

    monkeypatch.setattr(store, "put", late)

    assert phone.put(transfer, 0, PHOTO[:16384]).status_code == 404
    assert list(store.stored()) == []


def test_what_cannot_be_deleted_now_is_left_to_the_sweep(phone, store, monkeypatch):
    transfer = phone.begin().json["id"]
    phone.send(transfer)

    def away(_key):
        raise Unavailable("storage_unavailable")

    monkeypatch.setattr(storage.LocalStore, "delete", lambda _self, key: away(key))

    assert phone.ask("POST", f"/{transfer}/finish").status_code == 201


def test_is_nobody_elses_business(phone, instant):
    transfer = phone.begin().json["id"]
    neighbour = Phone(phone.client, keep(lambda: people.bearer(people.person("neighbour", instant), instant)))

    for stranger, status in ((neighbour, 404), (Phone(phone.client, {}), 401)):
        assert stranger.ask("GET", f"/{transfer}").status_code == status
        assert stranger.put(transfer, 0, PHOTO[:16384]).status_code == status
        assert stranger.ask("POST", f"/{transfer}/finish").status_code == status
    assert neighbour.ask("DELETE", f"/{transfer}").status_code == 204
    assert phone.ask("GET", f"/{transfer}").status_code == 200


def test_a_cookie_alone_changes_nothing(client, phone, instant):
    token = phone.headers["Authorization"].removeprefix("Bearer ")
    client.set_cookie("__Host-access", token, secure=True)
    browser = Phone(client, {})

    for method, path in (("POST", ""), ("PUT", "/x/chunks/0"), ("POST", "/x/finish"), ("DELETE", "/x")):
        answer = browser.ask(method, path, base_url="https://127.0.0.1")
        assert 400 <= answer.status_code < 500, (method, path)
        assert answer.status_code != 404, (method, path)
