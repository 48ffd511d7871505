"""Where files lie: the same promises for a folder and for a bucket."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from moto.server import ThreadedMotoServer

from core import storage
from core.errors import NotFound, Unavailable

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bucket():
    """A bucket of a real S3 service on a real socket."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    requests.put(f"{url}/files", timeout=5).raise_for_status()
    yield {
        "aws_endpoint": url,
        "aws_access_key_id": "a",
        "aws_secret_access_key": "b",
        "aws_region": "us-east-1",
    }
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    if request.param == "folder":
        return storage.make(f"file://{tmp_path}/with%20space/files")
    return storage.make(f"s3://files/{tmp_path.name}", request.getfixturevalue("bucket"))


def test_gives_back_what_was_put(place):
    place.put("uploads/ab/x.jpg", b"one", "image/jpeg")
    place.put("uploads/ab/x.jpg", b"two", "image/jpeg")

    assert place.get("uploads/ab/x.jpg") == b"two"
    assert b"".join(place.open("uploads/ab/x.jpg")) == b"two"


def test_gives_large_files_in_pieces(place):
    data = bytes(range(256)) * 4_000

    place.put("uploads/large", data, "application/pdf")

    assert b"".join(place.open("uploads/large")) == data


def test_has_nothing_where_nothing_was_put(place):
    for look in place.get, place.open:
        with pytest.raises(NotFound):
            look("uploads/ab/none.jpg")


def test_forgets_what_is_deleted_also_twice(place):
    place.put("uploads/x", b"x", "image/jpeg")

    place.delete("uploads/x")
    place.delete("uploads/x")

    assert list(place.stored()) == []


def test_lists_by_prefix_with_sizes_and_moments(place):
    place.put("uploads/ab/x", b"123", "image/jpeg")
    place.put("letters/y", b"1", "image/jpeg")

    (found,) = place.stored("uploads/")

    assert (found.key, found.size) == ("uploads/ab/x", 3)
    assert abs(found.written_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert {one.key for one in place.stored()} == {"uploads/ab/x", "letters/y"}


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a//b", "a/../b", "", ".hidden", "a/.", "a\0b", "x" * 201])
def test_takes_no_key_that_leaves_its_folder(place, key):
    for use in place.get, place.delete, lambda key: place.put(key, b"", "image/jpeg"):
        with pytest.raises(ValueError, match="not a key"):
            use(key)


def test_folder_is_for_us_alone(tmp_path):
    storage.LocalStore(tmp_path / "files").put("uploads/x", b"x", "image/jpeg")

    assert stat.S_IMODE((tmp_path / "files" / "uploads" / "x").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "files" / "uploads").stat().st_mode) == 0o700


def test_folder_that_cannot_be_written_says_come_back(tmp_path):
    (tmp_path / "files").write_text("no folder")

    with pytest.raises(Unavailable) as away:
        storage.LocalStore(tmp_path / "files").put("uploads/x", b"x", "image/jpeg")

    assert (away.value.code, away.value.retry_after) == ("storage_unavailable", 30)


def test_full_disk_leaves_nothing_behind():
    place = storage.LocalStore(Path("/dev/full"))

    with pytest.raises(Unavailable):
        place.put("uploads/x", b"x", "image/jpeg")
    with pytest.raises(Unavailable):
        place.get("uploads/x")


def test_bucket_that_is_away_says_come_back():
    options = {
        "aws_endpoint": "http://127.0.0.1:9",
        "aws_access_key_id": "a",
        "aws_secret_access_key": "b",
    }
    place = storage.make("s3://files/x", options)

    with pytest.raises(Unavailable):
        place.get("uploads/x")


def test_address_names_a_folder_or_a_bucket():
    with pytest.raises(ValueError, match="RUFA_STORAGE_URL"):
        storage.make("ftp://example.test/")


def test_is_opened_from_the_settings(settings, tmp_path):
    storage.use(None)

    place = storage.current()

    assert place is storage.current()
    assert str(place.root) == settings.storage_url.removeprefix("file://")


WRITER = """
import sys
from pathlib import Path
from core.storage import LocalStore
place = LocalStore(Path(sys.argv[1]))
n = 0
while True:
    place.put(f"uploads/{n}", str(n).encode() * 50_000, "image/jpeg")
    print(n, flush=True)
    n += 1
"""


def test_acknowledged_files_survive_a_kill(tmp_path):
    place = storage.LocalStore(tmp_path)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    said = [int(writer.stdout.readline()) for _ in range(20)]
    writer.kill()
    said += [int(line) for line in writer.stdout.read().split()]
    writer.stdout.close()
    writer.wait()

    for number in said:
        assert place.get(f"uploads/{number}") == str(number).encode() * 50_000
    whole = [one for one in place.stored() if not one.key.endswith(storage.UNFINISHED)]
    assert len(whole) - len(said) in (0, 1)
