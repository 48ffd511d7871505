import base64
import dataclasses
import io
import tarfile

import pytest
from click.testing import CliRunner

import core.settings
from core import audit, backup, commands, outbox, schema, secret, storage
from core.db import transaction
from core.identity import SYSTEM
from core.sealing import FRAME, HEADER, MAGIC, Broken, Reader, Writer
from tests import postgresql

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(32)).decode()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, settings, connected, fresh_url, tmp_path, monkeypatch):
    """Go to an empty place of this name: a database and a folder for files."""
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")

    def go(name, key=KEY):
        url = fresh_url(request.param)
        files = f"file://{tmp_path / name}"
        here = dataclasses.replace(settings, database_url=url, storage_url=files, backup_key=key)
        monkeypatch.setattr(core.settings, "_settings", here)
        storage.use(None)
        connected(url)
        return here

    yield go
    storage.use(None)


@pytest.fixture
def full(place, now):
    """A place with something in it."""
    place("full")
    schema.upgrade()
    with transaction():
        audit.record(SYSTEM, "test.seen", "thing:1", now=now)
        outbox.put("test.happened", due_at=now, name="王小明")
    storage.current().put("evidence/one", b"a photograph", "image/webp")
    return place


def said(command, *words):
    answer = CliRunner().invoke(command, [str(word) for word in words])
    return answer.exit_code, answer.output


def test_brings_everything_back(full, tmp_path):
    code, words = said(commands.back_up, tmp_path / "rufa.backup")
    assert (code, "rows in" in words) == (0, True)

    full("empty")
    code, words = said(commands.restore, tmp_path / "rufa.backup")

    assert (code, "All is back" in words) == (0, True)
    assert storage.current().get("evidence/one") == b"a photograph"
    assert said(commands.verify_audit) == (0, "The record holds: 1 entries.\n")
    assert said(commands.migrate)[0] == 0


def test_cannot_be_read_without_the_key(full, tmp_path):
    backup.make(tmp_path / "rufa.backup")

    assert b"photograph" not in (tmp_path / "rufa.backup").read_bytes()
    full("empty", OTHER)
    code, words = said(commands.restore, tmp_path / "rufa.backup")
    assert (code, "the key is another one" in words) == (1, True)


@pytest.mark.parametrize("where", ["database", "files"])
def test_does_not_write_over_what_is_there(full, tmp_path, where):
    backup.make(tmp_path / "rufa.backup")
    if where == "files":
        full("elsewhere")
        storage.current().put("evidence/two", b"another", "image/webp")

    code, words = said(commands.restore, tmp_path / "rufa.backup")

    assert (code, "already" in words) == (1, True)


def test_says_when_rows_are_missing(full, tmp_path, monkeypatch):
    backup.make(tmp_path / "rufa.backup")
    full("empty")
    counted = backup.count
    monkeypatch.setattr(backup, "count", lambda: counted() | ({"errand": 7} if counted() else {}))

    assert said(commands.restore, tmp_path / "rufa.backup")[0] == 1


def test_takes_nothing_but_files_from_a_backup(full, tmp_path):
    with (tmp_path / "odd.backup").open("wb") as file:
        writer = Writer(file, base64.b64decode(KEY))
        with tarfile.open(fileobj=writer, mode="w|gz") as tar:
            folder = tarfile.TarInfo("somewhere")
            folder.type = tarfile.DIRTYPE
            tar.addfile(folder)
        writer.close()
    full("empty")

    assert "unexpected" in said(commands.restore, tmp_path / "odd.backup")[1]


def test_leaves_unfinished_files_behind(full, tmp_path):
    (tmp_path / "full" / "evidence" / f"two{storage.UNFINISHED}").write_bytes(b"half")
    backup.make(tmp_path / "rufa.backup")
    full("empty")
    backup.restore(tmp_path / "rufa.backup")

    assert [stored.key for stored in storage.current().stored()] == ["evidence/one"]


def test_asks_for_a_key(place, tmp_path):
    place("full", key="")

    code, words = said(commands.back_up, tmp_path / "rufa.backup")

    assert (code, "make secret" in words) == (1, True)


def test_says_which_program_is_missing(full, tmp_path, monkeypatch):
    if "postgresql" not in core.settings.current().database_url:
        pytest.skip("SQLite needs no program")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(backup.Impossible, match="pg_dump is missing"):
        backup.make(tmp_path / "rufa.backup")


def test_says_what_a_program_said():
    with pytest.raises(backup.Impossible, match="Connection refused"):
        backup._postgresql("pg_dump", backup.make_url("postgresql://x:password@127.0.0.1:1/rufa"))


def sealed(clear, key=bytes(32)):
    into = io.BytesIO()
    writer = Writer(into, key)
    writer.write(clear)
    writer.close()
    return into.getvalue()


def opened(stream, key=bytes(32)):
    reader, found = Reader(io.BytesIO(stream), key), b""
    while piece := reader.read(100_000):
        found += piece
    return found


@pytest.mark.parametrize("size", [0, 1, FRAME, FRAME + 1, 3 * FRAME])
def test_a_sealed_stream_opens(size):
    assert opened(sealed(b"x" * size)) == b"x" * size


def first_frame(stream):
    start = len(MAGIC) + 8
    return start + HEADER.size + HEADER.unpack(stream[start : start + HEADER.size])[1]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"something else",
        lambda stream: stream[: first_frame(stream)],
        lambda stream: stream[:-1],
        lambda stream: stream[:30] + b"!" + stream[31:],
        lambda stream: stream[: len(MAGIC) + 8] + b"\x01\xff\xff\xff\xff" + stream[first_frame(stream) :],
        lambda stream: stream[: len(MAGIC) + 8] + b"\x01" + stream[len(MAGIC) + 9 :],
        lambda stream: stream[: len(MAGIC) + 8] + stream[first_frame(stream) :],
    ],
    ids=["another", "cut at a frame", "cut", "changed", "length", "said to be the last", "first frame gone"],
)
def test_a_spoilt_stream_does_not_open(spoil):
    stream = sealed(b"x" * (2 * FRAME))

    with pytest.raises(Broken):
        opened(spoil(stream))


def test_fresh_secrets_are_fit_for_production():
    drawn = secret.draw()

    made = core.settings.load(
        {"RUFA_MODE": "production", "RUFA_SMS": "http", "RUFA_SMS_URL": "https://s", "RUFA_PUBLIC_URL": "https://p"}
        | drawn
    )
    assert made.backup_key == drawn["RUFA_BACKUP_KEY"]
