"""A photograph over a 2G line that loses every second request, and a service that is killed meanwhile (E10)."""

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta

import requests
from sqlalchemy import select

from applications import sweeping, transfers
from applications.models.evidence import Upload
from applications.models.transfer import Transfer, TransferChunk
from core import storage
from core.db import reading, session
from tests.evidence.samples import photo, saved
from tests.faults import judge
from tests.lossy import Fate, Line

PHONE = "13800003001"
CHUNK = 16 << 10
MOST_TRIES = 12
SIZE = (1000, 750)


def a_photograph():
    made = photo(SIZE)
    made.putdata([(x * 7 % 256, x // 3 % 256, x * x % 251) for x in range(SIZE[0] * SIZE[1])])
    return saved(made, "JPEG", quality=30)


class Telephone:
    """Asks again until it hears an answer, as a careful client does."""

    def __init__(self, address, headers):
        self.address, self.headers = f"{address}/m/v1/transfers", headers

    def ask(self, method, path="", **more):
        headers = self.headers | more.pop("headers", {})
        for _ in range(MOST_TRIES):
            try:
                answer = requests.request(method, self.address + path, headers=headers, timeout=60, **more)
            except requests.RequestException:
                continue
            assert answer.ok, answer.text
            return answer.json() if answer.content else None
        raise AssertionError(f"nobody answered {method} {path}")

    def begin(self, data):
        said = {"name": "工资欠条.jpg", "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        key = {"Idempotency-Key": secrets.token_urlsafe(16)}
        return self.ask("POST", json=said | {"chunkBytes": CHUNK}, headers=key)

    def send(self, transfer, data, numbers):
        for number in numbers:
            chunk = data[number * CHUNK : (number + 1) * CHUNK]
            digest = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
            told = {"Content-Digest": f"sha-256=:{digest}:", "Content-Type": "application/octet-stream"}
            self.ask("PUT", f"/{transfer}/chunks/{number}", data=chunk, headers=told)


def test_every_byte_arrives_once_and_nothing_is_left_over(house):
    data = a_photograph()
    house.start()
    (user,) = house.sign_in(PHONE)
    with Line(house.port) as line:
        telephone = Telephone(line.address, user)
        begun = telephone.begin(data)
        half = begun["chunks"] // 2
        telephone.send(begun["id"], data, begun["missing"][:half])

        house.kill()  # -9: what was acknowledged is there
        house.start()
        standing = telephone.ask("GET", f"/{begun['id']}")
        assert standing["missing"] == list(range(half, begun["chunks"]))
        telephone.send(begun["id"], data, standing["missing"])
        upload = telephone.ask("POST", f"/{begun['id']}/finish")["upload"]
        assert telephone.ask("POST", f"/{begun['id']}/finish")["upload"]["token"] == upload["token"]

        given_up = telephone.begin(data)
        telephone.send(given_up["id"], data, [0, 1])
        telephone.ask("DELETE", f"/{given_up['id']}")

    assert_every_step_was_lost_and_done_again(line.seen)
    with reading():
        (row,) = session().scalars(select(Upload)).all()
        assert (row.id, row.width, row.height, row.name) == (upload["token"], *SIZE, "工资欠条.jpg")
        assert session().scalars(select(Transfer.upload_id)).all() == [row.id]
        assert session().scalars(select(TransferChunk)).all() == []
    assert upload["sha256"] == house.send(user, data).json()["sha256"]  # what comes whole is made into the same
    sweeping.sweep(now=datetime.now(UTC) + timedelta(hours=2))
    assert list(storage.current().stored(transfers.FOLDER)) == []
    with reading():
        assert judge.stray() == (set(), set())


def assert_every_step_was_lost_and_done_again(seen):
    lost = {(method, fate) for method, _, fate in seen if fate is not Fate.PASSES}
    assert {("PUT", Fate.BEFORE), ("PUT", Fate.HALFWAY), ("PUT", Fate.AFTER)} <= lost
    assert sum(fate is not Fate.PASSES for _, _, fate in seen) >= len(seen) // 2
